"""Every use-case has the same outline, so that whoever has read one has read all; a wrong one is seen."""

import pytest

from shequtong.testing.architecture.contracts import PACKAGE
from shequtong.testing.architecture.usecases import EXCUSED, SHARED, faults, wrong_shapes

GOOD = '''
@transaction.atomic
def close_case(*, number: str, by: Actor, now: datetime) -> None:
    """Close it."""
'''


def test_every_usecase_has_the_outline() -> None:
    assert wrong_shapes() == []


def test_no_excuse_outlives_its_cause() -> None:
    unexcused = {fault.split(":")[0] for fault in wrong_shapes(excused={})}
    assert EXCUSED.keys() <= unexcused
    for name in SHARED:
        area, stem = name.split(".")
        assert (PACKAGE / area / "usecases" / f"{stem}.py").is_file()


def test_the_outline_itself_passes() -> None:
    assert list(faults("close_case", GOOD)) == []


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("function", GOOD.replace("close_case", "shut_case")),
        ("keywords", GOOD.replace("*, number: str,", "number: str, *,")),
        ("by", GOOD.replace(" by: Actor,", "")),
        ("now", GOOD.replace(", now: datetime", "")),
        ("transaction", GOOD.replace("@transaction.atomic", "")),
        ("docstring", GOOD.replace('"""Close it."""', "return None")),
        ("keywords", GOOD + GOOD.replace("close_case(*, number: str,", "other(number: str, *,")),
    ],
)
def test_a_wrong_one_is_caught(kind: str, source: str) -> None:
    assert kind in [found for found, _sentence in faults("close_case", source)]


def test_passing_on_to_another_usecase_is_a_transaction() -> None:
    source = 'from shequtong.cases.usecases.close_case import close_case\n\n\ndef shut(*, by: Actor, now: datetime) -> None:\n    """x"""\n    close_case(by=by, now=now)\n'
    assert list(faults("shut", source)) == []
