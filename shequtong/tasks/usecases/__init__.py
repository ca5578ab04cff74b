"""What may be done with tasks: asked for, called off, run, their results fetched and cleared away in time."""

from .cancel_task import cancel_task
from .expire_results import expire_results
from .fetch_result import fetch_result
from .run_tasks import run_tasks
from .start_task import TooManyTasks, start_task

__all__ = ["TooManyTasks", "cancel_task", "expire_results", "fetch_result", "run_tasks", "start_task"]
