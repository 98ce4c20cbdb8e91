"""How fast it is: each claim a ratio in one run, against a floor written beside it."""
