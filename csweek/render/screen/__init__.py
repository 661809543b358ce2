"""What the terminal shows: lines of text, with colour codes that the stream may drop."""
