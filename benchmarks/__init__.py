"""Benchmarks: measured figures and their ratios to something anyone can run."""
