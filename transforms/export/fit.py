"""A dataset as a submission package holds it: in printable ASCII, no text over 200 bytes; and all that this changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
from pandera.pandas import DataFrameSchema

from schemas.sdtm import DATASETS as SDTM
from schemas.study import Submission
from transforms.distinct import distinct, ranks, stacked
from transforms.export.xpt import (
    GO_ON,
    LIMIT,
    XptError,
    ascii_frame,
    longest_text,
    not_ascii,
    split_long,
    text_variables,
)
from transforms.sdtm.supp import ORIGINAL

CHANGED = ("dataset", "variable", "records", "what")
MOST = 9  # parts after the first that a text is looked for in: AETERM1 to AETERM9
TABLE = "put into English by the study's table"
RULE = "letters and signs written in ASCII"


class Fitted(NamedTuple):
    """A dataset, its SUPP-- where there is one, and one record per dataset, variable and thing done (CHANGED)."""

    frame: pd.DataFrame
    supp: pd.DataFrame | None
    changed: pd.DataFrame


def fitted(
    frame: pd.DataFrame,
    supp: pd.DataFrame | None,
    schema: DataFrameSchema,
    submission: Submission,
    texts: Mapping[str, str],
) -> Fitted:
    """The records, and their supplemental qualifiers, as a transport file can hold them.

    Qualifiers that the study leaves out go first. Then text becomes ASCII as the study's policy says; `texts` are whole
    texts and what stands for them. What is longer than 200 bytes then goes on where SDTMIG 3.4 section 4.5.3 says, and
    has no place in ADaM and TI. Raises XptError with all that cannot be done.
    """
    changed: list[dict] = []
    name = f"SUPP{schema.name}"
    if supp is not None:
        supp = without_left_out(supp, name, submission.left_out, changed)
        refuse_originals(supp, name)
    wrong = []
    for dataset, one in ((schema.name, frame), (name, supp)):
        if one is None:
            continue
        try:
            plain = ascii_frame(one, dataset, submission.ascii, texts)
        except XptError as error:
            wrong.append(str(error))
            continue
        changed += put_into_ascii(one, dataset, texts)
        frame, supp = (frame, plain) if one is supp else (plain, supp)
    if wrong:
        raise XptError("\n".join(wrong))
    frame, supp = within_limit(frame, supp, schema, changed)
    frame = without_empty(frame, schema, changed)
    return Fitted(frame, supp, pd.DataFrame(changed, columns=list(CHANGED)))


def without_empty(frame: pd.DataFrame, schema: DataFrameSchema, changed: list[dict]) -> pd.DataFrame:
    """SDTM without the permissible variables that have no value: what was not collected is not submitted (SDTMIG 3.4
    section 4.1.5). The snapshot has them, so that tomorrow's value changes no table's shape. A study day stays beside
    its date (FDA Business Rules FB3201 to FB3203)."""
    if schema.name not in SDTM:
        return frame
    empty = [
        name
        for name, column in schema.columns.items()
        if name in frame
        and column.metadata["core"] == "Perm"
        and not frame[name].notna().any()
        and not (name.endswith("DY") and f"{name[:-1]}TC" in frame)
    ]
    changed += [change(schema.name, name, 0, "permissible and without a value: left out") for name in empty]
    return frame.drop(columns=empty)


def without_left_out(supp: pd.DataFrame, name: str, qnams: tuple[str, ...], changed: list[dict]) -> pd.DataFrame:
    """The records of all other qualifiers; one that goes on (AETERMOR in AETERMO1) goes with all its parts."""
    gone = np.zeros(len(supp), dtype=bool)
    for qnam in qnams:
        whole = supp["QNAM"] == qnam
        parts = supp["QNAM"].isin(list(parts_of(qnam)))
        if parts.any():
            parts &= supp["QLABEL"].isin(supp.loc[whole, "QLABEL"].unique())
        here = (whole | parts).to_numpy(dtype=bool)
        if here.any():
            words = "left out of the package (submission.left_out of the study file)"
            changed.append(change(name, qnam, here.sum(), words))
        gone |= here
    return supp[~gone].reset_index(drop=True) if gone.any() else supp


def refuse_originals(supp: pd.DataFrame, name: str) -> None:
    """A text before its translation has no translation that would still be it."""
    labels = distinct(supp["QLABEL"])[0]
    original = supp["QLABEL"].isin(labels[labels.str.startswith(ORIGINAL)]).to_numpy(dtype=bool)
    here = supp[original & foreign(supp["QVAL"])]
    if len(here):
        names = ", ".join(sorted(here["QNAM"].astype("str").unique()))
        words = "hold what the site wrote before its translation, which is not ASCII: name it in submission.left_out"
        raise XptError(f"{name}.QVAL: {len(here)} record(s) of {names} {words}")


def foreign(values: pd.Series) -> np.ndarray:
    """True for each row whose text is not printable ASCII."""
    texts, positions = distinct(values)
    return np.append(not_ascii(pa.array(texts, pa.string())), False)[positions]


def put_into_ascii(frame: pd.DataFrame, dataset: str, texts: Mapping[str, str]) -> list[dict]:
    """What the policy changed of these records, as they were."""
    found = []
    for variable in text_variables(frame):
        here = foreign(frame[variable])
        if not here.any():
            continue
        known = frame[variable].isin(list(texts)).to_numpy(dtype=bool)
        for rows, words in ((here & known, TABLE), (here & ~known, RULE)):
            if variable == "QVAL":
                counts = frame.loc[rows, "QNAM"].astype("str").value_counts().sort_index()
                found += [change(dataset, qnam, count, words) for qnam, count in counts.items()]
            elif rows.any():
                found.append(change(dataset, variable, rows.sum(), words))
    return found


def change(dataset: str, variable: str, records: int, words: str) -> dict:
    return dict(zip(CHANGED, (dataset, variable, int(records), words), strict=True))


def within_limit(
    frame: pd.DataFrame, supp: pd.DataFrame | None, schema: DataFrameSchema, changed: list[dict]
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Both with no text over 200 bytes, what is over moved on. A text that had been cut before is cut anew, whole."""
    name = f"SUPP{schema.name}"
    over = {variable: is_over(frame[variable]) for variable in text_variables(frame)}
    if supp is not None:
        over |= {"QVAL": is_over(supp["QVAL"])}
    if not any(rows.any() for rows in over.values()):
        return frame, supp
    frame = frame.reset_index(drop=True)
    if supp is not None and schema.name in SDTM:
        frame, supp = whole_again(frame, supp, schema)
    frame = columns_whole_again(frame)
    places = {**dict.fromkeys(GO_ON, "further variables of the dataset"), "QVAL": name}
    for variable in text_variables(frame):
        if rows := is_over(frame[variable]).sum():
            words = f"longer than {LIMIT} bytes: goes on in {places.get(variable, name)}"
            changed.append(change(schema.name, variable, rows, words))
    frame, more = split_long(frame, schema)
    if supp is not None and (rows := is_over(supp["QVAL"])).any():
        for qnam, count in supp.loc[rows, "QNAM"].astype("str").value_counts().sort_index().items():
            changed.append(change(name, qnam, count, f"longer than {LIMIT} bytes: goes on in further records"))
        supp, _ = split_long(supp, SDTM[name])
    if more is not None:
        supp = in_order(more if supp is None else stacked([supp, more]))
    return frame, supp


def is_over(values: pd.Series) -> np.ndarray:
    """True for each row whose text has more bytes than a transport file holds."""
    if longest_text(values) <= LIMIT:
        return np.zeros(len(values), dtype=bool)
    texts, positions = distinct(values)
    return np.append([len(text.rstrip(" ").encode()) > LIMIT for text in texts], False)[positions]


def parts_of(name: str) -> dict[str, int]:
    """QNAMs in which a text goes on, as transforms/sdtm/supp.py and split_long name them -> which part it is."""
    return {f"{name[:7]}{n}": n for n in range(1, MOST + 1)}


def whole_again(frame: pd.DataFrame, supp: pd.DataFrame, schema: DataFrameSchema) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each text of which a part is too long now put together, in its variable or first qualifier."""
    seq = f"{schema.metadata['domain']}SEQ"
    numbers = frame[seq].astype("int64").astype("str") if seq in frame else pd.Series("", index=frame.index)
    of_frame = pd.MultiIndex.from_arrays([frame["USUBJID"].astype("str"), numbers])
    of_supp = pd.MultiIndex.from_arrays([supp["USUBJID"].astype("str"), supp["IDVARVAL"].astype("str").fillna("")])
    qnams, qval = supp["QNAM"].astype("str"), supp["QVAL"].astype("str").astype("object")
    gone = np.zeros(len(supp), dtype=bool)
    # qualifiers first, whose texts go on in qualifiers; a name that goes on from a variable is none of them
    variables = text_variables(frame)
    continued = {part for variable in variables for part in parts_of(variable)}
    for qnam in [one for one in qnams.unique() if one not in continued]:
        base = np.flatnonzero(qnams.eq(qnam))
        texts, used = joined(of_supp[base], qval.iloc[base], of_supp, qnams, qval, qnam)
        qval.iloc[base], gone = texts, gone | used
    for variable in variables:
        if not qnams.isin(parts_of(variable)).any() and not is_over(frame[variable]).any():
            continue
        values = frame[variable].astype("str").astype("object")
        texts, used = joined(of_frame, values, of_supp, qnams, qval, variable)
        if used.any():
            frame = frame.assign(**{variable: pd.Series(texts, index=frame.index, dtype="str").astype("category")})
            gone |= used
    supp = supp.assign(QVAL=pd.Series(qval, dtype="str").astype("category"))
    return frame, supp[~gone].reset_index(drop=True)


def joined(
    keys: pd.MultiIndex, texts: pd.Series, of_supp: pd.MultiIndex, qnams: pd.Series, qval: pd.Series, name: str
) -> tuple[np.ndarray, np.ndarray]:
    """The texts, those with a part that is too long put together; and which records of SUPP-- they came from."""
    texts, used = texts.to_numpy(dtype=object, copy=True), np.zeros(len(qnams), dtype=bool)
    parts = qnams.map(parts_of(name)).to_numpy(dtype=float)
    rows = np.flatnonzero(parts > 0)
    at = keys.get_indexer(of_supp[rows])
    rows, at = rows[at >= 0], at[at >= 0]
    long = is_over(pd.Series(texts, dtype="str"))
    long[at[is_over(qval.iloc[rows].astype("str"))]] = True
    rows, at = rows[long[at]], at[long[at]]
    for row, place in sorted(zip(rows, at, strict=True), key=lambda pair: parts[pair[0]]):
        texts[place] = f"{texts[place]} {qval.iloc[row]}"
        used[row] = True
    return texts, used


def columns_whole_again(frame: pd.DataFrame) -> pd.DataFrame:
    """COVAL with what stood in COVAL1 and so on, and TSVAL too, where one of them is too long now."""
    for name in GO_ON:
        columns = [one for one in frame if one.startswith(name) and one[len(name) :].isdigit()]
        if not columns or not any(is_over(frame[one]).any() for one in (name, *columns)):
            continue
        parts = frame[[name, *columns]].astype("str").fillna("")
        whole = parts.apply(lambda column: column.str.strip(" ")).agg(" ".join, axis=1).str.strip(" ")
        whole = whole.where(whole != "")
        frame = frame.drop(columns=columns).assign(**{name: whole.astype("category")})
    return frame


def in_order(supp: pd.DataFrame) -> pd.DataFrame:
    """SUPP-- by subject and record, those of one record in the order in which they are."""
    number = pd.to_numeric(supp["IDVARVAL"].astype("str")).fillna(0).to_numpy()
    return supp.iloc[np.lexsort((number, ranks(supp["USUBJID"])))].reset_index(drop=True)
