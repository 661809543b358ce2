"""From the user's text to Settings, Theme, People and Stories: valid, or every problem at once."""
