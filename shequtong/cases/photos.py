"""Kinds of photos of a case (照片类别): before and after handling (standards.md 1.4: every photo has a kind)."""

BEFORE = "before"
AFTER = "after"
