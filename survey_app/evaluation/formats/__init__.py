"""What the readers of files share: problems with file, place and line."""
