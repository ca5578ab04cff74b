"""Only use-cases write (只有用例写库): calls that change rows, found in the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from shequtong.testing.architecture.contracts import PACKAGE

ALLOWED = frozenset({"usecases", "migrations", "testing", "tests"})
# Where else rows are written, and why no use-case does it.
EXCUSED: dict[str, str] = {
    "audit/log.py": "the one writer of the log, inside the deed's transaction",
    "audit/security.py": "refusals and reveals outlive the rollback of what they tell of",
    "core/apps.py": "the installation's own place, put back after a flush",
    "core/heartbeats.py": "a sign of life of the worker, beside its jobs",
    "core/bulk": "whole tables, filled by a command into an empty installation",
    "core/held.py": "revisions of shared tables, part of the use-case that calls it",
    "core/locality": "number blocks, taken before the rows they number",
    "core/sealed/rotation.py": "old values under a new key, a command over every area",
    "core/submissions.py": "the answer of a form, around the use-case",
    "core/tally.py": "a count against a limit, part of the use-case that asks",
    "pages/city/homes.py": "rooms of buildings in a city that a command is making, beside the bulk load of them",
    "figures/write.py": "the deltas of a change, part of the use-case that calls it",
}
_ALWAYS = frozenset({"bulk_create", "bulk_update", "get_or_create", "update_or_create", "_raw_delete"})
_ALWAYS_ASYNC = frozenset({"asave", "acreate", "adelete", "aupdate", *(f"a{name}" for name in _ALWAYS)})
# With positional arguments these are a storage's, an image's, a cache's; a model's and a manager's take none.
_KEYWORDS_ONLY = frozenset({"save", "create", "delete"})
_QUERYSET_STEPS = frozenset({"objects", "filter", "exclude", "all", "using", "numbered", "within_reach", "select_for_update"})
_CHANGING_SQL = re.compile(r"\s*(insert|update|delete|truncate)\b", re.IGNORECASE)


def is_allowed(path: PurePosixPath) -> bool:
    """Whether a file of the package, relative to it, may write."""
    inside = {*path.parts, path.stem}
    return bool(ALLOWED & inside) or any(path.is_relative_to(excused) for excused in EXCUSED)


def writes_outside(package: Path = PACKAGE) -> list[str]:
    """Every write outside the places that may, as `file:line what`."""
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = PurePosixPath(path.relative_to(package).as_posix())
        if not is_allowed(inside):
            found += [f"{inside}:{line} {what}" for line, what in writes(path.read_text(encoding="utf-8"))]
    return found


def writes(source: str) -> list[tuple[int, str]]:
    """Line and method of each call in `source` that changes rows."""
    tree = ast.parse(source)
    querysets = set(_names_of_querysets(tree))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [
        (call.lineno, f".{call.func.attr}()")
        for call in calls
        if isinstance(call.func, ast.Attribute) and _writes(call, call.func, querysets)
    ]


def _writes(call: ast.Call, method: ast.Attribute, querysets: set[str]) -> bool:
    if method.attr in _ALWAYS | _ALWAYS_ASYNC:
        return True
    if method.attr in _KEYWORDS_ONLY:
        return not call.args
    if method.attr == "update":
        return not call.args and _is_queryset(method.value, querysets)
    if method.attr in ("execute", "executemany"):
        return bool(call.args) and _changes_rows(call.args[0])
    return False


def _is_queryset(node: ast.expr, querysets: set[str]) -> bool:
    """Whether an expression is built on a manager: `Case.objects…`, `….filter(…)`, or a name that was given one."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in _QUERYSET_STEPS)
        or (isinstance(part, ast.Name) and part.id in querysets)
        for part in ast.walk(node)
    )


def _names_of_querysets(tree: ast.AST) -> Iterator[str]:
    """Names that stand for a queryset: assigned one, or annotated so."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _is_queryset(node.value, set()):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.arg) and node.annotation is not None and "QuerySet" in ast.unparse(node.annotation):
            yield node.arg


def _changes_rows(statement: ast.expr) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and bool(_CHANGING_SQL.match(part.value))
        for part in ast.walk(statement)
    )
