"""Pure writers and readers of file formats: a report or document in, bytes out."""
