"""The steps of one deal of a year: given days, teams, groups, persons, all of them with the same books."""
