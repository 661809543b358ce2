"""The week, the action and the owner of every touch of persons, found together before any is placed."""
