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
    rows     columns that decide which rows are looked at: filters, joins, groups"""

    values: frozenset[Origin] = frozenset()
    rows: frozenset[Origin] = frozenset()

    def __or__(self, other: Drawn) -> Drawn:
        return Drawn(self.values | other.values, self.rows | other.rows)

    @property
    def all(self) -> frozenset[Origin]:
        return self.values | self.rows


NOTHING = Drawn()
Columns = dict[str, Drawn]  # of a table, by name as written there
Scope = list[tuple[str, Columns]]  # alias and columns of each table of FROM


def select_columns(sql: str, tables: Mapping[str, Sequence[str]]) -> Columns:
    """Column of the result -> what it is drawn from. `tables` has the columns of each table that is read, by its name
    with schema, lower case: sdtm.ae."""
    with duckdb.connect() as con:
        options = "skip_default := true, skip_null := true, skip_empty := true"
        (text,) = con.execute(f"SELECT json_serialize_sql(?, {options})", [sql]).fetchone()
    tree = json.loads(text)
    if tree["error"]:
        raise ValueError(tree["error_message"])
    (statement,) = tree["statements"]
    return _query(statement["node"], tables, {}, [])


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
        return _expression(expression, [scope, *outer], found, tables, ctes)

    for item in node["select_list"]:
        if item["class"] == "STAR":
            found |= _star(item, scope, seen)
        else:
            name = item.get("alias") or item.get("column_names", [f"column{len(found)}"])[-1]
            found[name] = seen(item)
    for clause in ("where_clause", "qualify", "having", "group_expressions"):
        drawn = seen(node.get(clause))
        rows = rows | drawn.all
    return {name: Drawn(drawn.values, drawn.rows | rows) for name, drawn in found.items()}


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
                drawn = _expression(cell, outer, {}, tables, ctes)
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
        right = [(alias, {name: Drawn(d.values, d.rows | met) for name, d in own.items()}) for alias, own in right]
        met = frozenset()
    return left + right, rows_left | rows_right | met


def _base(node: dict, tables: Mapping, ctes: Mapping) -> Columns:
    name = node["table_name"].casefold()
    if "schema_name" not in node and name in ctes:
        return ctes[name]
    name = f"{node.get('schema_name', '').casefold()}.{name}"
    return {column: Drawn(frozenset({(name, column)})) for column in tables[name]}


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
