"""From what is owed to whom to Events on days: pure, with no clock and no disk."""
