"""Edit checks: the SELECTs of sql/checks on a set of subjects. What they find are findings like any other.

A check reads `form.<form>` (what was collected, in the words of schemas/forms, with the place of each row),
`sdtm.<dataset>` (what it became), `form.visit` (each row of a form that tells of a visit), `form.dlqi` and other
questionnaires, and the study's tables. Of a result it says USUBJID, variable, value, and where it stands: `_source`,
`_file`, `_row` of a form, or `dataset` and SEQ of an SDTM record (USUBJID alone where that has no number); of one among
several tests of a raw row also `test` and `point`. Further columns are for its words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from flows.analysis import scan
from schemas.edit_checks import EditCheck, edit_checks
from schemas.forms import FORMS
from schemas.study import Source, Study
from transforms.forms import FINDING
from transforms.instruments import NAMES, instrument_of
from transforms.sdtm.records import raw_column
from transforms.sdtm.sv import DATES

# Dates are ISO 8601 text at the precision collected: one is before another only where both say so.
MACROS = """
CREATE MACRO is_before(a, b) AS
    left(a, least(length(a), length(b), 10)) < left(b, least(length(a), length(b), 10));
CREATE MACRO whole_day(dtc) AS CASE WHEN length(dtc) >= 10 THEN try_cast(left(dtc, 10) AS DATE) END;
"""


def collected(study: Study) -> set[str]:
    """The forms, and form.COLUMN, that a study collects; questionnaires under their own name, with their items."""
    found = set()
    for source in study.file.sources.values():
        names = {name for specs in (source.columns, *source.records) for name in specs}
        found |= {source.form, *(f"{source.form}.{name}" for name in names)}
        if source.items and (scored := scored_name(source, study)):
            found |= {scored, *(f"{scored}.{item}" for item in source.items)}
    return found


def scored_name(source: Source, study: Study) -> str:
    """dlqi, pasi: the shipped questionnaire of a source; "" for one of the study's own, which no check knows."""
    return "" if source.instrument in study.instruments else NAMES[source.instrument]


def standing(study: Study) -> pd.DataFrame:
    """One record per edit check: whether it runs in this study, why not, its words and its thresholds as they count."""
    have, rows = collected(study), []
    for check in edit_checks().values():
        said = study.file.checks.get(check.name)
        missing = check.missing(have)
        state = "off" if said and said.off else "not applicable" if missing else "runs"
        why = said.off if said and said.off else f"not collected: {', '.join(missing)}" if missing else None
        counts = ", ".join(f"{name} = {value:g}" for name, value in thresholds(check, study).items())
        rows.append((check.rule, state, why, check.severity, check.grain, check.query, check.source, counts or None))
    names = ["rule", "state", "reason", "severity", "grain", "query", "source", "thresholds"]
    return pd.DataFrame(rows, columns=names).astype("str")


def thresholds(check: EditCheck, study: Study) -> dict[str, float]:
    """Threshold -> its value: the study file's, else the check's own."""
    said = study.file.checks.get(check.name)
    given = said.thresholds if said else {}
    return {one.name: given.get(one.name, one.default) for one in check.thresholds}


def views(
    con: duckdb.DuckDBPyConnection,
    study: Study,
    forms: Mapping[str, Sequence[Path] | str],
) -> None:
    """One view `form.<form>` for each form and questionnaire, with every column that it can have; and `form.visit`.
    Rows of a screening before the one that led to enrolment (persons.csv) are not in them: their dates are those of
    another consent.

    `forms`: form, or source of a questionnaire -> its Parquet files, or a table that the connection knows."""
    con.execute("CREATE SCHEMA form; CREATE SCHEMA blank;" + MACROS)
    con.execute("CREATE TABLE blank.earlier_screening (SITEID VARCHAR, SUBJID VARCHAR)")
    for numbers, person in study.further_numbers.items():
        if person.WHY == "rescreened":
            con.execute("INSERT INTO blank.earlier_screening VALUES (?, ?)", numbers)
    place = dict.fromkeys(("USUBJID", "SITEID", "SUBJID", "_source", "_file"), "VARCHAR") | {"_row": "BIGINT"}
    for name, schema in FORMS.items():
        if name in ("qs", "rs"):
            continue
        shape = place | {n: _type(column.metadata["kind"]) for n, column in schema.columns.items()}
        _view(con, name, shape, [forms[name]] if name in forms else [])
    questionnaires: dict[str, tuple[dict, list]] = {}
    for name, source in study.file.sources.items():
        if source.items and (scored := scored_name(source, study)):
            domain = source.form.upper()
            shape, parts = questionnaires.setdefault(scored, (dict(place), []))
            items = instrument_of(source, study).items.index
            shape |= dict.fromkeys(("VISIT", f"{domain}DAT", *items, *_besides(items)), "VARCHAR")
            parts += [forms[name]] if name in forms else []
    for name, (shape, parts) in questionnaires.items():
        _view(con, name, shape, parts)
    dated = []
    for name, source in study.file.sources.items():
        columns = {column for specs in (source.columns, *source.records) for column in specs}
        date = DATES.get(source.form)
        key = name if source.instrument else source.form
        if date and {"VISIT", date} <= columns and key in forms:
            dated.append(
                f"SELECT USUBJID, VISIT, {date} AS DTC, '{date}' AS variable, _source, _file, _row "
                f"FROM {scan(forms[key])} ANTI JOIN blank.earlier_screening USING (SITEID, SUBJID) "
                f"WHERE _source = '{name}'"
            )
    dated.append(
        "SELECT NULL::VARCHAR AS USUBJID, NULL::VARCHAR AS VISIT, NULL::VARCHAR AS DTC, NULL::VARCHAR AS variable, "
        "NULL::VARCHAR AS _source, NULL::VARCHAR AS _file, NULL::BIGINT AS _row WHERE false"
    )
    con.execute("CREATE VIEW form.visit AS " + " UNION ALL ".join(dated))


def _besides(items: pd.Index) -> list[str]:
    """What a form holds beside each item: the reason why there is none, and a text that could not be read."""
    return [f"{item}.{part}" for item in items for part in ("reason", "verbatim")]


def _view(con: duckdb.DuckDBPyConnection, name: str, shape: Mapping[str, str], parts: list) -> None:
    columns = ", ".join(f'"{column}" {kind}' for column, kind in shape.items())
    con.execute(f"CREATE TABLE blank.{name} ({columns})")
    own = "".join(f" UNION ALL BY NAME FROM {scan(part)}" for part in parts)
    kept = ", ".join(f'"{column}"::{kind} AS "{column.replace(".", "_")}"' for column, kind in shape.items())
    con.execute(
        f"CREATE VIEW form.{name} AS SELECT {kept} FROM (FROM blank.{name}{own}) "
        "ANTI JOIN blank.earlier_screening USING (SITEID, SUBJID)"
    )


def _type(kind: str) -> str:
    return "DOUBLE" if kind == "number" else "VARCHAR"


def results(con: duckdb.DuckDBPyConnection, check: EditCheck, bound: Mapping[str, object]) -> pd.DataFrame:
    """What the check's SELECT gives, numbers as a person writes them."""
    (statement,) = con.extract_statements(check.sql)
    given = {name: bound[name] for name in statement.named_parameters}
    found = con.execute(f"SELECT * FROM ({check.sql})", given).df()
    for name in found.columns[found.dtypes == "float64"]:
        if name not in ("SEQ", "_row"):
            found[name] = found[name].map(lambda number: f"{number:.10g}", na_action="ignore")
    return found


def findings(
    con: duckdb.DuckDBPyConnection,
    study: Study,
    lineage: Mapping[str, Sequence[Path] | str],
    sources: Mapping[str, Sequence[str]],
    delivery: str,
    scope: str,
) -> pd.DataFrame:
    """One record per result of each check of this scope that the study's forms allow (columns of FINDING).

    lineage: SDTM dataset -> its Parquet files, or a table; sources: file -> the sources that it holds."""
    runs = standing(study).set_index("rule")["state"].eq("runs")
    parts = [pd.DataFrame(columns=FINDING)]
    for check in edit_checks().values():
        if runs[check.rule] and check.scope == scope:
            found = results(con, check, thresholds(check, study) | {"delivery": delivery})
            if len(found):
                if "_row" not in found:
                    found = placed(con, found, study, lineage, sources)
                parts.append(as_findings(found, check, study))
    return pd.concat(parts, ignore_index=True)


def placed(
    con: duckdb.DuckDBPyConnection,
    found: pd.DataFrame,
    study: Study,
    lineage: Mapping[str, Sequence[Path] | str],
    sources: Mapping[str, Sequence[str]],
) -> pd.DataFrame:
    """The results with source, file and row of the SDTM record that each is about: of several rows, that of the
    domain's own form, and the first of those."""
    (dataset,) = found["dataset"].unique()
    con.register("asked_for", found[["USUBJID"]].drop_duplicates())
    rows = con.sql(
        f"SELECT USUBJID, SEQ, FILE AS _file, ROW AS _row FROM {scan(lineage[dataset])} "
        "SEMI JOIN asked_for USING (USUBJID)"
    ).df()
    con.unregister("asked_for")
    form = dataset[:2].lower()
    rows["_source"] = rows["_file"].map({file: _own(names, form, study) for file, names in sources.items()})
    rows["other"] = ~rows["_source"].isin(list(study.sources_of(form)))
    rows = rows.sort_values(["other", "_file", "_row"])
    keys = ["USUBJID", "SEQ"] if "SEQ" in found else ["USUBJID"]
    rows = rows.drop_duplicates(keys)[[*keys, "_source", "_file", "_row"]]
    if "SEQ" in found:
        rows, found = rows.astype({"SEQ": "float"}), found.astype({"SEQ": "float"})
    return found.merge(rows, how="left", on=keys, validate="m:1")


def _own(names: Sequence[str], form: str, study: Study) -> str:
    """Of the sources that a file holds, the one that fills the form."""
    return next((name for name in names if study.file.sources[name].form == form), names[0])


def as_findings(found: pd.DataFrame, check: EditCheck, study: Study) -> pd.DataFrame:
    """The results in the columns of a finding: the site's name of the column, and the check's words with the values."""
    places = found.reindex(columns=["_source", "variable", "test", "point"]).astype("object")
    places = places.where(places.notna(), None)
    names = {
        key: site_column(study.file.sources[key[0]], *key[1:], study)
        for key in places.drop_duplicates().itertuples(index=False, name=None)
    }
    return pd.DataFrame(
        {
            "rule": check.rule,
            "severity": check.severity,
            "dataset": found["_source"],
            "USUBJID": found["USUBJID"],
            "_file": found["_file"],
            "_row": found["_row"].astype("int64"),
            "column": [names[key] for key in places.itertuples(index=False, name=None)],
            "value": found["value"].astype("str"),
            "message": worded(check.query, found),
        },
        columns=FINDING,
    )


def site_column(source: Source, variable: str, test: str | None, point: str | None, study: Study) -> str:
    """The raw column of a form column; of the record of a test and time point, where one row has several; of an
    item."""
    domain = source.form.upper()
    for record in source.records:
        of_test = record.get(f"{domain}TESTCD")
        of_point = record.get(f"{domain}TPTNUM")
        here = of_test and of_test.value == test and (of_point.value if of_point else None) == point
        if here and variable in record and record[variable].column:
            return record[variable].column[0]
    if source.instrument and test is not None:
        items = instrument_of(source, study).items
        return next((raw_column(source, item) for item in items.index[items["testcd"] == test]), variable)
    return raw_column(source, variable)


def worded(query: str, found: pd.DataFrame) -> pd.Series:
    """The words to the site, one text per result; a value that is missing is (blank)."""
    words = pd.Series("", index=found.index)
    for text, name in re.findall(r"([^{]*)(?:\{(\w+)\})?", query):
        words += text
        if name:
            words += found[name].astype("object").where(found[name].notna(), "(blank)").astype("str")
    return words
