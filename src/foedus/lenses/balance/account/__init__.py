"""Plain files: opening a signed network, and all that is told of it."""
