"""ADaM datasets and analysis tables: the SELECTs of sql/, one after the other, in one DuckDB connection.

The order of a run: `study_tables`, `sdtm_views`, `adam`, `tables`. A subject's ADaM records need nothing but
that subject's SDTM records and the study, so `adam` may be given one partition at a time; `tables` needs all.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import duckdb
import pandas as pd
import pyarrow as pa
from pandera.pandas import DataFrameSchema

from schemas.adam import DATASETS as ADAM
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Arm, Dose, Element, Record, Study, Visit, VitalSigns, Window
from schemas.text import text_folder
from transforms.instruments import NAMES

# Each may read SDTM, the study and what stands before it.
BUILD = {
    "adam": ("adsl", "adae", "adex", "adqs", "advs", "adtte"),
    "tables": (
        "demographics", "disposition", "exposure", "ae_summary", "ae_by_term", "ae_by_grade",
        "efficacy_by_visit", "pasi_response",
    ),
}  # fmt: skip
SQL_TYPE = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}
KIND_TYPE = {"integer": "BIGINT", "date": "DATE", "datetime": "TIMESTAMP"}


def study_tables(con: duckdb.DuckDBPyConnection, study: Study) -> None:
    """The study file as tables `study.visits`, `.windows`, `.arms`, `.elements`, `.doses`, and
    `standards.parameters`. An analysis visit of visits.csv is a window without a category."""
    con.execute("SET enable_progress_bar = false; CREATE SCHEMA study; CREATE SCHEMA standards")
    for name, shape, rows in (
        ("visits", Visit, study.plan),
        ("windows", Window, study.windows),
        ("arms", Arm, study.arms),
        ("elements", Element, study.elements),
        ("doses", Dose, study.file.doses),
    ):
        columns = ", ".join(f"{field} {_sql_type(shape, field)}" for field in shape.model_fields)
        con.execute(f"CREATE TABLE study.{name} ({columns})")
        marks = ", ".join("?" * len(shape.model_fields))
        for row in rows:
            con.execute(f"INSERT INTO study.{name} VALUES ({marks})", list(row.model_dump().values()))
    con.execute(
        "INSERT INTO study.windows BY NAME SELECT ARMCD, AVISIT, AVISITN, EPOCH, VISITDY AS AWTARGET, AWLO, AWHI "
        "FROM study.visits WHERE AVISIT IS NOT NULL"
    )
    parameters = text_folder("standards") / "instruments" / "parameters.csv"
    con.execute(
        "CREATE TABLE standards.parameters AS "
        "SELECT * REPLACE (PARAMN::INTEGER AS PARAMN) FROM read_csv(?, all_varchar = true)",
        [str(parameters)],
    )
    for row in own_parameters(study):
        con.execute("INSERT INTO standards.parameters BY POSITION VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def study_statements(study: Study) -> str:
    """What `study_tables` makes, as SQL that runs by itself, and above it what `parameters` binds: for those who run
    the SELECTs of a submission again."""
    lines = ["-- What the SELECTs of the ADaM datasets and analysis tables bind, and what they read beside SDTM."]
    lines += [f"-- ${name} = {_literal(value)}" for name, value in parameters(study).items()]
    with duckdb.connect() as con:
        study_tables(con, study)
        lines += ["", "CREATE SCHEMA study;", "CREATE SCHEMA standards;"]
        tables = "SELECT schema_name, table_name, sql FROM duckdb_tables() ORDER BY ALL"
        for schema, table, create in con.sql(tables).fetchall():
            rows = con.sql(f"FROM {schema}.{table}").fetchall()
            values = [f"({', '.join(map(_literal, row))})" for row in rows]
            lines += ["", create]
            lines += [f"INSERT INTO {schema}.{table} VALUES", ",\n".join(values) + ";"] if values else []
    return "\n".join(lines) + "\n"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_literal, value))}]"
    return str(value)


def own_parameters(study: Study) -> list[tuple]:
    """One parameter per item of the study's own questionnaires, as standards/instruments/parameters.csv has those of
    the others; a score that the site reports is a SCORE."""
    forms = {source.instrument: source.form.upper() for source in study.file.sources.values() if source.instrument}
    items = [(name, item) for name, items in study.instruments.items() if name in forms for item in items]
    return [
        (forms[name], item.category or name, item.testcd, item.testcd, item.test, number, item.category or name,
         "SCORE" if item.origin == "derived" else "COMPONENT")
        for number, (name, item) in enumerate(items, 1001)
        if name not in NAMES
    ]  # fmt: skip


def sdtm_views(con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path] | Path | str]) -> None:
    """One view `sdtm.<dataset>` for every dataset of schemas/sdtm, with every column of its schema.

    `files`: dataset -> its Parquet file or files, or the name of a table or frame that the connection knows.
    What the study does not collect is an empty view or an empty column: so one SQL serves all studies.
    """
    con.execute("CREATE SCHEMA shape; CREATE SCHEMA sdtm")
    files = {name.upper(): source for name, source in files.items()}
    for name, schema in SDTM.items():
        columns = ", ".join(f"{column} {_type(schema.columns[column].metadata)}" for column in schema.columns)
        con.execute(f"CREATE TABLE shape.{name} ({columns})")
        collected = f" UNION ALL BY NAME FROM {scan(files[name])}" if name in files else ""
        con.execute(f"CREATE VIEW sdtm.{name} AS FROM shape.{name}{collected}")


def adam_views(con: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> None:
    """One view `adam.<dataset>` for every ADaM dataset: dataset -> its Parquet files."""
    con.execute("CREATE SCHEMA adam")
    for name, source in files.items():
        con.execute(f"CREATE VIEW adam.{name} AS FROM {scan(source)}")


def adam(con: duckdb.DuckDBPyConnection, study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and frame of each ADaM dataset, in build order; also left as tables in the schema `adam`."""
    return _results(con, "adam", study)


def tables(con: duckdb.DuckDBPyConnection, study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """Name and frame of each analysis table; also left as tables in the schema `tables`."""
    return _results(con, "tables", study)


def counted_views(con: duckdb.DuckDBPyConnection) -> None:
    """One view `counted.<table>` for every analysis table: the ADaM records that its numbers count."""
    con.execute("CREATE SCHEMA IF NOT EXISTS counted")
    for name in BUILD["tables"]:
        select = (text_folder("sql") / "counted" / f"{name}.sql").read_text(encoding="utf-8")
        con.execute(f"CREATE OR REPLACE VIEW counted.{name} AS {select}")


def parameters(study: Study) -> dict[str, Any]:
    """All that SQL may bind."""
    plan = study.file.analysis
    signs = plan.vital_signs
    return {
        "studyid": study.id,
        "treatment_emergent_days": plan.treatment_emergent_days,
        "unknown_ae_start": plan.unknown_ae_start,
        "untimed_on_first_dose_day": study.policies.untimed_on_first_dose_day,
        # a study without vital signs says nothing of them, and has no record that would ask
        **{f"signs_{name}": getattr(signs, name, None) for name in VitalSigns.model_fields},
    }


def _results(con: duckdb.DuckDBPyConnection, schema: str, study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    known = parameters(study)
    con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    if schema == "tables":
        counted_views(con)
    for name in BUILD[schema]:
        select = (text_folder("sql") / schema / f"{name}.sql").read_text(encoding="utf-8")
        (statement,) = con.extract_statements(select)
        bound = {parameter: known[parameter] for parameter in statement.named_parameters}
        con.execute(f"CREATE OR REPLACE TABLE {schema}.{name} AS {select}", bound)
        yield name, _frame(con.sql(f"FROM {schema}.{name}").to_arrow_table(), ADAM.get(name.upper()))


def _frame(result: pa.Table, schema: DataFrameSchema | None) -> pd.DataFrame:
    """Text as categories, dates as datetime64, and types that do not depend on tonight's rows: a whole number
    that may be missing is a float, missing or not."""
    for at, field in enumerate(result.schema if schema else ()):
        if pa.types.is_integer(field.type) and schema.columns[field.name].nullable:
            result = result.set_column(at, field.name, result.column(at).cast(pa.float64()))
    return result.to_pandas(strings_to_categorical=True, date_as_object=False)


def scan(source: Sequence[Path] | Path | str) -> str:
    if isinstance(source, str):
        return source
    paths = [source] if isinstance(source, Path) else source
    return "read_parquet([{}])".format(", ".join("'" + str(path).replace("'", "''") + "'" for path in paths))


def _sql_type(shape: type[Record], field: str) -> str:
    annotation = shape.model_fields[field].annotation
    parts = (annotation, *get_args(annotation))  # `int | None` has two
    return next((SQL_TYPE[part] for part in parts if part in SQL_TYPE), "VARCHAR")


def _type(facts: Mapping[str, Any]) -> str:
    return "VARCHAR" if facts["type"] == "Char" else KIND_TYPE.get(facts["kind"], "DOUBLE")
