"""Rows stay in here: the only package that imports SQLAlchemy. Callers get domain values and frozen dataclasses."""
