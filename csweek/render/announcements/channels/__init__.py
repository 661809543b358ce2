"""How an announcement is laid out where people read it; each channel takes the same message."""
