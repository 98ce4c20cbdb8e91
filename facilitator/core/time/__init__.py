"""Time: everything that is a function of instants."""
