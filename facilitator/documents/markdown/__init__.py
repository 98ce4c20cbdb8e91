"""Markdown as every document of the program is written in it and read back: blocks, texts, items."""
