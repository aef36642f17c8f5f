"""From what a file says to a graph model: statements, feasible states, preferences."""
