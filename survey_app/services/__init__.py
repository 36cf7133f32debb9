"""Use cases: one function, one decision, one commit. No Flask; the time is passed in."""
