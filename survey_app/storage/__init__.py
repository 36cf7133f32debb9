"""Tables and queries. Every function takes a session or connection, returns domain values and never commits."""
