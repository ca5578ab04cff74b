"""Grids drawn anew: the rules, what would follow, and what does."""
