"""Simplified Chinese first, English complete: nothing shown is untranslated, fuzzy, left over or unreadable for gettext."""

import polib
import pytest
from django.conf import settings
from django.utils import translation

from shequtong.config.words import catalogue, faults, sources
from shequtong.config.words.sources import Source
from shequtong.testing.architecture.contracts import ROOT
from shequtong.testing.architecture.words import shown_chinese, unreadable

SOURCES = sources.sources()


def test_every_string_is_translated() -> None:
    assert faults.faults(SOURCES, catalogue.read()) == []


def test_the_catalogue_is_as_gathering_makes_it() -> None:
    known = catalogue.read()
    again = catalogue.gathered(SOURCES, known, catalogue.fragments())
    assert str(again) == str(known), "run `make words`"


def test_what_is_compiled_is_what_django_shows() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
    with translation.override("zh-hans"):
        assert translation.gettext("Workbench") == "工作台"
    with translation.override("en"):
        assert translation.gettext("Workbench") == "Workbench"


def test_gettext_gets_literals_only_and_no_chinese_stands_in_code() -> None:
    files = list(sources.shown_files())
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in files if path.suffix == ".py"}
    assert [f"{path}:{line}" for path, text in texts.items() for line in unreadable(text)] == []
    assert shown_chinese(texts) == []


@pytest.mark.parametrize("line", ["_(words)", 'gettext(f"Case {number}")', '_("a" + b)', 'pgettext("case", name)'])
def test_a_call_gettext_cannot_read_is_caught(line: str) -> None:
    assert len(unreadable(line)) == 1


def test_chinese_in_code_is_caught() -> None:
    assert shown_chinese({"shequtong/cases/forms/moves.py": 'label = "派遣"'}) == ["shequtong/cases/forms/moves.py:1 派遣"]
    assert (
        shown_chinese({"shequtong/cases/forms/moves.py": '"""Room (派遣)."""\ndef f() -> None:\n    """Also here 派遣."""\n'})
        == []
    )


def _entry(msgid: str, msgstr: str, flags: list[str] | None = None) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, flags=flags or [])


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (_entry("Close", ""), "untranslated"),
        (_entry("Close", "结案", ["fuzzy"]), "fuzzy"),
        (_entry("Close", "Close"), "no Chinese"),
        (_entry("%(n)s cases", "案件"), "placeholders"),
        (_entry("%(n)s cases", "%(m)s件"), "placeholders"),
        (_entry("%s cases", "%s件"), "without a name"),
    ],
)
def test_a_wrong_entry_is_caught(entry: polib.POEntry, said: str) -> None:
    found = faults.faults({("", entry.msgid): Source(entry.msgid)}, _file(entry))
    assert len(found) == 1
    assert said in found[0]


def test_missing_left_over_and_chinese_sources_are_caught() -> None:
    close = Source("Close")
    assert faults.faults({close.key: close}, _file())[0].startswith("missing")
    assert faults.faults({}, _file(_entry("Close", "结案")))[0].startswith("obsolete")
    chinese = Source("结案")
    assert faults.faults({chinese.key: chinese}, _file(_entry("结案", "结案")))[0].startswith("Chinese in the source")


def test_every_way_of_showing_words_is_gathered() -> None:
    python = 'gettext("a")\n_("b")\ngettext_lazy("c")\npgettext("x", "d")\nngettext("e", "es", n)\nnpgettext("y", "f", "fs", n)\n'
    assert [(one.msgid, one.context, one.plural) for one in sources.of_python(python)] == [
        ("a", None, ""),
        ("b", None, ""),
        ("c", None, ""),
        ("d", "x", ""),
        ("e", None, "es"),
        ("f", "y", "fs"),
    ]
    template = (
        '{% load i18n %}\n   {% trans "a" %}<p>{{ x|default:_("b") }}</p>\n {% trans "c" context "x" as t %}'
        '{% blocktrans with n=n %}d {{ n }}{% endblocktrans %}{% blocktrans count n=n %}e{% plural %}es{% endblocktrans %}{% firstof x _("f") %}'
    )
    assert [(one.msgid, one.context, one.plural) for one in sources.of_template(template)] == [
        ("a", None, ""),
        ("b", None, ""),
        ("c", "x", ""),
        ("d %(n)s", None, ""),
        ("e", None, "es"),
        ("f", None, ""),
    ]


def _file(*entries: polib.POEntry) -> polib.POFile:
    made = polib.POFile()
    made.extend(entries)
    return made
