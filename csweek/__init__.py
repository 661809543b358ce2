"""A year of recognition for the people who serve customers."""

__version__ = "0.1.0"
