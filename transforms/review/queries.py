"""Queries: what is asked of each finding, and what became of it from delivery to delivery.

A finding and its query have one id. It is made of rule, source, subject, the record's own key, column and value
(flows/check.py: `numbered`), so it stays when rows move, and another value is another question. A note asks nothing and
is no query.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from schemas.study import Source, Study
from transforms.distinct import mapped
from transforms.forms import cleaned, part_of

OPEN, ANSWERED, CLOSED, REOPENED = "open", "answered", "closed", "reopened"
ACCEPTED = "accepted"  # the answer with which a data manager closes a query although the data stay
# What a site can say of a query, in the words of the workbook.
ANSWERS = ("corrected in the source", "confirmed as correct", "cannot be obtained", "not for this site")
# What the site cannot put right: the study file, the coding, the export itself.
STUDY_RULES = (
    "CODING", "COLUMNS", "COMMENT", "CORRECTION", "DATE-FORMAT", "MISSING-COLUMN", "NEW-COLUMN", "NEW-FILE",
    "RENAMED-COLUMN", "RETYPED-COLUMN", "TRANSACTION", "TRANSLATION",
)  # fmt: skip
# What a site is asked, where the finding speaks of things that it does not know.
QUESTIONS = {
    "CODE": "is none of the answers known for this field. Please check the entry.",
    "DATE": "cannot be read as a date or time. Please check the entry.",
    "DLQI-TOTAL": "is not the total of the answers: {message}. Please check both.",
    "DUPLICATE": "This record is entered a second time under another number. Please take one of the two out.",
    "DUPLICATE-KEY": "This record is there twice with different contents. Please check which one is right.",
    "NUMBER": "is not a number. Please enter the number alone.",
    "PASI-TOTAL": "is not the total of the scores: {message}. Please check both.",
    "REQUIRED": "is blank, and without it the record cannot be used. Please enter it.",
    "SAE-RECONCILE": "differs between the listing of serious events and the event form: {message}. Please check both.",
    "SUBJECT": "This subject has no demographics, so its records cannot be used. Please enter or correct them.",
    "UNIT": "has no unit that is known, so the result cannot be used. Please enter the unit.",
}
TEXTS = [
    "id", "state", "recipient", "SITEID", "SUBJID", "USUBJID", "rule", "severity", "dataset", "file", "record",
    "column", "value", "question", "opened", "answered", "answer", "why", "who", "closed", "history",
]  # fmt: skip
NUMBERS = ["row", "age", "times"]
QUERY = [
    "id", "state", "recipient", "SITEID", "SUBJID", "USUBJID", "rule", "severity", "dataset", "file", "row", "record",
    "column", "value", "question", "opened", "age", "times", "answered", "answer", "why", "who", "closed", "history",
]  # fmt: skip
LATEST = ["recipient", "SITEID", "SUBJID", "USUBJID", "rule", "severity", "dataset", "file", "row", "record", "column"]
LATEST += ["value", "question"]


def no_queries() -> pd.DataFrame:
    """The empty table of queries."""
    return typed(pd.DataFrame(columns=QUERY))


def queries(
    previous: pd.DataFrame, findings: pd.DataFrame, answers: pd.DataFrame, delivery: str, run: int
) -> pd.DataFrame:
    """One record per query there ever was, after one run.

    previous: the table of the run before; findings: of this run; answers: id, answer, who, when, why; delivery: date of
    the newest delivery; run: its number. A query is open until its finding is gone: then it closes by itself. It is
    reopened when the finding returns. It is answered while an answer stands that was given since it was last opened;
    the answer `accepted` closes it although the finding stays. Ages are in days up to the delivery, or to the day it
    closed.
    """
    now = asked(findings).set_index("id")
    table = previous.set_index("id").reindex(previous["id"].tolist() + now.index.difference(previous["id"]).tolist())
    here, new = table.index.isin(now.index), ~table.index.isin(previous["id"])
    latest = now.reindex(table.index)
    for column in LATEST:
        table[column] = latest[column].astype("object").where(here, table[column].astype("object"))
    was_closed = table["state"].eq(CLOSED).to_numpy()
    accepted = was_closed & table["answer"].eq(ACCEPTED).to_numpy()
    mark = f"(run {run})"

    again = here & was_closed & ~accepted
    table.loc[new, "state"], table.loc[again, "state"] = OPEN, REOPENED
    table.loc[new | again, "opened"] = delivery
    table.loc[new | again, ["answered", "answer", "why", "who", "closed"]] = None
    table["times"] = table["times"].fillna(0) + (new | again)
    table["history"] = _told(table["history"], new, f"{delivery} opened {mark}")
    table["history"] = _told(table["history"], again, f"{delivery} reopened {mark}")

    gone = ~here & ~was_closed
    table.loc[gone, "state"], table.loc[gone, "closed"] = CLOSED, delivery
    table["history"] = _told(table["history"], gone, f"{delivery} closed {mark}")

    given = answers[answers["id"].isin(table.index[here & ~accepted])]
    # of the first opening any answer counts: the table may not reach back to when it was asked
    first = given["id"].map(table["times"]).eq(1)
    given = given[first | (given["when"] >= given["id"].map(table["opened"]))]
    given = given.sort_values("when", kind="stable").drop_duplicates("id", keep="last").set_index("id")
    given = given.reindex(table.index)
    changed = given["when"].notna() & (
        given["when"].ne(table["answered"]) | given["answer"].ne(table["answer"]) | given["who"].ne(table["who"])
    )
    changed = changed.to_numpy(dtype=bool)
    how = pd.Series(np.where(given["answer"].eq(ACCEPTED), " accepted by ", " answered by "), index=given.index)
    table["history"] = _told(table["history"], changed, given["when"] + how + given["who"] + f" {mark}")
    for column, source in (("answered", "when"), ("answer", "answer"), ("why", "why"), ("who", "who")):
        table[column] = table[column].astype("object").where(given["when"].isna(), given[source])
    stands = given["when"].notna().to_numpy()
    settled = stands & given["answer"].eq(ACCEPTED).to_numpy()
    table.loc[stands, "state"] = ANSWERED
    table.loc[settled, "state"], table.loc[settled, "closed"] = CLOSED, delivery
    withdrawn = here & ~stands & table["state"].eq(ANSWERED).to_numpy()  # its line was taken out of queries.csv
    table.loc[withdrawn, ["answered", "answer", "why", "who"]] = None
    table["state"] = table["state"].mask(withdrawn, np.where(table["times"] > 1, REOPENED, OPEN))

    until = table["closed"].where(table["state"] == CLOSED, delivery)
    table["age"] = (pd.to_datetime(until) - pd.to_datetime(table["opened"])).dt.days
    return typed(table.reset_index()).sort_values("id", ignore_index=True)


def _told(history: pd.Series, here: np.ndarray, words: str | pd.Series) -> pd.Series:
    """The history with the words at its end, where `here`."""
    return history.where(~here, (history.fillna("") + "; " + words).str.removeprefix("; "))


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The table of queries with its own types, whatever a file made of them."""
    return table[QUERY].astype(dict.fromkeys(TEXTS, "str") | dict.fromkeys(NUMBERS, "int64"))


def asked(findings: pd.DataFrame) -> pd.DataFrame:
    """One record per finding that asks something: to whom it goes, and the question in the words of who it goes to."""
    found = findings[findings["severity"] != "note"]
    to_study = found["rule"].isin(STUDY_RULES) | found["dataset"].isna() | found["SITEID"].isna()
    recipient = pd.Series(np.where(to_study, "study", "site"), index=found.index)
    return found.assign(recipient=recipient, question=question(found))


def question(findings: pd.DataFrame) -> pd.Series:
    """One text per finding. An edit check has its own sentence; others have column and value before the words."""
    message = findings["message"].astype("object")
    sentence = message.str.endswith((".", "?")).astype(bool)
    own = findings["rule"].map(QUESTIONS).fillna("{message}. Please check.")
    said = [text.replace("{message}", given) for text, given in zip(own, message, strict=True)]
    words = message.where(sentence, pd.Series(said, index=findings.index, dtype="object"))
    column, value = findings["column"].astype("object").fillna(""), findings["value"].astype("object")
    place = column + (' "' + value + '"').where(value.notna(), "")
    bare = sentence | place.eq("") | words.str.match(r"[A-Z]")
    return words.where(bare, place.str.strip() + " " + words).astype("str")


def with_records(findings: pd.DataFrame, raw: dict[str, pd.DataFrame], study: Study) -> pd.DataFrame:
    """The findings with SITEID, SUBJID and `record` of the raw row each stands in: the site's own key of it, such as
    RECORD_ID=AE-001-02. What is about no row, or a row that is not in `raw` (source -> rows), has none.

    `raw` needs the columns of `key_columns`, _file and _row; no more rows than the findings are in."""
    parts = [findings[["dataset", "_file", "_row"]].iloc[:0].assign(SITEID=None, SUBJID=None, record=None)]
    for name, rows in raw.items():
        if len(rows):
            rows = rows.reset_index(drop=True)
            source = study.file.sources[name]
            keys = [key for key in source.key if key not in ("SITEID", "SUBJID") and key in source.columns]
            text = {column: mapped(rows[column].astype("str"), cleaned).astype("str") for column in key_columns(source)}
            text = pd.DataFrame(text)
            record = pd.Series("", index=text.index)
            for column in dict.fromkeys(column for key in keys for column in _raw_names(source, key)):
                record += f"; {column}=" + text[column].fillna("")
            parts.append(
                pd.DataFrame(
                    {
                        "dataset": name,
                        "_file": rows["_file"].astype("str").to_numpy(),
                        "_row": rows["_row"].to_numpy(),
                        "SITEID": _term(text, source, "SITEID", study),
                        "SUBJID": _term(text, source, "SUBJID", study),
                        "record": record.str.removeprefix("; "),
                    }
                )
            )
    places = pd.concat(parts, ignore_index=True).drop_duplicates(["dataset", "_file", "_row"])
    keys = {"dataset": "str", "_file": "str", "_row": "int64"}
    findings = findings.drop(columns=["SITEID", "SUBJID", "record"], errors="ignore").astype(keys)
    return findings.merge(places.astype(keys), how="left", on=list(keys))


def key_columns(source: Source) -> list[str]:
    """The raw columns that say which site, subject and record a row is of."""
    keys = dict.fromkeys(("SITEID", "SUBJID", *source.key))
    return list(dict.fromkeys(name for key in keys if key in source.columns for name in _raw_names(source, key)))


def _raw_names(source: Source, key: str) -> tuple[str, ...]:
    spec = source.columns[key]
    return spec.column[:1] or spec.date_parts


def _term(text: pd.DataFrame, source: Source, key: str, study: Study) -> pd.Series:
    """Site or subject of each row, as the forms read it."""
    spec = source.columns[key]
    if spec.value is not None:
        return pd.Series(spec.value, index=text.index)
    values = part_of(text[spec.column[0]].fillna(""), spec).replace("", np.nan)
    return values.replace(study.code_terms.get(spec.codes or "", {}))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, without characters that no cell can hold."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", text)
