"""Use-cases of tasks."""
