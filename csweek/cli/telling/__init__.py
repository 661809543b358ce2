"""Which announcements are wanted, made and sent."""
