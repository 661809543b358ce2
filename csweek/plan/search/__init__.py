"""A fresh year of a smaller organisation: week, action and owner of every touch, found together."""
