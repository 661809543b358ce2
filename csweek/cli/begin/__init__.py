"""A workspace to begin with: of one's own by questions, or a sample."""
