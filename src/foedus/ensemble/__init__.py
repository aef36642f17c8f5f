"""Draws of a case's quantities, and running lenses over them."""
