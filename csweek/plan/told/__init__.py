"""What is said of a plan: why an event is as it is, what was not possible, what it asks."""
