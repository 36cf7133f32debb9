"""Tests of what the doors share."""
