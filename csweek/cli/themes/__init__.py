"""Themes and templates to look at, to try and to write."""
