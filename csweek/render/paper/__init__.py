"""How things come onto paper: fonts, type that fits, sheets and PDF."""
