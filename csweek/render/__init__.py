"""From a Plan to Documents: cards, announcements, calendars and tables, in memory."""
