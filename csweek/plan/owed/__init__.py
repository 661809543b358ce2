"""What is owed to whom, by whom: rhythms, given days, owners, and what would help where they are too few."""
