"""Pictures of a game and of the lens's finding."""
