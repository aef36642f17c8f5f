"""Plain files: opening a game, and all that is told of it."""
