"""Plain matrices: reading them, opening them, and all that is told of one."""
