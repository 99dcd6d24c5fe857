"""Benchmarks: each prints its figures, its peers' and the figures to reach as Markdown."""
