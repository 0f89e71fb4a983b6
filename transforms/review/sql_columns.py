"""What each column of a SELECT is made of, read from the statement's own syntax tree: columns of the tables that it
reads, never a guess.

DuckDB gives the tree (json_serialize_sql). Names are looked up as DuckDB does it: in the tables of FROM, then among
the aliases of the same list, then outside of a subquery.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

Origin = tuple[str, str]  # table, column


class Drawn(NamedTuple):
    """values   columns whose values make it, also by deciding between values or by their order
    rows     columns that decide which rows are looked at: filters, joins, groups
    copied   columns whose values it has unchanged, one or (of a UNION) several; None where it is worked out"""

    values: frozenset[Origin] = frozenset()
    rows: frozenset[Origin] = frozenset()
    copied: frozenset[Origin] | None = frozenset()

    def __or__(self, other: Drawn) -> Drawn:
        copied = None if None in (self.copied, other.copied) else self.copied | other.copied
        return Drawn(self.values | other.values, self.rows | other.rows, copied)

    @property
    def all(self) -> frozenset[Origin]:
        return self.values | self.rows


NOTHING = Drawn()
Columns = dict[str, Drawn]  # of a table, by name as written there
Scope = list[tuple[str, Columns]]  # alias and columns of each table of FROM


def select_columns(sql: str, tables: Mapping[str, Sequence[str]]) -> Columns:
    """Column of the result -> what it is drawn from. `tables` has the columns of each table that is read, by its name
    with schema, lower case: sdtm.ae."""
    return _query(_tree(sql), tables, {}, [])


def _tree(sql: str) -> dict:
    with duckdb.connect() as con:
        options = "skip_default := true, skip_null := true, skip_empty := true"
        (text,) = con.execute(f"SELECT json_serialize_sql(?, {options})", [sql]).fetchone()
    tree = json.loads(text)
    if tree["error"]:
        raise ValueError(tree["error_message"])
    (statement,) = tree["statements"]
    return statement["node"]


def _query(node: dict, tables: Mapping, ctes: Mapping[str, Columns], outer: list[Scope]) -> Columns:
    """Columns of a SELECT, or of a UNION of several."""
    ctes = dict(ctes)
    for entry in node.get("cte_map", {}).get("map", ()):
        columns = _query(_inner(entry["value"]["query_node"]), tables, ctes, outer)
        names = entry["value"].get("aliases") or list(columns)
        ctes[entry["key"].casefold()] = dict(zip(names, columns.values(), strict=True))
    if node["type"] == "SET_OPERATION_NODE":
        by_name = node["setop_type"] == "UNION_BY_NAME"
        found: Columns = {}
        for child in node["children"]:
            columns = _query(child, tables, ctes, outer)
            names = list(columns) if by_name or not found else list(found)
            for name, drawn in zip(names, columns.values(), strict=True):
                same = next((one for one in found if one.casefold() == name.casefold()), name)
                found[same] = found.get(same, NOTHING) | drawn
        return found
    if node["type"] != "SELECT_NODE":
        raise ValueError(f"{node['type']} is not understood")
    scope, rows = _from(node.get("from_table", {"type": "EMPTY"}), tables, ctes, outer)
    found = {}

    def seen(expression: object) -> Drawn:
        return _cell(expression, [scope, *outer], found, tables, ctes)

    for item in node["select_list"]:
        if item["class"] == "STAR":
            found |= _star(item, scope, seen)
        else:
            name = item.get("alias") or item.get("column_names", [f"column{len(found)}"])[-1]
            found[name] = seen(item)
    for clause in ("where_clause", "qualify", "having", "group_expressions"):
        drawn = seen(node.get(clause))
        rows = rows | drawn.all
    return {name: drawn._replace(rows=drawn.rows | rows) for name, drawn in found.items()}


def _inner(node: dict) -> dict:
    return node.get("node", node)


def _from(node: dict, tables: Mapping, ctes: Mapping, outer: list[Scope]) -> tuple[Scope, frozenset[Origin]]:
    """The tables of FROM with their columns, and what decides which of their rows meet."""
    kind = node["type"]
    if kind == "EMPTY":
        return [], frozenset()
    if kind == "BASE_TABLE":
        return [_named(node, _base(node, tables, ctes))], frozenset()
    if kind == "SUBQUERY":
        return [_named(node, _query(_inner(node["subquery"]), tables, ctes, outer))], frozenset()
    if kind == "EXPRESSION_LIST":
        columns: Columns = {}
        for line in node["values"]:
            for at, cell in enumerate(line):
                drawn = _cell(cell, outer, {}, tables, ctes)
                columns[f"col{at}"] = columns.get(f"col{at}", NOTHING) | drawn
        return [_named(node, columns)], frozenset()
    if kind != "JOIN":
        raise ValueError(f"FROM {kind} is not understood")
    left, rows_left = _from(node["left"], tables, ctes, outer)
    # a lateral table may use the columns of those before it
    right, rows_right = _from(node["right"], tables, ctes, [left, *outer])
    met = _expression(node.get("condition"), [left + right, *outer], {}, tables, ctes).all
    for name in node.get("using_columns", ()):
        met |= _column([name], [left], {}).all | _column([name], [right], {}).all
    if node.get("join_type", "INNER") == "LEFT":  # takes away no row of the left table
        right = [(alias, {name: d._replace(rows=d.rows | met) for name, d in own.items()}) for alias, own in right]
        met = frozenset()
    return left + right, rows_left | rows_right | met


def _base(node: dict, tables: Mapping, ctes: Mapping) -> Columns:
    name = node["table_name"].casefold()
    if "schema_name" not in node and name in ctes:
        return ctes[name]
    name = f"{node.get('schema_name', '').casefold()}.{name}"
    own = {column: frozenset({(name, column)}) for column in tables[name]}
    return {column: Drawn(origin, copied=origin) for column, origin in own.items()}


def _named(node: dict, columns: Columns) -> tuple[str, Columns]:
    names = node.get("column_name_alias", ())
    alias = node.get("alias") or node.get("table_name", "")
    return alias.casefold(), dict(zip(names, columns.values(), strict=True)) if names else columns


def _star(item: dict, scope: Scope, seen: Callable[[object], Drawn]) -> Columns:
    replaced = {entry["key"].casefold(): seen(entry["value"]) for entry in item.get("replace_list", ())}
    excluded = {_last(name).casefold() for name in item.get("exclude_list", ())}
    of = item.get("relation_name", "").casefold()
    return {
        name: replaced.get(name.casefold(), drawn)
        for alias, columns in scope
        if not of or alias == of
        for name, drawn in columns.items()
        if name.casefold() not in excluded
    }


def _last(name: object) -> str:
    return name if isinstance(name, str) else name["column"]


def _cell(tree: object, scopes: list[Scope], aliases: Columns, tables: Mapping, ctes: Mapping) -> Drawn:
    """What an expression is drawn from; it copies a column only where it is nothing but its name."""
    drawn = _expression(tree, scopes, aliases, tables, ctes)
    if isinstance(tree, dict) and (tree["class"] == "COLUMN_REF" or _is_null(tree)):
        return drawn
    return drawn._replace(copied=None)


def _is_null(tree: dict) -> bool:
    return tree.get("literal", {}).get("kind") == "NULL_LITERAL"


def _expression(tree: object, scopes: list[Scope], aliases: Columns, tables: Mapping, ctes: Mapping) -> Drawn:
    """All that the columns and subqueries of an expression are drawn from."""
    drawn = NOTHING
    for node in _leaves(tree):
        if node["class"] == "SUBQUERY":
            inner = _query(_inner(node["subquery"]), tables, ctes, scopes)
            for one in inner.values():
                drawn = drawn | one
        else:
            drawn = drawn | _column(node["column_names"], scopes, aliases)
    return drawn


def _leaves(tree: object) -> Iterator[dict]:
    if isinstance(tree, dict):
        if tree.get("class") in ("COLUMN_REF", "SUBQUERY"):
            yield tree
            if tree["class"] == "SUBQUERY":
                yield from _leaves(tree.get("child"))
            return
        for part in tree.values():
            yield from _leaves(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _leaves(part)


def _column(path: list[str], scopes: list[Scope], aliases: Columns) -> Drawn:
    name = path[-1].casefold()
    for depth, scope in enumerate(scopes):
        for alias, columns in scope:
            if len(path) > 1 and alias != path[-2].casefold():
                continue
            for own, drawn in columns.items():
                if own.casefold() == name:
                    return drawn
        if depth == 0 and len(path) == 1:
            for own, drawn in aliases.items():
                if own.casefold() == name:
                    return drawn
    raise ValueError(f"{'.'.join(path)} is in no table of FROM")


class Selection(NamedTuple):
    """One place in a statement where a table is read, what it takes from it, and the records that it takes: where each
    of these comparisons with literals holds."""

    table: str
    columns: tuple[str, ...]
    where: tuple[tuple[str, str, tuple[str, ...]], ...]  # column, comparator (EQ, NE, LT, LE, GT, GE, IN), values


COMPARATORS = {
    "COMPARE_EQUAL": "EQ", "COMPARE_NOTEQUAL": "NE", "COMPARE_LESSTHAN": "LT", "COMPARE_LESSTHANOREQUALTO": "LE",
    "COMPARE_GREATERTHAN": "GT", "COMPARE_GREATERTHANOREQUALTO": "GE", "COMPARE_IN": "IN",
}  # fmt: skip


def selections(sql: str, tables: Mapping[str, Sequence[str]]) -> list[Selection]:
    """Where a statement reads the tables, in the order in which it is written. A table of which it takes every column
    (*) gives those of which a column of the result is drawn."""
    used = frozenset().union(*(drawn.all for drawn in select_columns(sql, tables).values()))
    found = []
    for node in _nodes(_tree(sql), "SELECT_NODE"):
        for base in _own_tables(node.get("from_table", {"type": "EMPTY"})):
            table = f"{base.get('schema_name', '')}.{base['table_name']}".casefold()
            if table not in tables:
                continue
            alias = (base.get("alias") or base["table_name"]).casefold()

            def own(tree: object, table: str = table, alias: str = alias) -> str | None:
                """The column of this table that an expression names."""
                if not isinstance(tree, dict) or tree.get("class") != "COLUMN_REF":
                    return None
                *of, name = tree["column_names"]
                if of and of[-1].casefold() != alias:
                    return None
                return next((column for column in tables[table] if column.casefold() == name.casefold()), None)

            starred = any(item["class"] == "STAR" for item in node["select_list"])
            named = {own(leaf) for leaf in _leaves(node)} | {c for t, c in used if t == table and starred}
            where = []
            for one in _conjuncts(node.get("where_clause")):
                if one["type"] not in COMPARATORS:
                    continue
                left, *right = one.get("children") or (one.get("left"), one.get("right"))
                values = tuple(value["literal"]["text"] for value in right if "text" in value.get("literal", {}))
                if (column := own(left)) and len(values) == len(right):
                    where.append((column, COMPARATORS[one["type"]], values))
            columns = tuple(column for column in tables[table] if column in named)
            found.append(Selection(table, columns, tuple(where)))
    return found


def _nodes(tree: object, kind: str) -> Iterator[dict]:
    if isinstance(tree, dict):
        if tree.get("type") == kind:
            yield tree
        for part in tree.values():
            yield from _nodes(part, kind)
    elif isinstance(tree, list):
        for part in tree:
            yield from _nodes(part, kind)


def _own_tables(node: dict) -> Iterator[dict]:
    """The tables that FROM itself names."""
    if node["type"] == "BASE_TABLE":
        yield node
    for side in ("left", "right"):
        if node["type"] == "JOIN":
            yield from _own_tables(node[side])


def _conjuncts(tree: dict | None) -> Iterator[dict]:
    """The conditions of WHERE that all have to hold."""
    if tree and tree.get("type") == "CONJUNCTION_AND":
        for part in tree["children"]:
            yield from _conjuncts(part)
    elif tree:
        yield tree
