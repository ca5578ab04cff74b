"""Words in code (代码中的文字): gettext is given literals, and Chinese stands in the catalogue or in data, not in code."""

import ast
import re
from collections.abc import Iterator, Mapping

from shequtong.config.words.sources import KEYWORDS

_CJK = re.compile(r"[\u4e00-\u9fff]")
# Chinese that is data or grammar, not a label: path or folder -> what it is.
DATA: dict[str, str] = {
    "shequtong/cases/grams.py": "the commonest characters, by which nothing is found",
    "shequtong/cases/examples.py": "example standards, as rows",
    "shequtong/cases/standards/headings.py": "how tables of standards are headed",
    "shequtong/cases/forms/reporters.py": "an example of what is typed",
    "shequtong/cases/hotline/": "how the hotline words its columns and classes",
    "shequtong/interchange/people_in/": "how tables of people word their columns and cells",
    "shequtong/interchange/sheets_out/": "the words that stand between braces in templates",
    "shequtong/cases/screening.py": "example insults, as rows",
    "shequtong/cases/standards/reading.py": "punctuation of those tables",
    "shequtong/cases/standards/trees/": "example standards, as rows",
    "shequtong/cases/standards/writing.py": "units of time in those tables",
    "shequtong/config/words/faults.py": "an example of what is typed",
    "shequtong/core/apps.py": "the name of the installation, as a row",
    "shequtong/core/clock/spoken.py": "how limits are written",
    "shequtong/core/phones.py": "how an extension is written",
    "shequtong/core/sealed/masks.py": "family names of two characters",
    "shequtong/interchange/management/": "who acts in a replay, as a row",
    "shequtong/pages/city/": "the city's places, people and texts",
    "shequtong/pages/demo/": "the demo's places, people and texts",
    "shequtong/pages/management/": "who builds the demo, as a row",
    "shequtong/people/codes/__init__.py": "how a cell joins several words",
    "shequtong/people/countries.py": "how one country is written",
    "shequtong/people/door_text.py": "how doors are written",
    "shequtong/territory/address/": "how addresses are written",
    "shequtong/territory/boundary_file.py": "names of the property that holds a unit's code",
    "shequtong/territory/day_file.py": "columns and kinds of a file of days",
    "shequtong/territory/forms.py": "how a day is typed",
    "shequtong/territory/holiday_notice.py": "how the notice of holidays is written",
    "shequtong/territory/numbered_names.py": "how grids are numbered",
    "shequtong/territory/shown.py": "how the notice writes days",
    "shequtong/territory/dwellings.py": "what an entrance is called, as a row",
    "shequtong/territory/published_days.py": "names of days, as rows",
    "shequtong/ui/formats/": "how dates are written",
    "shequtong/ui/samples.py": "what users type, on the page of components",
}


def unreadable(source: str) -> list[int]:
    """Lines of calls that gettext is asked to translate and cannot read: a variable, an f-string, a sum."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS and not all(_literal(each) for each in _words(node))
    ]


def shown_chinese(sources: Mapping[str, str], data: Mapping[str, str] = DATA) -> list[str]:
    """`file:line words` for each Chinese string that stands in code outside docstrings and outside the files of data."""
    return [
        f"{path}:{line} {words}"
        for path, text in sources.items()
        if not any(path.startswith(each) for each in data)
        for line, words in _strings(ast.parse(text))
        if _CJK.search(words)
    ]


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


def _words(call: ast.Call) -> list[ast.expr]:
    spec = KEYWORDS[_name(call.func)] or (1,)
    return [call.args[place - 1] for each in spec if len(call.args) >= (place := each[0] if isinstance(each, tuple) else each)]


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
