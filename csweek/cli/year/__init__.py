"""What commands do with the year: plan it, change it by hand, weigh it."""
