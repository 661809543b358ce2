"""What ``csweek cards`` prints, on which paper, and what it remembers of it."""
