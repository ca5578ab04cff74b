"""What the linters cannot see (架构检查): checkers over source text and the registry of models.

Each takes what it judges as an argument and returns sentences, so that a test can hand it something broken and see it caught.
"""
