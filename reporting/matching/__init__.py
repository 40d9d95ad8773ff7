"""Bringing givers and receivers together (§2: OPDC matches; §4 step 3): who fits a mission, what fits a partner."""
