"""Pictures of a graph model and of the lens's finding."""
