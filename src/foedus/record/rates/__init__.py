"""How the tables of the base_rate lens are made from panels: counts, shrinkage, eras, frailty."""
