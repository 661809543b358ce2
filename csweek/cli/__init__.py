"""The commands: one small module per group, and the one place where errors become exit codes."""
