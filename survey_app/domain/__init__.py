"""Pure values of the survey domain: questionnaires, answers, tallies, collectors and the book of the organisers.

Standard library only; nothing here knows the web, the database, the clock or the reader's language.
"""
