"""Promotion to Citus in place (原地升级为分布式): shared tables are copied to every node, local ones distributed by subdistrict, all together.

One transaction: it stands or falls as a whole, and a second run finds nothing to do. What was learned where it was tried stands in
scale-out/README.md: foreign keys touching the tables are taken off and put back as they were; the sequences of tables that Citus takes
into its metadata restart at 1 and are set anew. It holds locks while rows are copied: a maintenance window.

PostgreSQL only; SQLite has no twin, since one file is not grown beyond its machine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction

from shequtong.core.locality.checks import LOCAL, SHARED, kind_of

Say = Callable[[str], None]
_KEY = "subdistrict_id"


class NotPossible(Exception):
    """The database cannot be promoted as it is; the sentence says what to mend."""


class ForeignKey(NamedTuple):
    """A foreign key as PostgreSQL words it, to be put back exactly."""

    table: str
    name: str
    definition: str


@dataclass(frozen=True)
class Plan:
    """What is still to be done; empty lists when the database is promoted already."""

    reference: list[str] = field(default_factory=list)
    distribute: list[str] = field(default_factory=list)
    anchor: str | None = None  # a table distributed earlier, beside whose shards new ones lie
    keys: list[ForeignKey] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return not self.reference and not self.distribute


def tables_of(kind: str) -> list[str]:
    """The tables of a kind of model, sorted, hidden ones included."""
    found = apps.get_models(include_auto_created=True)
    return sorted(
        {model._meta.db_table for model in found if model._meta.managed and not model._meta.proxy and kind_of(model) == kind}
    )


def make_plan() -> Plan:
    """What is to be done here. Raises NotPossible where there is no Citus."""
    if connection.vendor != "postgresql":
        raise NotPossible("Only PostgreSQL with the extension Citus is promoted; this database is another.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('create_distributed_table'), to_regclass('pg_dist_partition')")
        if None in cursor.fetchone():
            raise NotPossible(
                "The extension Citus is not in this database. Install it on every node, put it into shared_preload_libraries, "
                "CREATE EXTENSION citus, and add the workers (docs/operations/citus.md)."
            )
        cursor.execute("SELECT logicalrelid::regclass::text FROM pg_dist_partition WHERE partmethod = 'h' OR repmodel = 't'")
        done = {row[0] for row in cursor.fetchall()}
        local, shared = tables_of(LOCAL), tables_of(SHARED)
        reference = [table for table in shared if table not in done]
        distribute = [table for table in local if table not in done]
        anchor = next((table for table in local if table in done), None)
        return Plan(reference, distribute, anchor, _foreign_keys(cursor, [*reference, *distribute]))


def _foreign_keys(cursor: Any, tables: Sequence[str]) -> list[ForeignKey]:
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND"
        " (conrelid = ANY(%s::regclass[]) OR confrelid = ANY(%s::regclass[])) ORDER BY 1, 2",
        [list(tables), list(tables)],
    )
    return [ForeignKey(*row) for row in cursor.fetchall()]


def others_connected() -> int:
    """How many other sessions use this database: they would be kept waiting, or keep us waiting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def promote(plan: Plan, say: Say, *, verify: bool = False) -> None:
    """Carry the plan out in one transaction. With `verify` each table is read before and after, and must hold the same rows.

    Raises NotPossible when a table does not; then, as after any other error, nothing has changed.
    """
    quote = connection.ops.quote_name
    moved = [*plan.reference, *plan.distribute]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'")
        before = {table: _fingerprint(cursor, table) for table in moved} if verify else {}
        sequences = _sequences(cursor)
        for key in plan.keys:
            cursor.execute(f"ALTER TABLE {key.table} DROP CONSTRAINT {quote(key.name)}")
        for table in plan.reference:
            say(f"to every node: {table}")
            cursor.execute("SELECT create_reference_table(%s)", [table])
        anchor = plan.anchor
        for table in plan.distribute:
            say(f"by subdistrict: {table}")
            if anchor is None:
                cursor.execute("SELECT create_distributed_table(%s, %s)", [table, _KEY])
                anchor = table
            else:
                cursor.execute("SELECT create_distributed_table(%s, %s, colocate_with => %s)", [table, _KEY, anchor])
        for key in plan.keys:
            cursor.execute(f"ALTER TABLE {key.table} ADD CONSTRAINT {quote(key.name)} {key.definition}")
        _set_sequences(cursor, sequences)
        _modify_one_shard_after_another(cursor)
        _compare(before, {table: _fingerprint(cursor, table) for table in before})


class Owned(NamedTuple):
    """A sequence that belongs to a column."""

    name: str
    table: str
    column: str


def _sequences(cursor: Any) -> list[Owned]:
    """Those of identity and serial columns: coordinator-only tables of others have them, ours do not."""
    cursor.execute(
        "SELECT seq.oid::regclass::text, tab.oid::regclass::text, quote_ident(att.attname) FROM pg_class seq"
        " JOIN pg_depend dep ON dep.objid = seq.oid AND dep.classid = 'pg_class'::regclass AND dep.refobjsubid > 0"
        " AND dep.deptype IN ('a', 'i') JOIN pg_class tab ON tab.oid = dep.refobjid"
        " JOIN pg_attribute att ON att.attrelid = tab.oid AND att.attnum = dep.refobjsubid"
        " WHERE seq.relkind = 'S' AND tab.relnamespace = current_schema()::regnamespace ORDER BY 1"
    )
    return [Owned(*row) for row in cursor.fetchall()]


def _set_sequences(cursor: Any, found: Iterable[Owned]) -> None:
    """Each goes on after the highest value that is there."""
    for one in found:
        reached = f"coalesce(max({one.column}), 1), max({one.column}) IS NOT NULL"
        cursor.execute(f"SELECT setval('{one.name}', {reached}) FROM {one.table}")  # noqa: S608  # names as the catalogue quotes them


def _modify_one_shard_after_another(cursor: Any) -> None:
    """For every later session of this role: else a write to a shared table after a city-wide read fails (scale-out/README.md, rule 9)."""
    cursor.execute(
        "SELECT format('ALTER ROLE %I IN DATABASE %I SET citus.multi_shard_modify_mode TO sequential', current_user, current_database())"
    )
    cursor.execute(cursor.fetchone()[0])


Fingerprint = tuple[int, int]


def _fingerprint(cursor: Any, table: str) -> Fingerprint:
    """How many rows a table has, and a sum over all of them that no changed, lost or added row leaves the same."""
    summed = "count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)"
    cursor.execute(f"SELECT {summed} FROM {table} t")  # noqa: S608  # a table of our models
    count, total = cursor.fetchone()
    return int(count), int(total)


def _compare(before: dict[str, Fingerprint], after: dict[str, Fingerprint]) -> None:
    wrong = [table for table, print_ in before.items() if after[table] != print_]
    if wrong:
        raise NotPossible(f"Not the same rows as before in: {', '.join(wrong)}. Nothing was changed.")
