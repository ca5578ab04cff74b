"""What a table would change: rows are found again, nothing ends by mistake, and applying it once leaves nothing to change."""

from dataclasses import replace
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from shequtong.cases.standards.comparing import Comparison, Difference, Standing, State, compare
from shequtong.cases.standards.lines import CLASS_FIELDS, Line

COVER = Line("C0101", "component", "city_management", "01", "公用设施", "上水井盖", "缺失、移位", "恢复", 2, "urgent_hours")
CRACKED = replace(COVER, register_condition="破损超过二十五厘米", limit_amount=4, limit_kind="work_hours")


def standing(*lines: Line, highest: int = 0, ended: bool = False) -> dict[str, Standing]:
    found: dict[str, dict[int, Line]] = {}
    for line in lines:
        rows = found.setdefault(line.code, {})
        rows[line.row or len(rows) + 1] = replace(line, row=line.row or len(rows) + 1, unsaid=())
    return {
        code: Standing(
            code, rows, max(highest, *rows), ended, {name: getattr(next(iter(rows.values())), name) for name in CLASS_FIELDS}
        )
        for code, rows in found.items()
    }


def applied(before: dict[str, Standing], comparison: Comparison) -> dict[str, Standing]:
    """What holds after publishing, by a model of its own."""
    after = dict(before)
    for change in comparison.classes:
        rows = {row.row: row.line for row in change.rows if row.state is not State.ENDED}
        old = after.get(change.code)
        highest = max([old.highest if old else 0, *(row.row for row in change.rows)])
        fields = {name: getattr(change.line, name) or (old.fields[name] if old else "") for name in CLASS_FIELDS}
        after[change.code] = Standing(change.code, rows, highest, change.state is State.ENDED, fields)
    return after


def test_the_same_table_changes_nothing() -> None:
    comparison = compare([CRACKED, COVER], standing(COVER, CRACKED))
    assert comparison.changing == ()
    assert comparison.rows(State.SAME) == 2


def test_a_changed_limit_is_one_field_old_and_new() -> None:
    (change,) = compare([replace(COVER, limit_amount=4), CRACKED], standing(COVER, CRACKED)).changing
    (row,) = change.changed_rows
    assert (row.state, row.row, row.differences) == (State.CHANGED, 1, (Difference("limit_amount", 2, 4),))


def test_a_reworded_condition_continues_its_row_and_a_new_one_gets_a_number_of_its_own() -> None:
    reworded = replace(CRACKED, register_condition="破损超过三十厘米")
    other = replace(COVER, register_condition="井盖弹跳有声响")
    (change,) = compare([other, reworded, COVER], standing(COVER, CRACKED, highest=7)).changing
    assert [(row.row, row.state) for row in change.rows] == [(1, State.SAME), (2, State.CHANGED), (8, State.NEW)]


def test_a_number_given_in_the_table_is_used_once() -> None:
    now = standing(COVER, CRACKED)
    numbered = replace(COVER, register_condition="别的说法", row=2)
    (change,) = compare([numbered, replace(COVER, row=2)], now).changing
    assert [(row.row, row.state, row.line.register_condition) for row in change.rows] == [
        (1, State.SAME, "缺失、移位"),
        (2, State.CHANGED, "别的说法"),
    ]


def test_what_the_table_has_no_column_for_stays() -> None:
    now = standing(replace(COVER, legal_basis="条例", answer_required=False))
    silent = replace(COVER, unsaid=("legal_basis", "answer_required"))
    assert compare([silent], now).changing == ()
    assert compare([COVER], now).changing != ()


def test_a_row_left_out_ends_and_a_class_left_out_only_when_the_table_is_the_whole_list() -> None:
    now = standing(COVER, CRACKED, replace(COVER, code="C0102"), replace(COVER, code="E0102", kind="event"))
    (change,) = compare([COVER], now).changing
    assert [(row.row, row.state) for row in change.rows] == [(1, State.SAME), (2, State.ENDED)]
    whole = compare([COVER], now, complete=["component"]).changing
    assert [(each.code, each.state) for each in whole] == [("C0101", State.CHANGED), ("C0102", State.ENDED)]


def test_a_class_with_an_unreadable_line_is_left_as_it_is() -> None:
    comparison = compare([COVER], standing(COVER, CRACKED), held_back=["C0101"], complete=["component"])
    assert (comparison.changing, comparison.held_back) == ((), ("C0101",))


def test_a_class_that_ended_comes_back_with_new_row_numbers() -> None:
    now = {"C0101": Standing("C0101", {}, 3, True, {name: getattr(COVER, name) for name in CLASS_FIELDS})}
    (change,) = compare([COVER], now).changing
    assert (change.state, change.rows[0].row) == (State.NEW, 4)


def test_the_fingerprint_is_of_what_would_change() -> None:
    now = standing(COVER, CRACKED)
    one = compare([replace(COVER, limit_amount=4), CRACKED], now)
    assert one.fingerprint == compare([CRACKED, replace(COVER, limit_amount=4, source="别处 7")], now).fingerprint
    assert one.fingerprint != compare([replace(COVER, limit_amount=5), CRACKED], now).fingerprint
    assert (
        one.fingerprint
        != compare([replace(COVER, limit_amount=4), CRACKED], standing(replace(COVER, limit_amount=3), CRACKED)).fingerprint
    )


lines = st.builds(
    lambda code, condition, amount: replace(COVER, code=code, register_condition=condition, limit_amount=amount),
    st.sampled_from(["C0101", "C0102"]),
    st.text("缺失移位破损松动", min_size=1, max_size=6),
    st.integers(1, 9),
)
tables = st.lists(lines, max_size=8, unique_by=lambda line: (line.code, line.register_condition))


@settings(max_examples=300, deadline=None)
@given(st.lists(tables, min_size=1, max_size=4))
def test_publishing_any_tables_in_turn_leaves_the_last_and_reuses_no_number(turns: list[list[Line]]) -> None:
    now: dict[str, Standing] = {}
    used: dict[tuple[str, int], str] = {}
    for table in turns:
        comparison = compare(table, now)
        for change in comparison.classes:
            for row in change.rows:
                if row.state is State.NEW:
                    assert (change.code, row.row) not in used
                used[change.code, row.row] = row.line.register_condition
        now = applied(now, comparison)
        assert compare(table, now).changing == ()
        for code in {line.code for line in table}:
            wanted = sorted((line.register_condition, line.limit_amount) for line in table if line.code == code)
            assert sorted((line.register_condition, line.limit_amount) for line in now[code].rows.values()) == wanted


def test_long_conditions_that_are_all_alike_are_compared_in_seconds() -> None:
    old = [replace(COVER, row=n + 1, register_condition="甲" * 50 + f"{n:04d}" + "甲" * 1900) for n in range(40)]
    new = [replace(line, row=0, register_condition="乙" + line.register_condition) for line in old]
    started = process_time()
    found = compare(new, standing(*old))
    assert process_time() - started < 15
    assert found.rows(State.CHANGED) == 40
