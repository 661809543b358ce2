"""A day, an hour and an owner: what is given so far, what still has room, and booking it."""
