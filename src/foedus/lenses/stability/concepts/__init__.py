"""Solution concepts, for single decision makers and coalitions, with all preferences or some."""
