"""Standard datasets as they lie in a folder (XPT, Parquet, Dataset-JSON), laid open in DuckDB for the rules of
sql/conform.

files.<dataset>      a dataset's records as they are, "" as missing, with `_row` (from 1)
sdtm.<domain>        all datasets of a domain (QS of QSCO and QSDA, FA of FAMH, SUPP of every SUPP--), with every
                     variable of the IG's table, `_dataset` and `_row`; empty where there is none
adam.<dataset>       the same of ADaM; every shipped ADaM dataset is there
meta.datasets        standard, dataset, domain, class, label, records, file, bytes
meta.variables       standard, dataset, domain, variable, stem (--DTC), position, label, type (Char or Num), length,
                     format, filled (records with a value), longest (bytes of the longest text)
meta.values          standard, dataset, domain, variable, stem, value, records, _row: each different text and the first
                     record that has it
standards.sdtmig     domain, variable, stem, label, type, role, core, codelists, domains ("ISO 8601 ..." and such),
                     value_list, position, class, dataset_label, structure
standards.adamig     structure, variable, pattern (regular expression of its names), label, type, core, codelists
standards.codelists  codelist, name, extensible, publisher
standards.terms      codelist, term, code, publisher
meta.listed          standard, domain, variable, codelist, extensible: which codelists a variable has (sql/meta)
meta.terms           codelist, term: those of the standards, and the study's (sql/meta)
meta.allowed         standard, domain, variable, term: the terms of those (sql/meta)
meta.pairs           dataset, variable, other, within (PARAMCD, where a pair holds within a parameter), value,
                     other_value, records, _row: what stands together in two variables of ADaM that say one thing
                     (AVISIT and AVISITN, PARAMCD and PARAM, CRIT1 and CRIT1FL), each different pair; missing ones too
meta.subject_values  dataset, variable, USUBJID, value, records, _row: what the ADaM datasets say of a subject in the
                     variables that ADSL has, ADSL itself too
define.*             the Define-XML files (flows/define_file.py)
study.extensions     codelist, term: what the study or its Define-XML adds to an extensible codelist
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from flows.define_file import define_tables, parsed
from flows.problems import BadUse, Problem, RawFileError
from flows.warehouse import parts
from flows.xpt_file import batches, transport
from schemas.text import text_folder

MANY = 200_000  # records of a dataset that stays in its Parquet file
FORMATS = ("xpt", "parquet", "ndjson", "json")  # of one dataset that is there in several, the first counts
ADAM = ("ADSL", "ADAE", "ADQS", "ADVS", "ADEX", "ADTTE", "ADLB", "ADCM")  # there for every rule, if empty
CLASSES = {"Special-Purpose": "SPECIAL PURPOSE", "Findings About": "FINDINGS ABOUT", "Trial Design": "TRIAL DESIGN"}
SAS_DAYS, SAS_SECONDS = 3653, 315_619_200  # from 1960-01-01 to 1970-01-01
DATE_FORMATS = ("DATE", "YYMMDD", "MMDDYY", "DDMMYY", "E8601DA", "IS8601DA")
MOMENT_FORMATS = ("DATETIME", "E8601DT", "IS8601DT")


class Dataset(NamedTuple):
    """One dataset of a folder."""

    standard: str
    name: str
    files: tuple[Path, ...]
    format: str


class Variable(NamedTuple):
    """What a file says of a variable."""

    name: str
    label: str | None
    numeric: bool
    length: int | None = None
    format: str | None = None


def found_in(folder: Path) -> tuple[list[Dataset], dict[str, Path]]:
    """The datasets under a folder, and SDTM, ADaM -> its Define-XML."""
    found: dict[tuple[str, str], Dataset] = {}
    for kind in reversed(FORMATS):
        for path in sorted(folder.rglob(f"*.{kind}")):
            inside = any(parent.suffix == ".parquet" for parent in path.relative_to(folder).parents)
            if inside or any(part.startswith(".") for part in path.relative_to(folder).parts):
                continue
            if path.parent.name == "split" and any(path.parents[1].glob(f"*.{kind}")):
                continue  # parts of a dataset that lies whole beside them
            if kind in ("json", "ndjson") and not is_dataset_json(path):
                continue
            name = path.stem.upper()
            standard = "ADaM" if name.startswith("AD") or "adam" in path.parts[-4:-1] else "SDTM"
            earlier = found.get((standard, name))
            if earlier and earlier.format == kind:
                raise BadUse(f"{name} is there twice: {earlier.files[0]} and {path}")
            found[standard, name] = Dataset(standard, name, tuple(parts(path)), kind)
    defines: dict[str, Path] = {}
    for path in sorted(folder.rglob("define*.xml")):
        standard = define_standard(path)
        if standard in defines:
            raise BadUse(f"two Define-XML files of {standard}: {defines[standard]} and {path}")
        defines[standard] = path
    if not found:
        raise BadUse(f"{folder} holds no dataset: no .xpt, .parquet, .json or .ndjson")
    return [found[key] for key in sorted(found)], defines


def is_dataset_json(path: Path) -> bool:
    with open(path, "rb") as file:
        return b'"datasetJSONVersion"' in file.read(2000)


def define_standard(path: Path) -> str:
    """The standard that a Define-XML describes."""
    root = parsed(path)
    names = [one.get("Name") or "" for one in root.iter("Standard") if one.get("Type") == "IG"]
    names += [root.find(".//MetaDataVersion").get("StandardName") or ""]  # Define-XML 2.0
    purposes = {group.get("Purpose") for group in root.iter("ItemGroupDef")}
    return "ADaM" if any(name.upper().startswith("ADAM") for name in names) or purposes == {"Analysis"} else "SDTM"


def laid_open(
    con: duckdb.DuckDBPyConnection,
    datasets: Sequence[Dataset],
    defines: Mapping[str, Path],
    extensions: Mapping[str, Sequence[str]],
    scratch: Path,
) -> None:
    """Every table and view of the module's docstring. `scratch`: an empty folder for what is no Parquet file."""
    con.execute("SET enable_progress_bar = false")
    for schema in ("files", "sdtm", "adam", "meta", "standards", "study"):
        con.execute(f"CREATE SCHEMA {schema}")
    con.execute("""
        CREATE MACRO is_before(a, b) AS left(a, least(length(a), length(b), 10)) < left(b, least(length(a), length(b), 10));
        CREATE MACRO whole_day(dtc) AS CASE WHEN length(dtc) >= 10 THEN try_cast(left(dtc, 10) AS DATE) END;
        CREATE MACRO study_day(day, first) AS day - first + CASE WHEN day < first THEN 0 ELSE 1 END;
        CREATE TABLE meta.datasets (standard VARCHAR, dataset VARCHAR, domain VARCHAR, class VARCHAR, label VARCHAR,
            records BIGINT, file VARCHAR, bytes BIGINT);
        CREATE TABLE meta.variables (standard VARCHAR, dataset VARCHAR, domain VARCHAR, variable VARCHAR, stem VARCHAR,
            position INTEGER, label VARCHAR, type VARCHAR, length INTEGER, format VARCHAR, filled BIGINT,
            longest INTEGER);
        CREATE TABLE meta."values" (standard VARCHAR, dataset VARCHAR, domain VARCHAR, variable VARCHAR, stem VARCHAR,
            value VARCHAR, records BIGINT, _row BIGINT);
        CREATE TABLE study.extensions (codelist VARCHAR, term VARCHAR);
    """)  # noqa: E501
    standards_tables(con)
    define_tables(con, dict(defines))
    pairs = [(code, term) for code, terms in extensions.items() for term in terms]
    if pairs:
        con.executemany("INSERT INTO study.extensions VALUES (?, ?)", pairs)
    con.execute("""INSERT INTO study.extensions SELECT DISTINCT c.code, t.term FROM define.terms AS t
        INNER JOIN define.codelists AS c USING (standard, codelist) WHERE t.extended = 'Yes' AND c.code IS NOT NULL""")
    side_by_side(con, lambda own, one: dataset_view(own, one, scratch), datasets)
    con.execute("""UPDATE meta.variables AS v SET longest = t.longest
        FROM (SELECT standard, dataset, variable, max(strlen(value)) AS longest FROM meta.values GROUP BY ALL) AS t
        WHERE v.standard = t.standard AND v.dataset = t.dataset AND v.variable = t.variable""")
    for name in ("listed", "terms", "allowed"):
        sql = (text_folder("sql") / "meta" / f"{name}.sql").read_text(encoding="utf-8")
        con.execute(f"CREATE TABLE meta.{name} AS {sql}")
    domain_views(con)
    adam_tables(con)


def side_by_side(con: duckdb.DuckDBPyConnection, run: Callable, tasks: Iterable) -> list:
    """What `run(connection, task)` gives for each task, in their order, as many at a time as there are cores.

    Of a small dataset a query takes longer to plan than to run, and one query is planned by one thread: so each
    thread has a connection to the database, with temporary views of its own, and a query one thread."""
    con.execute("SET threads = 1")
    local = threading.local()

    def with_connection(task: object) -> object:
        if not hasattr(local, "con"):
            local.con = con.cursor()
        return run(local.con, task)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(with_connection, tasks))


def standards_tables(con: duckdb.DuckDBPyConnection) -> None:
    folder = text_folder("standards")
    con.execute(
        """CREATE TABLE standards.sdtmig AS
        SELECT domain, variable,
            CASE WHEN left(variable, 2) = domain THEN '--' || variable[3:] ELSE variable END AS stem, label, type, role,
            core, string_split(nullif(codelist_codes, ''), '; ') AS codelists, described_value_domain AS domains,
            value_list, "order"::INTEGER AS position, class, dataset_label, dataset_structure AS structure
        FROM read_csv(?, all_varchar = true)""",
        [str(folder / "sdtmig-3.4-variables.csv")],
    )
    con.execute(
        """CREATE TABLE standards.adamig AS
        SELECT data_structure AS structure, variable, label, type, core,
            string_split(nullif(codelist_codes, ''), '; ') AS codelists, variable AS pattern
        FROM read_csv(?, all_varchar = true)""",
        [str(folder / "adamig-1.3-variables.csv")],
    )
    for letters, digits in (("xx", "[0-9]{2}"), ("zz", "[0-9]{2}"), ("y", "[0-9]{1,2}"), ("w", "[0-9]")):
        con.execute("UPDATE standards.adamig SET pattern = replace(pattern, ?, ?)", [letters, digits])
    con.execute("UPDATE standards.adamig SET pattern = replace(pattern, '*', '[A-Z0-9]+')")
    con.execute(
        """CREATE TABLE standards.terms AS
        SELECT codelist_code AS codelist, submission_value AS term, term_code AS code, 'SDTM' AS publisher,
            codelist_name AS name, extensible = 'Yes' AS extensible
        FROM read_csv(?, all_varchar = true, nullstr = '')
        UNION ALL
        SELECT codelist_code, submission_value, term_code, 'ADaM', codelist_name, extensible = 'Yes'
        FROM read_csv(?, all_varchar = true, nullstr = '')""",
        [str(folder / "sdtmct-2025-03-28.csv.gz"), str(folder / "adamct-2025-03-28.csv")],
    )
    con.execute("""CREATE TABLE standards.codelists AS
        SELECT codelist, any_value(name) AS name, any_value(extensible) AS extensible, any_value(publisher) AS publisher
        FROM standards.terms GROUP BY codelist""")


def dataset_view(con: duckdb.DuckDBPyConnection, one: Dataset, scratch: Path) -> None:
    """files.<dataset>, and what meta says of it."""
    label, variables, source = READERS[one.format](con, one, scratch)
    place = f'files."{one.name}"'
    domain = domain_of(con, one, {variable.name for variable in variables}, source)
    kinds = ig_types(con, one.standard, domain)
    columns = ", ".join(
        expression(v, kinds.get(stem_of(v.name, domain, one.standard)), one.standard) for v in variables
    )
    records = con.execute(f"SELECT count(*) FROM {source}").fetchone()[0]
    kind = "VIEW" if records > MANY else "TABLE"
    con.execute(f"CREATE {kind} {place} AS SELECT {columns}, _row FROM {source}")
    counts = ", ".join(f"count({quoted(variable.name)})" for variable in variables) or "0"
    filled = con.execute(f"SELECT {counts} FROM {place}").fetchone()
    size = sum(path.stat().st_size for path in one.files)
    klass = class_of(con, one, domain, {variable.name for variable in variables})
    con.execute(
        "INSERT INTO meta.datasets VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [one.standard, one.name, domain, klass, label, records, one.files[0].name, size],
    )
    about = [(one.standard, one.name, domain, v.name, stem_of(v.name, domain, one.standard)) for v in variables]
    facts = [
        (*own, position, v.label, "Num" if v.numeric else "Char", v.length, v.format, count, None)
        for position, (own, v, count) in enumerate(zip(about, variables, filled, strict=True), 1)
    ]
    marks = ", ".join(["(" + ", ".join("?" * len(facts[0])) + ")"] * len(facts))
    con.execute(f"INSERT INTO meta.variables VALUES {marks}", [fact for row in facts for fact in row])
    texts = [own for own, v in zip(about, variables, strict=True) if not v.numeric]
    # one statement: of thirty small datasets the statements would take longer than the records
    different = " UNION ALL ".join(
        f"SELECT ?, ?, ?, ?, ?, {quoted(own[3])}::VARCHAR, count(*), min(_row) FROM {place} "
        f"WHERE {quoted(own[3])} IS NOT NULL GROUP BY {quoted(own[3])}"
        for own in texts
    )
    if texts:
        con.execute(f"INSERT INTO meta.values {different}", [fact for own in texts for fact in own])


def expression(variable: Variable, kind: str | None, standard: str) -> str:
    """A column as the rules read it: missing text NULL, the type that the standard gives it, SAS dates as dates."""
    name, form = quoted(variable.name), (variable.format or "").upper().rstrip("0123456789.")
    adam = standard == "ADaM"
    day, moment = adam and variable.name.endswith("DT"), adam and variable.name.endswith("DTM")
    if not variable.numeric:
        text, numeric = f"nullif({name}::VARCHAR, '')", adam_type(variable.name, "Num") if adam else "DOUBLE"
        return f"try_cast({text} AS {numeric}) AS {name}" if kind == "Num" else f"{text} AS {name}"
    if kind == "Char":
        return f"{name}::VARCHAR AS {name}"
    if variable.format in ("date", "datetime"):
        is_day = day or variable.format == "date" and not moment
        return f"{name}::{'DATE' if is_day else 'TIMESTAMP'} AS {name}"
    if variable.format == "time":
        return f"epoch({name})::DOUBLE AS {name}"
    if moment or form in MOMENT_FORMATS:
        return f"make_timestamp((({name} - {SAS_SECONDS}) * 1e6)::BIGINT) AS {name}"
    if day or form in DATE_FORMATS:
        return f"DATE '1970-01-01' + ({name} - {SAS_DAYS})::INTEGER AS {name}"
    return f"nullif({name}::DOUBLE, 'NaN'::DOUBLE) AS {name}"


def domain_of(con: duckdb.DuckDBPyConnection, one: Dataset, names: set[str], source: str) -> str:
    """The domain that the records name; SUPP of a SUPP--; else the dataset's name."""
    if one.standard == "ADaM":
        return one.name
    if one.name.startswith("SUPP"):
        return "SUPP"
    if "DOMAIN" in names and "RDOMAIN" not in names:
        named = con.execute(f"SELECT mode(nullif(DOMAIN::VARCHAR, '')) FROM {source}").fetchone()[0]
        known = con.execute("SELECT DISTINCT domain FROM standards.sdtmig").fetchall()
        # a domain that is not the name's beginning is a finding, and the records stay with their file
        if named and (one.name.startswith(named) or (named,) not in known):
            return named if one.name.startswith(named) else one.name
    return one.name[:2] if len(one.name) == 4 and "DOMAIN" in names else one.name


def class_of(con: duckdb.DuckDBPyConnection, one: Dataset, domain: str, names: set[str]) -> str | None:
    """Its class, as Define-XML writes it; of ADaM as its variables tell."""
    if one.standard == "ADaM":
        if one.name == "ADSL":
            return "SUBJECT LEVEL ANALYSIS DATASET"
        if "PARAMCD" in names:
            return "BASIC DATA STRUCTURE"
        occurs = {"TRTEMFL", "AETERM", "AEDECOD", "CMTRT", "CMDECOD", "MHTERM", "CETERM", "AOCCFL"}
        return "OCCURRENCE DATA STRUCTURE" if names & occurs else "ADAM OTHER"
    domain = "SUPPQUAL" if domain == "SUPP" else domain
    found = con.execute("SELECT any_value(class) FROM standards.sdtmig WHERE domain = ?", [domain]).fetchone()[0]
    return CLASSES.get(found, found.upper()) if found else None


def ig_types(con: duckdb.DuckDBPyConnection, standard: str, domain: str) -> dict[str, str]:
    """Stem of a variable of SDTM, or name of one of ADaM -> its type; that of other domains where this one's table has
    it not."""
    if standard == "ADaM":
        asked = "SELECT variable, any_value(type) FROM standards.adamig WHERE variable = pattern GROUP BY 1"
        return dict(con.execute(asked).fetchall())
    domain = "SUPPQUAL" if domain == "SUPP" else domain
    asked = "SELECT stem, type FROM standards.sdtmig ORDER BY domain = ?"
    return dict(con.execute(asked, [domain]).fetchall())


def stem_of(variable: str, domain: str, standard: str) -> str:
    """--DTC of AEDTC."""
    own = standard == "SDTM" and len(domain) == 2 and variable.startswith(domain) and len(variable) > 2
    return f"--{variable[2:]}" if own else variable


def domain_views(con: duckdb.DuckDBPyConnection) -> None:
    """sdtm.<domain> and adam.<dataset>."""
    there: dict[tuple[str, str], list[str]] = {}
    for standard, domain, dataset in con.execute(
        "SELECT standard, domain, dataset FROM meta.datasets ORDER BY dataset"
    ).fetchall():
        there.setdefault((standard, domain), []).append(dataset)
    shapes: dict[str, dict[str, str]] = {}
    for domain, variable, kind in con.execute(
        "SELECT domain, variable, type FROM standards.sdtmig ORDER BY domain, position"
    ).fetchall():
        name = "SUPP" if domain == "SUPPQUAL" else domain
        shapes.setdefault(name, {})[variable] = "DOUBLE" if kind == "Num" else "VARCHAR"
    adam = adam_shapes(con)
    con.execute("CREATE SCHEMA shape")
    for standard, schema, known in (("SDTM", "sdtm", shapes), ("ADaM", "adam", adam)):
        names = {*known, *(domain for one, domain in there if one == standard)}
        for name in sorted(names):
            shape = {**known.get(name, {}), "_dataset": "VARCHAR", "_row": "BIGINT"}
            columns = ", ".join(f"{quoted(column)} {kind}" for column, kind in shape.items())
            con.execute(f"CREATE TABLE shape.{schema}_{name} ({columns})")
            own = "".join(
                f" UNION ALL BY NAME SELECT *, '{dataset}' AS _dataset FROM files.{quoted(dataset)}"
                for dataset in there.get((standard, name), ())
            )
            con.execute(f"CREATE VIEW {schema}.{quoted(name)} AS FROM shape.{schema}_{name}{own}")


def adam_shapes(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The variables of the ADaMIG's tables that have one name, for the shipped datasets and those that are there."""
    rows = con.execute("SELECT structure, variable, type FROM standards.adamig WHERE variable = pattern").fetchall()
    by_structure: dict[str, dict[str, str]] = {}
    for structure, variable, kind in rows:
        by_structure.setdefault(structure, {})[variable] = adam_type(variable, kind)
    subject, records = by_structure["Subject-Level Analysis Dataset"], by_structure["Basic Data Structure"]
    there = [name for (name,) in con.execute("SELECT dataset FROM meta.datasets WHERE standard = 'ADaM'").fetchall()]
    return {name: subject if name == "ADSL" else records for name in {*ADAM, *there}}


def adam_type(variable: str, kind: str) -> str:
    if kind != "Num":
        return "VARCHAR"
    return "TIMESTAMP" if variable.endswith("DTM") else "DATE" if variable.endswith("DT") else "DOUBLE"


# A variable of ADaM and the one that says the same in another way (ADaMIG 1.3 section 3.1.4): a number, a text, a flag.
PAIRS = (
    (r"(?!.*(?:FL|ML)$)(.+)", r"\1N"), (r"(.+)FL", r"\1FN"), (r"(.+)ML", r"\1MN"), (r"(.+CA)T(\d)", r"\1\2N"),
    (r"(APERIOD|ASPER|AVAL)C", r"\1"), (r"PARAMCD", "PARAM"), (r"PARAMCD", "PARAMN"), (r"ARMCD", "ARM"),
    (r"ACTARMCD", "ACTARM"), (r"CRIT(\d+)", r"CRIT\1FL"), (r"MCRIT(\d+)", r"MCRIT\1ML"),
)  # fmt: skip
WITHIN = re.compile(r"AVISIT|ATPT|AVALC|A?VALCAT.|BASECAT.|P?B?CHGCAT?.|SHIFT.*|M?CRIT.*")  # holds in a parameter


def adam_tables(con: duckdb.DuckDBPyConnection) -> None:
    """meta.pairs and meta.subject_values."""
    con.execute("""
        CREATE TABLE meta.pairs (dataset VARCHAR, variable VARCHAR, other VARCHAR, within VARCHAR, value VARCHAR,
            other_value VARCHAR, records BIGINT, _row BIGINT);
        CREATE TABLE meta.subject_values (dataset VARCHAR, variable VARCHAR, USUBJID VARCHAR, value VARCHAR,
            records BIGINT, _row BIGINT)""")
    asked = "SELECT dataset, list(variable ORDER BY position) FROM meta.variables WHERE standard = 'ADaM' GROUP BY 1"
    there = dict(con.execute(asked).fetchall())
    for dataset, names in sorted(there.items()):
        for name, (pattern, other) in product(names, PAIRS):
            found = re.fullmatch(pattern, name)
            partner = found.expand(other) if found else None
            if partner not in names or partner == name:
                continue
            within = "PARAMCD" if WITHIN.fullmatch(name) and "PARAMCD" in names else "NULL"
            con.execute(
                f"""INSERT INTO meta.pairs SELECT ?, ?, ?, {within}::VARCHAR AS within_, {quoted(name)}::VARCHAR AS a,
                {quoted(partner)}::VARCHAR AS b, count(*), min(_row)
                FROM files.{quoted(dataset)} GROUP BY within_, a, b""",
                [dataset, name, partner],
            )
        common = [name for name in names if name in there.get("ADSL", ()) and name != "USUBJID"]
        if common and "USUBJID" in names and "USUBJID" in there["ADSL"]:
            texts = ", ".join(f"{quoted(name)}::VARCHAR AS {quoted(name)}" for name in common)
            con.execute(
                f"""INSERT INTO meta.subject_values
                WITH subject AS (
                    SELECT USUBJID, {texts}, count(*) AS _records, min(_row) AS _row
                    FROM files.{quoted(dataset)} WHERE USUBJID IS NOT NULL
                    GROUP BY USUBJID, {", ".join(map(quoted, common))}
                )
                SELECT ?, variable, USUBJID, value, sum(_records), min(_row)
                FROM subject UNPIVOT INCLUDE NULLS (value FOR variable IN ({", ".join(map(quoted, common))}))
                GROUP BY variable, USUBJID, value""",
                [dataset],
            )


def record_views(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Dataset -> the columns of its records under the names that rules of `Each: dataset` use: DTC for AEDTC, and every
    variable that some domain of SDTM (or the ADaMIG) has, missing where this one has not."""
    stems = dict(con.execute("SELECT stem, any_value(type) FROM standards.sdtmig GROUP BY stem").fetchall())
    sdtm = {stem.removeprefix("--"): "DOUBLE" if kind == "Num" else "VARCHAR" for stem, kind in stems.items()}
    rows = con.execute("SELECT variable, any_value(type) FROM standards.adamig WHERE variable = pattern GROUP BY 1")
    adam = {variable: adam_type(variable, kind) for variable, kind in rows.fetchall()}
    asked = """SELECT standard, dataset, list(variable ORDER BY position), list(stem ORDER BY position)
        FROM meta.variables GROUP BY ALL"""
    found = {}
    for standard, dataset, variables, own in con.execute(asked).fetchall():
        renamed = {stem.removeprefix("--"): variable for stem, variable in zip(own, variables, strict=True)}
        missing = {name: f"NULL::{kind}" for name, kind in (sdtm if standard == "SDTM" else adam).items()}
        found[dataset] = missing | {name: quoted(variable) for name, variable in renamed.items()}
    return found


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# Readers: label, variables and a relation with `_row` of one dataset.


def parquet(con: duckdb.DuckDBPyConnection, one: Dataset, scratch: Path) -> tuple[str | None, list[Variable], str]:
    import pyarrow.parquet as pq

    heads = []
    for path in one.files:
        try:
            heads.append(pq.ParquetFile(path))
        except (pa.ArrowInvalid, OSError) as error:
            raise RawFileError([Problem(str(path), "", f"is not Parquet: {error}")]) from None
    schema, variables = heads[0].schema_arrow, []
    for field in schema:
        label = (field.metadata or {}).get(b"label")
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        times = ((pa.types.is_date, "date"), (pa.types.is_timestamp, "datetime"), (pa.types.is_time, "time"))
        form = next((words for is_it, words in times if is_it(kind)), None)
        numeric = form or any(is_it(kind) for is_it in (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal))
        variables.append(Variable(field.name, label.decode() if label else None, bool(numeric), None, form))
    label = (schema.metadata or {}).get(b"label")
    scans, before = [], 0
    for path, head in zip(one.files, heads, strict=True):
        name = str(path).replace("'", "''")
        scans.append(
            f"SELECT *, file_row_number + {before + 1} AS _row FROM read_parquet('{name}', file_row_number = true)"
        )
        before += head.metadata.num_rows
    return label.decode() if label else None, variables, f"({' UNION ALL BY NAME '.join(scans)})"


def xpt(con: duckdb.DuckDBPyConnection, one: Dataset, scratch: Path) -> tuple[str | None, list[Variable], str]:
    import pyarrow.parquet as pq

    (path,) = one.files
    found = transport(path)
    variables = [Variable(v.name, v.label or None, v.numeric, v.length, v.format or None) for v in found.variables]
    shape = pa.schema(
        [(v.name, pa.float64() if v.numeric else pa.string()) for v in variables] + [("_row", pa.int64())]
    )
    target, before = scratch / f"{one.name}.parquet", 0
    with pq.ParquetWriter(target, shape) as writer:
        for batch in batches(found):
            rows = pa.array(range(before + 1, before + 1 + batch.num_rows), pa.int64())
            writer.write_batch(pa.RecordBatch.from_arrays([*batch.columns, rows], schema=shape))
            before += batch.num_rows
    return found.label or None, variables, f"read_parquet('{target}')"


def dataset_json(con: duckdb.DuckDBPyConnection, one: Dataset, scratch: Path) -> tuple[str | None, list[Variable], str]:
    import pyarrow.parquet as pq

    (path,) = one.files
    try:
        with open(path, encoding="utf-8") as file:
            about, rows = (
                (json.loads(file.readline()), [json.loads(line) for line in file])
                if one.format == "ndjson"
                else (json.load(file), None)
            )
    except (ValueError, UnicodeDecodeError) as error:
        raise RawFileError([Problem(str(path), "", f"is not Dataset-JSON: {error}")]) from None
    rows = about.get("rows", []) if rows is None else rows
    refuse_ragged(path, rows, len(about.get("columns", ())))
    variables = []
    for column in about["columns"]:
        kind = column.get("dataType")
        numeric = (
            kind in ("integer", "float", "double", "decimal", "boolean") or column.get("targetDataType") == "integer"
        )
        form = kind if numeric and kind in ("date", "datetime") else column.get("displayFormat")
        variables.append(Variable(column["name"], column.get("label") or None, numeric, column.get("length"), form))
    arrays = []
    for number, variable in enumerate(variables):
        values = [row[number] for row in rows]
        if variable.numeric and variable.format not in ("date", "datetime"):
            if all(value is None or isinstance(value, (int, float)) for value in values):
                arrays.append(pa.array(values, pa.float64()))
                continue
            variables[number] = variable._replace(numeric=False)  # text in a column of numbers: a finding
        arrays.append(pa.array([value if value is None else str(value) for value in values], pa.string()))
    arrays.append(pa.array(range(1, len(rows) + 1), pa.int64()))
    target = scratch / f"{one.name}.parquet"
    pq.write_table(pa.Table.from_arrays(arrays, names=[*(v.name for v in variables), "_row"]), target)
    return about.get("label"), variables, f"read_parquet('{target}')"


def refuse_ragged(path: Path, rows: Sequence, width: int) -> None:
    """Raises RawFileError with the first rows that have not a value for each column."""
    wrong = [number for number, row in enumerate(rows, 1) if not isinstance(row, list) or len(row) != width]
    if wrong or not width:
        words = f"is not Dataset-JSON: expected {width} values, one a column" if width else "names no columns"
        raise RawFileError([Problem(str(path), f"row {number}", words) for number in wrong[:5] or [1]])


READERS = {"parquet": parquet, "xpt": xpt, "json": dataset_json, "ndjson": dataset_json}
