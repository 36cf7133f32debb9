"""Facts: what was recorded and counted, as a file and as the evidence of one evaluation."""
