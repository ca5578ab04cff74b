"""Triage (早发现): what a text is probably about, told by weights that were trained beforehand."""
