"""Goal systems: goals, indicators, parameters, the conditions they use, and their file format."""
