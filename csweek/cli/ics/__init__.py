"""What ``csweek export ics`` does: feeds, what changed in them, invitations."""
