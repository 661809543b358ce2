"""The commands: one small module per group, and the one place where errors become exit codes.

A module named like a command declares it and imports nothing heavy, so that its help and the
completion of its words come at once; what does the work is imported when the command runs.
"""
