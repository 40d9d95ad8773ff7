"""The states of the smaller machines, one page each; the agreement's own steps are in `agreements.sequences`."""
