"""The meeting itself: frozen values and pure functions, without clock, file, terminal or wording."""
