"""What a command works on: the workspace, the saved year or a preview, persons and events by their names."""
