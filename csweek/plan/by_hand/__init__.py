"""Changes by hand, and what the rules say against them."""
