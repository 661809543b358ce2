"""What is printed: what each card says, how it is drawn, and the order that it belongs to."""
