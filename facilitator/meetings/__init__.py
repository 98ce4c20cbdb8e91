"""What is done with a meeting, once: screens, commands and the line conversation ask, and tell."""
