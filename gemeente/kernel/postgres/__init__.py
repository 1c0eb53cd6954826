"""Django's PostgreSQL, named by settings: it asks a kept connection in a cheaper way whether it still lives."""
