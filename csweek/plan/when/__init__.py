"""Which days there are: weeks, CSW, given days, who works when, and at which hours."""
