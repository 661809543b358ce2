"""Small groups that meet a leader: who sits with whom, and free chairs."""
