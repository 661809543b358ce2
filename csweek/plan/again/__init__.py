"""The same plan after a change: what stands, who holds it, what is dealt beside it, and what differs."""
