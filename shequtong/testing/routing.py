"""Which tables of a statement are tied to a subdistrict (语句归属): read from its SQL, for the statement watcher.

A table is tied when its `subdistrict_id` equals a value, or another column that is tied, in every row the statement may touch:
by WHERE, by the ON of a join, or by an outer query that is tied itself. Under OR each branch must tie it; NOT ties nothing; an outer
join ties only the table it adds. An INSERT is tied when it names the column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import sqlglot
from sqlglot import exp

HOME = "subdistrict_id"
Column = tuple[str, str]  # alias, column


class UnreadableStatementError(AssertionError):
    """The SQL could not be understood, so nobody can say that it is routed. Write it otherwise, or teach this module."""


@lru_cache(maxsize=4000)
def strays(sql: str, vendor: str, local: frozenset[str]) -> frozenset[str]:
    """Local tables (as `table AS alias`) that the statement touches without a subdistrict; empty when it is routed.

    `vendor` is Django's name of the engine. UnreadableStatementError for SQL that touches a local table and cannot be read.
    """
    if not any(table in sql for table in local):
        return frozenset()
    try:
        # Values do not matter here, only where they stand.
        parsed = sqlglot.parse_one(re.sub(r"%(%|s)", lambda mark: "%" if mark[1] == "%" else "0", sql), dialect=_DIALECTS[vendor])
    except sqlglot.errors.SqlglotError as error:
        raise UnreadableStatementError(f"cannot read: {sql}") from error
    if isinstance(parsed, exp.Create | exp.Drop | exp.Alter):
        return frozenset()
    reader = _Reader(local)
    found = frozenset(reader.read(parsed, frozenset(), frozenset())) if isinstance(parsed, exp.Query | exp.DML) else frozenset()
    named = {cte.alias for cte in parsed.find_all(exp.CTE)}
    tables = (table for table in parsed.find_all(exp.Table) if not isinstance(table.parent, exp.Lock))
    if any(table.name in local - named and id(table) not in reader.judged for table in tables):
        raise UnreadableStatementError(f"a local table stands where this module does not look: {sql}")
    if isinstance(parsed, exp.Command):
        raise UnreadableStatementError(f"neither a query nor a change: {sql}")
    return found


_DIALECTS = {"sqlite": "sqlite", "postgresql": "postgres"}


@dataclass
class _Facts:
    """What a condition guarantees: columns that equal a value, and columns that equal another (if the left is tied, so is the right)."""

    tied: set[Column] = field(default_factory=set)
    equal: set[tuple[Column, Column]] = field(default_factory=set)

    def closed(self) -> set[Column]:
        """All columns that are tied, one through the other."""
        tied, grown = set(self.tied), True
        while grown:
            more = {right for left, right in self.equal if left in tied} - tied
            tied |= more
            grown = bool(more)
        return tied

    def add(self, other: "_Facts") -> None:
        self.tied |= other.tied
        self.equal |= other.equal


class _Reader:
    """Reads one statement; `outer` are the tied columns of the queries around, `named` the CTEs in sight."""

    def __init__(self, local: frozenset[str]) -> None:
        self._local = local
        self.judged: set[int] = set()  # identities of the table nodes that were looked at

    def read(self, node: exp.Expr, outer: frozenset[Column], named: frozenset[str]) -> Iterator[str]:
        """The stray tables of a query or a change, those inside it included."""
        with_ = node.args.get("with_")
        for cte in with_.expressions if with_ else ():
            named |= {cte.alias}
            yield from self.read(cte.this, outer, named)
        if isinstance(node, exp.SetOperation):
            for side in (node.left, node.right):
                yield from self.read(side, outer, named)
        elif isinstance(node, exp.Subquery):
            yield from self.read(node.this, outer, named)
        elif isinstance(node, exp.Insert):
            yield from self._insert(node, outer, named)
        else:
            yield from self._scope(node, outer, named)

    def _insert(self, node: exp.Insert, outer: frozenset[Column], named: frozenset[str]) -> Iterator[str]:
        target = node.this
        columns = [column.name for column in target.expressions] if isinstance(target, exp.Schema) else []
        target = target.this if isinstance(target, exp.Schema) else target
        table = target.name
        self.judged.add(id(target))
        if table in self._local and HOME not in columns:
            yield f"{table} (inserted)"
        if isinstance(node.expression, exp.Query):
            yield from self.read(node.expression, outer, named)

    def _scope(self, node: exp.Expr, outer: frozenset[Column], named: frozenset[str]) -> Iterator[str]:
        sources = list(_sources(node))
        facts = _Facts(set(outer))
        scope = _Names([source.alias_or_name for source in sources])
        where = node.args.get("where")
        if where is not None:
            facts.add(scope.facts(where.this))
        for join in _joins(node):
            facts.add(scope.facts_of_join(join))
        tied = facts.closed()
        for source in sources:
            self.judged.add(id(source))
            if isinstance(source, exp.Table) and source.name in self._local and source.name not in named:
                alias = source.alias_or_name
                if (alias, HOME) not in tied:
                    yield source.name if alias == source.name else f"{source.name} AS {alias}"
        for inner in _inner_queries(node):
            yield from self.read(inner, frozenset(tied), named)


@dataclass
class _Names:
    """The aliases of one scope; a column without one belongs to the only table there is."""

    aliases: list[str]

    def column(self, node: exp.Expr) -> Column | None:
        node = node.unnest()
        if not isinstance(node, exp.Column):
            return None
        return (node.table or (self.aliases[0] if len(self.aliases) == 1 else ""), node.name)

    def facts(self, condition: exp.Expr) -> _Facts:
        """What holds in every row that fulfils the condition."""
        condition = condition.unnest()
        if isinstance(condition, exp.And):
            both = self.facts(condition.left)
            both.add(self.facts(condition.right))
            return both
        if isinstance(condition, exp.Or):
            return _Facts(self.facts(condition.left).closed() & self.facts(condition.right).closed())
        if isinstance(condition, exp.EQ):
            return self._equality(condition.left, condition.right)
        if isinstance(condition, exp.In) and condition.expressions and all(_is_value(each) for each in condition.expressions):
            column = self.column(condition.this)
            return _Facts({column} if column else set())
        return _Facts()

    def _equality(self, left: exp.Expr, right: exp.Expr) -> _Facts:
        one, other = self.column(left), self.column(right)
        if one and other:
            return _Facts(equal={(one, other), (other, one)})
        if one and _is_value(right):
            return _Facts({one})
        if other and _is_value(left):
            return _Facts({other})
        return _Facts()

    def facts_of_join(self, join: exp.Join) -> _Facts:
        """An outer join leaves the rows of one side alone, so its ON says something of the other only."""
        added = join.this.alias_or_name
        on = join.args.get("on")
        facts = self.facts(on) if on is not None else _Facts()
        if join.side.upper() == "LEFT":
            tied = {column for column in facts.tied if column[0] == added}
            return _Facts(tied, {(one, other) for one, other in facts.equal if other[0] == added})
        if join.side:
            return _Facts()
        return facts


def _is_value(node: exp.Expr) -> bool:
    """Whether an expression is made of values alone: no column, no query."""
    return not any(isinstance(part, exp.Column | exp.Query | exp.Star) for part in node.walk())


def _joins(node: exp.Expr) -> list[exp.Join]:
    """The joins of one scope; those of UPDATE … FROM hang on its first table."""
    from_ = node.args.get("from_")
    return [*(node.args.get("joins") or ()), *((from_.this.args.get("joins") or ()) if from_ is not None else ())]


def _sources(node: exp.Expr) -> Iterator[exp.Expr]:
    """What a query reads or a change touches, directly."""
    if isinstance(node, exp.Update | exp.Delete):
        yield node.this
        yield from node.args.get("using") or ()
    if node.args.get("from_") is not None:
        yield node.args["from_"].this
    yield from (join.this for join in _joins(node))


def _inner_queries(node: exp.Expr) -> Iterator[exp.Expr]:
    """Queries inside this one, each once; those inside them are theirs to read."""
    with_ = node.args.get("with_")
    waiting = [child for child in node.iter_expressions() if child is not with_]
    while waiting:
        child = waiting.pop()
        if isinstance(child, exp.Query):
            yield child
        else:
            waiting.extend(child.iter_expressions())
