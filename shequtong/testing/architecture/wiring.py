"""Events are wired, jobs are listed (事件与任务都有着落)."""

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import TypeGuard

from shequtong.core.jobs import Job
from shequtong.testing.architecture.contracts import PACKAGE, areas


def modules_named(room: str, package: Path = PACKAGE) -> dict[str, ModuleType]:
    """The room of that name in each area that has it."""
    return {
        area: importlib.import_module(f"shequtong.{area}.{room}")
        for area in areas(package)
        if (package / area / f"{room}.py").is_file() or (package / area / room).is_dir()
    }


def events_of(module: ModuleType) -> list[type]:
    """The kinds of event a room declares, in all its files; one that others are made from is none itself."""
    own = [found for file in _files_of(module) for found in vars(file).values() if _is_declared_in(found, file)]
    return [found for found in own if not found.__subclasses__()]


def _files_of(module: ModuleType) -> list[ModuleType]:
    """A room and, where it is a folder, the files of it: what its `__init__` forgets stands there all the same."""
    inside = pkgutil.iter_modules(getattr(module, "__path__", ()), f"{module.__name__}.")
    return [module, *(importlib.import_module(found.name) for found in inside)]


def _is_declared_in(found: object, file: ModuleType) -> TypeGuard[type]:
    return inspect.isclass(found) and found.__module__ == file.__name__


def unwired(events: Iterable[type], wiring: Mapping[type, object]) -> list[str]:
    """Events that the list of reactions does not know."""
    return [
        f"{event.__module__}.{event.__name__} stands in no line of flows/wiring.py" for event in events if event not in wiring
    ]


def unfit(events: Iterable[type]) -> list[str]:
    """Events that could change under the hands of who reads them."""
    return [f"{event.__name__} is no frozen dataclass" for event in events if not _is_frozen(event)]


def _is_frozen(event: type) -> bool:
    params = getattr(event, "__dataclass_params__", None)
    return params is not None and params.frozen is True


def _rooms_of(event: type) -> list[ModuleType]:
    """The module of an event, and the room it is a part of."""
    name = event.__module__
    found = [sys.modules[name]]
    return [*found, sys.modules[name.rpartition(".")[0]]] if name.rpartition(".")[2] != "events" else found


def unpublished(events: Iterable[type], sources: Mapping[str, str]) -> list[str]:
    """Events whose name no source of use-cases speaks of, directly or through a table of events.py that a use-case reads."""
    used = {
        node.id if isinstance(node, ast.Name) else node.attr
        for text in sources.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name | ast.Attribute)
    }
    wrong = []
    for event in events:
        tables = {
            name
            for module in _rooms_of(event)
            for name, value in vars(module).items()
            if isinstance(value, dict) and event in value.values()
        }
        if event.__name__ not in used and not tables & used:
            wrong.append(f"{event.__name__} is published by no use-case")
    return wrong


def usecase_sources(package: Path = PACKAGE) -> dict[str, str]:
    """The text of every use-case file, by its path inside the package."""
    return {
        path.relative_to(package).as_posix(): path.read_text(encoding="utf-8") for path in sorted(package.glob("*/usecases/*.py"))
    }


def unnamed(module: ModuleType) -> list[str]:
    """Jobs that a scheduled.py makes and leaves out of its own JOBS."""
    made = [found for found in vars(module).values() if isinstance(found, Job)]
    return [f"{job.name} is not in JOBS of {module.__name__}" for job in made if job not in module.JOBS]


def unlisted(jobs_of: Mapping[str, Iterable[Job]], listed: Iterable[Job]) -> list[str]:
    """Jobs of an area's scheduled.py that the worker does not run, those under another area's name, and names used twice."""
    names = [job.name for job in listed]
    wrong = [f"{job.name} is not in the worker's list" for jobs in jobs_of.values() for job in jobs if job.name not in names]
    wrong += [
        f"{job.name} belongs to {area}" for area, jobs in jobs_of.items() for job in jobs if not job.name.startswith(f"{area}.")
    ]
    return wrong + [f"{name} is listed twice" for name in sorted({name for name in names if names.count(name) > 1})]
