"""From what stands and what is placed to rows, and how they differ from the rows before."""
