"""How quick the pages are: a server as in production, synthetic data, one run. Outside the house: nothing imports it.

`make bench SIZES=1000,38000`; what is measured and how: docs/benchmarks.md.
"""
