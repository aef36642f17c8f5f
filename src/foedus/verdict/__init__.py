"""Findings side by side: the probability, what it rests on, and what would change it."""
