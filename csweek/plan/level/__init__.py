"""Level weeks: how many touches each has, whose they are, and what is mended afterwards."""
