"""The planner's workbook: the year to show, its events to filter, the owners, and a tick list for each.

It is the organisers' own and shows everything but the surprises that are planned for them. The first
sheet names nobody and no surprise, so that it can be put on a screen.
"""
