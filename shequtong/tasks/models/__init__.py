"""The task, and nothing else."""

from .task import OPEN, Task, TaskQuerySet

__all__ = ["OPEN", "Task", "TaskQuerySet"]
