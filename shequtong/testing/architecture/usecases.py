"""The shape of a use-case (用例形状): one public function named like its file, keyword-only, told who and when, in a transaction."""

import ast
from collections.abc import Iterator
from pathlib import Path

from shequtong.testing.architecture.contracts import PACKAGE

# Files of usecases/ that hold beats several use-cases share, and are called by them alone.
SHARED: dict[str, str] = {
    "cases.turns": "the beats of every move",
    "cases.contacts": "how name and phone of a reporter go, at their wish and when their period ends",
    "cases.pauses": "how a pause begins and ends, for the moves that make and end one",
    "accounts.guards": "counting of failed tries, inside signing in",
    "tasks.ending": "how a turn at a task ends",
    "tasks.running": "one turn at a task, as its kind sees it",
    "accounts.sessions": "notes of signing in and out; its two use-cases are end_session and end_other_sessions",
}
# function -> what it goes without, and why.
EXCUSED: dict[str, tuple[str, str]] = {
    "accounts.enter_code": ("by", "whoever signs in is nobody yet"),
    "accounts.enter_password": ("by", "whoever signs in is nobody yet"),
    "accounts.enter_totp": ("by", "whoever signs in is nobody yet"),
    "accounts.request_code": ("by", "whoever signs in is nobody yet"),
    "accounts.take_allowance": ("by", "whoever is counted by address is nobody yet"),
    "accounts.mark_staff": ("by now", "a step of `appoint`, which asks and records"),
    "audit.seal_entries": ("by", "a job: nobody's act"),
    "cases.answer_hand_over": ("function", "two answers to one offer: take it over, or refuse"),
    "cases.ask_time": ("function", "two requests of one kind: an extension, a suspension"),
    "cases.clock_moves": ("function", "the three small moves of the worker"),
    "cases.decide_asking": ("function", "two answers to one request: grant it, or refuse"),
    "cases.find_by_phone": ("transaction", "what is looked for is logged first, and no rollback may take that back"),
    "cases.find_hot_issues": ("by transaction", "a job, which reckons for seconds and holds no writer meanwhile"),
    "cases.find_recurrences": ("by transaction", "a job, which counts for long and holds no writer meanwhile"),
    "cases.forget_bulks": ("by", "a job: nobody's act"),
    "cases.forget_drafts": ("by", "a job: nobody's act"),
    "cases.forget_presences": ("by", "a job: nobody's act"),
    "cases.forget_senders": ("by", "a job: nobody's act"),
    "cases.keep_draft": ("by", "whoever begins a report is nobody yet"),
    "people.forget_listed": ("by", "a job: nobody's act"),
    "people.show_asked": ("transaction", "what is looked at is logged first, and no rollback may take that back"),
    "people.note_search": ("transaction", "a search stays in the log, whatever becomes of the page"),
    "people.look_at_care": ("transaction", "what is looked at is logged first, and no rollback may take that back"),
    "people.look_over_care": ("transaction", "the same"),
    "people.reveal_fact": ("transaction", "what is looked at is logged first, and no rollback may take that back"),
    "cases.reveal_contact": ("transaction", "what is looked at is logged first, and no rollback may take that back"),
    "figures.fold_deltas": ("by now", "a job: nobody's act, at no particular time"),
    "cases.rebuild_grams": ("by now", "a command of the operator, at no particular time"),
    "figures.rebuild_figures": ("by now", "a command of the operator, at no particular time"),
    "files.drop_uploads": ("by now", "undoes `store_photo` of the same request"),
    "files.sweep_files": ("function", "two jobs: orphans, and originals past their date"),
    "interchange.tell_reporter": ("transaction", "what is looked at is logged first, and no rollback may take that back"),
    "interchange.forget_changes": ("by", "a job: nobody's act"),
    "interchange.forget_deliveries": ("by", "a job: nobody's act"),
    "interchange.queue_deliveries": ("by", "inside the transaction of whoever's deed is told"),
    "interchange.send_deliveries": ("by now transaction", "a job; it claims row by row and asks the time for each"),
    "messaging.send_due_messages": ("by now transaction", "a job; it claims row by row and asks the time for each"),
    "tasks.expire_results": ("by", "a job: nobody's act"),
    "tasks.run_tasks": ("by now", "a job; it acts for who asked, and asks the time for each turn"),
    "messaging.forget_texts_of": ("by now", "inside the transaction of whoever's deed it follows from"),
    "messaging.send_message": ("by", "inside the transaction of whoever's deed is told"),
}


def wrong_shapes(package: Path = PACKAGE, excused: dict[str, tuple[str, str]] = EXCUSED) -> list[str]:
    """Every fault of every use-case, as `area.name: what`."""
    found = []
    for path in sorted(package.glob("*/usecases/*.py")):
        name = f"{path.parts[-3]}.{path.stem}"
        if path.stem.startswith("_") or name in SHARED:
            continue
        without = set(excused.get(name, ("", ""))[0].split())
        found += [
            f"{name}: {fault}" for kind, fault in faults(path.stem, path.read_text(encoding="utf-8")) if kind not in without
        ]
    return found


def faults(stem: str, source: str) -> Iterator[tuple[str, str]]:
    """Kind and sentence of each fault of the use-case file `stem`.py."""
    tree = ast.parse(source)
    public = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")}
    if stem not in public:
        yield "function", f"no function {stem}"
    for name, function in public.items():
        given = {argument.arg for argument in function.args.kwonlyargs}
        if name != stem and "by" not in given:
            continue  # what other use-cases of the area ask; it is judged where it is called from
        if function.args.args or function.args.posonlyargs:
            yield "keywords", f"{name} takes arguments by position"
        yield from ((word, f"{name} is not told `{word}`") for word in ("by", "now") if word not in given)
        if not _in_transaction(tree, function):
            yield "transaction", f"{name} is not in a transaction"
        if not ast.get_docstring(function):
            yield "docstring", f"{name} says nothing of what it refuses"


def _in_transaction(tree: ast.Module, function: ast.FunctionDef) -> bool:
    """`transaction.atomic` stands on the function, on one of its own that it calls, inside it, or in the use-case it passes on to."""
    called = {node.func.id for node in ast.walk(function) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    own = [node for node in tree.body if isinstance(node, ast.FunctionDef) and (node is function or node.name in called)]
    if any("atomic" in ast.unparse(node) for node in own):
        return True
    usecases = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and ".usecases" in (node.module or "")
        for alias in node.names
    }
    return bool(called & usecases)
