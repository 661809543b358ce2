"""Words in and out: results and the rest, what one call was told, questions, progress, exit codes."""
