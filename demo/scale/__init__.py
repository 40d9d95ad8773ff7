"""Synthetic data in quantity, to measure with: invented from real place names, the same for the same number."""
