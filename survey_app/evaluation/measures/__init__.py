"""One module per kind of indicator: what it counts, over which periods, in which rows."""
