"""The minutes of a meeting: written, read back after people have edited them, changed one entry at a time. Text to text."""
