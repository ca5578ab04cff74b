"""The reader of statements: which tables are tied to a subdistrict, case by case, in both dialects."""

import pytest

from shequtong.testing.routing import UnreadableStatementError, strays

LOCAL = frozenset({"person", "household", "matter"})
ENGINES = pytest.mark.parametrize("engine", ["sqlite", "postgresql"])

TIED = [
    'SELECT "person"."id" FROM "person" WHERE "person"."subdistrict_id" = %s',
    "SELECT id FROM person WHERE name = %s AND (subdistrict_id = %s AND id = %s)",
    "SELECT id FROM person WHERE subdistrict_id IN (%s, %s) ORDER BY id LIMIT 21",
    "SELECT id FROM person WHERE (subdistrict_id = 7 AND a = 1) OR (subdistrict_id = 8 AND id IN (%s))",
    "SELECT p.id FROM person p INNER JOIN household h ON (p.household_id = h.id AND p.subdistrict_id = h.subdistrict_id)"
    " WHERE h.subdistrict_id = %s",
    "SELECT p.id FROM person p LEFT OUTER JOIN matter m ON (p.id = m.person_id AND p.subdistrict_id = m.subdistrict_id)"
    " LEFT OUTER JOIN person p2 ON (m.person_id = p2.id AND m.subdistrict_id = p2.subdistrict_id) WHERE p.subdistrict_id = %s",
    "SELECT p.id FROM person p INNER JOIN core_subdistrict s ON (p.subdistrict_id = s.id) WHERE s.id = %s",
    "SELECT id FROM person p WHERE p.subdistrict_id = 7 AND EXISTS(SELECT 1 AS a FROM matter u0 WHERE u0.person_id = p.id"
    " AND u0.subdistrict_id = p.subdistrict_id LIMIT 1)",
    "SELECT id FROM person p WHERE p.subdistrict_id = 7 AND p.id IN (SELECT u0.person_id FROM matter u0 WHERE u0.subdistrict_id = 7)",
    "SELECT COUNT(*) FROM (SELECT DISTINCT p.id AS c FROM person p WHERE p.subdistrict_id = %s) subquery",
    "SELECT id FROM person WHERE subdistrict_id = 7 UNION SELECT id FROM person WHERE subdistrict_id = 8",
    "WITH near AS (SELECT id FROM person WHERE subdistrict_id = %s) SELECT id FROM near",
    "UPDATE person SET name = %s WHERE id = %s AND subdistrict_id = %s",
    "UPDATE person SET points = (SELECT u0.id FROM matter u0 WHERE u0.subdistrict_id = 7 LIMIT 1) WHERE person.subdistrict_id = 7",
    "DELETE FROM person WHERE id IN (%s, %s) AND subdistrict_id = %s",
    "INSERT INTO person (id, subdistrict_id, name) VALUES (%s, %s, %s)",
    "INSERT INTO person (id, subdistrict_id) VALUES (%s, %s) ON CONFLICT (subdistrict_id, id) DO UPDATE SET name = EXCLUDED.name RETURNING id",
    "SELECT name FROM core_revision",
    "SELECT a.x FROM shared a WHERE a.person LIKE '100%%'",
]
STRAY = [
    ("SELECT id FROM person", "person"),
    ('SELECT "person"."id" FROM "person" WHERE "person"."id" = %s', "person"),
    ("SELECT id FROM person WHERE name = %s OR subdistrict_id = %s", "person"),
    ("SELECT id FROM person WHERE NOT (subdistrict_id = %s)", "person"),
    ("SELECT id FROM person WHERE subdistrict_id > %s", "person"),
    ("SELECT id FROM person WHERE subdistrict_id <> %s", "person"),
    ("SELECT id FROM person WHERE subdistrict_id IN (SELECT id FROM core_subdistrict)", "person"),
    ("SELECT id FROM person p WHERE p.subdistrict_id = p.checker_id", "person AS p"),
    ("SELECT p.id FROM person p INNER JOIN household h ON (p.household_id = h.id) WHERE p.subdistrict_id = %s", "household AS h"),
    ("SELECT p.id FROM person p, household h WHERE p.subdistrict_id = %s", "household AS h"),
    # the ON of an outer join says nothing of the rows that are kept anyway
    (
        "SELECT p.id FROM person p LEFT OUTER JOIN matter m ON (p.subdistrict_id = m.subdistrict_id AND m.subdistrict_id = 7)",
        "person AS p",
    ),
    (
        "SELECT p.id FROM person p LEFT OUTER JOIN matter m ON (p.id = m.person_id AND p.subdistrict_id = 7)",
        "person AS p|matter AS m",
    ),
    (
        "SELECT id FROM person WHERE subdistrict_id = 7 AND EXISTS(SELECT 1 FROM matter u0 WHERE u0.person_id = person.id)",
        "matter AS u0",
    ),
    ("SELECT id FROM person WHERE subdistrict_id = 7 AND id IN (SELECT u0.person_id FROM matter u0)", "matter AS u0"),
    ("SELECT id, (SELECT u0.kind FROM matter u0 LIMIT 1) FROM person WHERE subdistrict_id = 7", "matter AS u0"),
    # a shared table that is not tied itself ties nothing
    ("SELECT s.id FROM station s WHERE EXISTS(SELECT 1 FROM matter m WHERE m.subdistrict_id = s.subdistrict_id)", "matter AS m"),
    ("SELECT COUNT(*) FROM (SELECT id FROM person) subquery", "person"),
    ("SELECT x.subdistrict_id FROM (SELECT subdistrict_id FROM person) x WHERE x.subdistrict_id = 7", "person"),
    ("SELECT id FROM person WHERE subdistrict_id = 7 UNION ALL SELECT id FROM household", "household"),
    ("WITH near AS (SELECT id FROM person) SELECT id FROM near", "person"),
    ("UPDATE person SET name = %s WHERE id = %s", "person"),
    ("UPDATE person SET subdistrict_id = 7", "person"),
    (
        "UPDATE person SET name = h.room FROM household h WHERE h.id = person.household_id AND person.subdistrict_id = 7",
        "household AS h",
    ),
    ("DELETE FROM person WHERE id = %s", "person"),
    ("INSERT INTO person (id, name) VALUES (%s, %s)", "person (inserted)"),
    ("INSERT INTO person SELECT * FROM shared", "person (inserted)"),
    ("INSERT INTO household (id, subdistrict_id) SELECT id, subdistrict_id FROM person", "person"),
    ("SELECT id FROM person JOIN (SELECT id FROM matter) m ON m.id = person.id WHERE person.subdistrict_id = %s", "matter"),
]


@ENGINES
@pytest.mark.parametrize("sql", TIED)
def test_is_tied(engine: str, sql: str) -> None:
    assert strays(sql, engine, LOCAL) == frozenset()


@ENGINES
@pytest.mark.parametrize(("sql", "expected"), STRAY)
def test_is_a_stray(engine: str, sql: str, expected: str) -> None:
    assert strays(sql, engine, LOCAL) == frozenset(expected.split("|"))


def test_locking_reads_of_postgresql_are_read() -> None:
    lock = " FOR NO KEY UPDATE OF person SKIP LOCKED"
    assert strays("SELECT id FROM person WHERE subdistrict_id = %s" + lock, "postgresql", LOCAL) == frozenset()
    assert strays("SELECT id FROM person" + lock, "postgresql", LOCAL) == {"person"}
    assert strays('SELECT "person"."at" AT TIME ZONE %s FROM "person"', "postgresql", LOCAL) == {"person"}


@ENGINES
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT FROM WHERE person (",
        "EXPLAIN SELECT id FROM person",
        "SELECT 1 FROM (person p JOIN household h ON p.household_id = h.id)",
    ],
)
def test_what_cannot_be_read_is_never_let_through(engine: str, sql: str) -> None:
    with pytest.raises(UnreadableStatementError):
        strays(sql, engine, LOCAL)


@ENGINES
@pytest.mark.parametrize("sql", ["CREATE TABLE person (id bigint)", "DROP TABLE person", "CREATE INDEX x ON person (name)"])
def test_making_tables_is_not_a_question_of_routing(engine: str, sql: str) -> None:
    assert strays(sql, engine, LOCAL) == frozenset()
