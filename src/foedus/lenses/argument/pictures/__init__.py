"""The argument lens in pictures."""
