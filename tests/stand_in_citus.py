"""Stand-ins for Citus (替身): functions of its names that hold its preconditions, note the calls, and play its known trap.

What Citus refuses they refuse: a key or unique index without the subdistrict, a foreign key still in place, a row id from a sequence.
"""

from typing import Any

from django.db import connection

_SQL = """
CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY, partmethod "char", repmodel "char", colocated regclass, nth serial);
CREATE FUNCTION stand_in_check(tab regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f' AND (conrelid = tab OR confrelid = tab)) THEN
    RAISE EXCEPTION 'foreign keys of % are still there', tab; END IF;
  IF EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = tab) THEN
    RAISE EXCEPTION '% is already distributed', tab; END IF;
END $$;
CREATE FUNCTION create_reference_table(tab regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM stand_in_check(tab);
  INSERT INTO pg_dist_partition (logicalrelid, partmethod, repmodel) VALUES (tab, 'n', 't');
END $$;
CREATE FUNCTION create_distributed_table(tab regclass, col text, colocate_with text DEFAULT 'default') RETURNS void LANGUAGE plpgsql AS $$
DECLARE keys text; seq record;
BEGIN
  PERFORM stand_in_check(tab);
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = tab AND attidentity <> '') THEN
    RAISE EXCEPTION '% has an identity column', tab; END IF;
  SELECT pg_get_constraintdef(oid) INTO keys FROM pg_constraint WHERE conrelid = tab AND contype = 'p';
  IF keys IS DISTINCT FROM 'PRIMARY KEY (subdistrict_id, id)' THEN RAISE EXCEPTION '%: %', tab, keys; END IF;
  IF EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = tab AND i.indisunique AND NOT EXISTS
      (SELECT 1 FROM pg_attribute a WHERE a.attrelid = tab AND a.attname = col AND a.attnum = ANY (i.indkey))) THEN
    RAISE EXCEPTION '% has a unique index without %', tab, col; END IF;
  IF colocate_with <> 'default' AND NOT EXISTS
      (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = colocate_with::regclass AND partmethod = 'h') THEN
    RAISE EXCEPTION '% is not distributed', colocate_with; END IF;
  INSERT INTO pg_dist_partition (logicalrelid, partmethod, repmodel, colocated)
    VALUES (tab, 'h', 's', CASE WHEN colocate_with = 'default' THEN NULL ELSE colocate_with::regclass END);
  -- The trap: sequences of the tables that are taken into the metadata begin anew.
  FOR seq IN SELECT s.oid::regclass AS name FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i')
      WHERE s.relkind = 'S' AND s.relname LIKE 'django_%' LOOP
    EXECUTE format('ALTER SEQUENCE %s RESTART WITH 1', seq.name); END LOOP;
END $$;
"""


def install() -> None:
    """Into the database of the test; gone with its transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)


def calls() -> list[tuple[Any, ...]]:
    """Tables as they were taken: name, how ("n" to every node, "h" by subdistrict), beside which table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT logicalrelid::regclass::text, partmethod::text, colocated::regclass::text FROM pg_dist_partition ORDER BY nth"
        )
        return list(cursor.fetchall())
