"""Lead a network's meeting from the terminal: clocks, questions, decisions, minutes and newsletter."""

__version__ = "0.1.0"
