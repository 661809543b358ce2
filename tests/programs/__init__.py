"""A package, so that its modules may be called what modules beside it are called."""
