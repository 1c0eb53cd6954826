"""Reads about questions: one module per reader."""
