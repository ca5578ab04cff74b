"""The shipped trees: every class the standard names, by code and name; limits that can be read; all marked as examples."""

import re
import unicodedata
from pathlib import Path

import pytest

from shequtong.cases.examples import EXAMPLES
from shequtong.cases.standards.lines import Kind
from shequtong.cases.standards.trees import example_duties, example_lines
from shequtong.cases.standards.words import TREES
from shequtong.testing.town import AGENCIES

DOMAIN = Path(__file__).parents[5] / "shared" / "domain" / "standards.md"


def named_in_the_standard() -> dict[str, str]:
    """Code -> name as standards.md 1.6 lists them, what is local or elsewhere left out."""
    text = DOMAIN.read_text(encoding="utf-8")
    part = text[text.index("部件 (component)") : text.index("- Caution")]
    found, letter = {}, "C"
    for line in part.splitlines():
        letter = "E" if line.startswith("事件") else letter
        group = re.match(r"- (\d\d) \S+: (.*)", line)
        for code, name in re.findall(r"(\d\d)([^\d\s;+-][^\d\s;+]*)", group[2] if group else ""):
            found[f"{letter}{group[1] if group else ''}{code}"] = re.sub(r"\([^)]*$", "", name)  # a limit in brackets
    return found


@pytest.mark.skipif(not DOMAIN.is_file(), reason="the builders' pages are not here")
def test_every_class_of_the_standard_is_there_by_code_and_name() -> None:
    ours = {line.code: unicodedata.normalize("NFKC", line.name) for line in example_lines()}
    wanted = named_in_the_standard()
    assert len(wanted) == 132
    assert {code: name for code, name in wanted.items() if ours.get(code) != name} == {}


def test_each_row_can_hold_and_is_marked() -> None:
    lines = example_lines()
    assert {line.tree for line in lines} == set(TREES)
    for line in lines:
        assert line.limit.minutes
        assert line.is_example
        assert line.legal_basis.startswith("示例：")
        assert line.register_condition
        assert line.close_condition
    assert len({(line.code, line.register_condition) for line in lines}) == len(lines)
    assert {Kind(line.kind) for line in lines} == set(Kind)


def test_a_code_names_one_class_and_none_of_the_ten() -> None:
    names: dict[str, str] = {}
    for line in example_lines():
        assert names.setdefault(line.code, line.name) == line.name
    assert not names.keys() & {example.code for example in EXAMPLES}


def test_each_class_has_one_lead_where_the_place_has_the_agencies() -> None:
    duties = example_duties([code for code, _name in AGENCIES])
    assert duties.keys() == {line.code for line in example_lines()}
    assert all([part for _agency, part, _basis in parts].count("lead") == 1 for parts in duties.values())
    assert example_duties(["police"]).keys() < duties.keys()
    assert example_duties([]) == {}
