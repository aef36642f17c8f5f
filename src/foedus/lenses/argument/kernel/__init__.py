"""Arrays in, arrays out: hypotheses against evidence, by inconsistency and by Bayes' rule."""
