"""Reads of the registry: one person as of a day, who lives behind a door, lists and search."""
