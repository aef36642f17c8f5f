"""Pictures of a signed network and of the lens's finding."""
