"""Numbers about samples: intervals, missing answers, comparison, scales. Exact where it can be; no goals, no words."""
