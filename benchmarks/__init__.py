"""Measurements of speed and size: each figure stands beside a limit measured in the same run."""
