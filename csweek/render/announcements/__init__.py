"""What csweek tells people in writing: told once, laid out for each channel."""
