"""Special care stays apart: its tables are known to its own files alone, so that no list, mark, search, board, map, task or export can read them."""

import re
from pathlib import PurePosixPath

from shequtong.people.facts import MARKS, SETS
from shequtong.testing.architecture import tree
from shequtong.testing.architecture.contracts import ROOT

KNOWS = re.compile(r"\bCare(Record|Past|Visit)\b|\bmodels\.care\b|\bcare_facts\b|lookups\.care\b")
OWN = re.compile(
    r"^shequtong/people/(models|lookups|usecases|views|urls)/_?(\w+_)?care(_\w+)?\.py$|^shequtong/people/care_facts\.py$"
)
ALLOWED = {
    "shequtong/people/models/__init__.py": "the list of models",
    "shequtong/people/usecases/__init__.py": "the list of verbs",
    "shequtong/pages/views/registry.py": "the link on the page of a person, for who may",
    "shequtong/pages/log_words.py": "what the log calls them",
}


def strangers(path: PurePosixPath, text: str) -> bool:
    """Whether a file knows the store and should not."""
    apart = "tests" in path.parts or "migrations" in path.parts or path.parts[0] == "tests"
    return not apart and not OWN.match(path.as_posix()) and path.as_posix() not in ALLOWED and bool(KNOWS.search(text))


def test_only_its_own_files_know_the_store() -> None:
    python = [path for path in tree.tracked() if path.suffix == ".py" and path.parts[0] in ("shequtong", "tools", "tests")]
    assert [str(path) for path in python if strangers(path, (ROOT / path).read_text(encoding="utf-8"))] == []


def test_a_stranger_is_caught() -> None:
    line = "from shequtong.people.models import CareRecord\n"
    for path in ("shequtong/people/exports.py", "shequtong/people/lookups/plates.py", "shequtong/people/views/persons.py"):
        assert strangers(PurePosixPath(path), line)
    assert not strangers(PurePosixPath("shequtong/people/views/care_record.py"), line)
    assert strangers(PurePosixPath("shequtong/interchange/sheets.py"), "from shequtong.people.lookups.care import opened\n")


def test_no_fact_that_imports_and_exports_read_is_of_it() -> None:
    from shequtong.people.care_facts import KINDS

    kinds = {one.name for one in KINDS}
    assert not kinds & {one.name for one in SETS}
    assert not kinds & {name for name, _label in MARKS}
