"""From a number to a verdict with its reasons."""
