"""The command line and the line conversation."""
