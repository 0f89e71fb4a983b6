"""Raw text -> forms: the site's words renamed, recoded and read, through the two layers of the form door.

The first layer looks at the text (is it a known code, a date, a number), the second at the values read from
it (range, presence): one cell that cannot be read would otherwise hide what else is wrong in its column. A
row without a usable subject or topic is set aside whole; any other bad cell is left blank (a result stays
verbatim), with a finding.

Nothing is lost: each raw row ends in the form, set aside or superseded, and says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandas.api.extensions import take

from schemas.forms import FORMS
from schemas.study import ODM_KEYS, Column, Source, Study
from transforms.dates import iso_dates, iso_times
from transforms.dictionaries import CODES, coding_terms
from transforms.distinct import constant, distinct, mapped, ranks, replaced, spread, stacked
from transforms.instruments import instrument_of
from transforms.sdtm.persons import further_number
from transforms.sdtm.records import FINDING
from transforms.transactions import applied, of_all_within
from transforms.units import standardised

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
# a result that may as well be words: an amount (12.5, <5, >=100, 1.2E3), a tally (2+, 1:40, 0-2), or words; and
# what begins like a number
AMOUNT = re.compile(r"(?:[<>]=?|[≤≥])? ?([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)", re.ASCII)
TALLY = re.compile(r"\d\+|\+\d|\d+:\d+|\d+(?:\.\d+)? ?- ?\d+(?:\.\d+)?", re.ASCII)
NUMBERLIKE = re.compile(r"[<>=≤≥]* ?[+-]?[.,]?\d[\d.,]*(?:[eE][+-]?\d+)?(?:[ (?*!].*)?", re.ASCII)
# a software that has no missing value may send the smallest number it knows: 5.4E-79
SMALLEST, LARGEST = 1e-12, 1e12
NOT_DONE = "NOT DONE"
LONGEST = 60  # characters of a site's or subject's number: a USUBJID is made of both, and never cut
NO_FINDINGS = pd.DataFrame(
    {"_at": np.empty(0, int)}
    | dict.fromkeys(("rule", "severity", "column", "value", "message"), pd.Series(dtype="str"))
)
# form -> the term that is coded, and the columns of coding.csv that have a variable there (bodsys: AEBODSYS)
LEVELS = (
    "llt",
    "lltcd",
    "decod",
    "ptcd",
    "hlt",
    "hltcd",
    "hlgt",
    "hlgtcd",
    "bodsys",
    "bdsycd",
    "soc",
    "soccd",
)
CODING = {"ae": ("AETERM", LEVELS), "mh": ("MHTERM", ("decod", "bodsys")), "cm": ("CMTRT", ("decod", "clas", "clascd"))}
CODING["ce"] = ("CETERM", ("decod", "bodsys"))
# a result and the unit that is collected with it
UNITS = {"VSORRES": "VSORRESU", "FAORRES": "FAORRESU"}
UNITS |= {f"{domain}DOSE": f"{domain}DOSU" for domain in ("EX", "EC", "CM", "PR")}

# Full-width forms are ASCII, and characters without width are nothing. No wider normal form: 10⁶ is not 106.
PLAIN = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
PLAIN |= dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None)


class Forms(NamedTuple):
    """What the raw rows of a set of subjects became.

    forms        form -> rows; qs and rs: source -> rows
    outcomes     one record per raw row: _source, _file, _row, outcome (in form, rejected, superseded), reason
    findings     one record per thing to look at
    corrections  one record per raw row that a line of corrections.csv changed: line, _file, _row
    """

    forms: dict
    outcomes: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame


def subject_forms(raw: Mapping[str, pd.DataFrame], study: Study, newest: Mapping[str, str] | None = None) -> Forms:
    """The forms of a set of subjects. Demographics come first: a subject without them is held out of all
    other forms.

    `newest` is each source's last delivery, which need not have a row of these subjects; without it the last
    delivery is the last one with a row."""
    (demographics,) = study.sources_of("dm")
    newest = newest or {}
    first = source_rows(raw[demographics], demographics, study, newest.get(demographics))
    known, held = let_in(first)
    done = {demographics: first}
    for name in study.file.sources:
        if name != demographics:
            done[name] = source_rows(raw[name], name, study, newest.get(name), known, held)
    forms: dict = {}
    for name, source in study.file.sources.items():
        if source.form in ("qs", "rs"):
            forms.setdefault(source.form, {})[name] = done[name].form
        else:
            forms.setdefault(source.form, []).append(done[name].form)
    findings = pd.concat([rows.findings for rows in done.values()], ignore_index=True)
    return Forms(
        {name: stacked(rows) if isinstance(rows, list) else rows for name, rows in forms.items()},
        stacked(rows.outcomes for rows in done.values()),
        once_a_subject(findings),
        pd.concat([rows.corrections for rows in done.values()], ignore_index=True),
    )


class SourceRows(NamedTuple):
    form: pd.DataFrame
    outcomes: pd.DataFrame
    findings: pd.DataFrame
    corrections: pd.DataFrame
    set_aside: pd.Index  # subjects of rows that were set aside


def let_in(demographics: SourceRows) -> tuple[pd.Index, pd.Index]:
    """The subjects that have demographics, and those that are held out because theirs were set aside."""
    known = pd.Index(demographics.form["USUBJID"].unique())
    return known, demographics.set_aside.difference(known)


def once_a_subject(findings: pd.DataFrame) -> pd.DataFrame:
    """One query for each subject that the demographics do not know, however many rows and sources it has."""
    again = (findings["rule"] == "SUBJECT") & findings.duplicated(["rule", "USUBJID"])
    return findings[~again].reset_index(drop=True)


def source_rows(
    raw: pd.DataFrame,
    name: str,
    study: Study,
    newest: str | None = None,
    known: pd.Index | None = None,
    held: pd.Index | None = None,
) -> SourceRows:
    """The rows of one source, over all its deliveries. `known` and `held` subjects are given for all but
    demographics."""
    source = study.file.sources[name]
    raw = raw.reset_index(drop=True)
    text = pd.DataFrame({column: mapped(raw[column], cleaned) for column in source.raw_columns}, index=raw.index)
    text, gone, found = _transacted(text, raw, source, study)
    text, changes = _corrected(text, name, study)
    text = text.drop(columns=source.bookkeeping)
    usubjid = _usubjid(text, source, study)
    if gone.notna().any():
        left = np.flatnonzero(gone.isna())
        versions = (frame.take(left).reset_index(drop=True) for frame in (text, raw))
        reason, more = _superseded(*versions, source, study, newest)
        at = np.full(len(raw), -1)
        at[left] = np.arange(len(left))
        reason = replaced(gone, gone.isna(), pd.Series(take(reason.array, at, allow_fill=True)))
        found += [findings.assign(_at=left[findings["_at"]]) for findings in more]
    else:
        reason, more = _superseded(text, raw, source, study, newest)
        found += more
    ragged = raw["_ragged"].notna()
    stands = reason.isna() & ~ragged
    found += _unvalidated(text[stands], source)

    as_text = _text_rows(text[stands], source, study)
    unreadable = _failures(_text_layer(source, study), as_text)
    form = _typed(as_text, unreadable, source, study)
    impossible = _failures(_typed_layer(source, study), form)
    found += _cell_findings(pd.concat([unreadable, impossible]), as_text, source)
    form = _without(form, as_text, impossible, source)
    form["USUBJID"] = usubjid.take(form["_at"]).array

    aside, missing = _set_aside(form, as_text, source)
    found += missing
    if study.file.drift.new_code == "set_aside":
        unknown = unreadable[unreadable["check"].str.startswith("CODE:")]
        aside = replaced(aside, aside.isna() & form.index.isin(unknown["row"]), "CODE: a code is not known")
    set_aside = pd.Index(form.loc[aside.notna(), "USUBJID"].dropna().unique())
    if known is None:
        further = further_number(form, study)
        second = aside.isna() & ~further & form["USUBJID"].where(aside.isna() & ~further).duplicated()
        words = "has another row of demographics under the same USUBJID: this one is set aside"
        found.append(_cells("SUBJECT", "error", form[second], "SUBJID", None, words, source))
        aside = replaced(aside, second, "SUBJECT: has another row of demographics")
        # who was screened again and enrolled under another number has a record only with that number
        enrolled = form.loc[aside.isna() & ~further_number(form, study, "rescreened"), "USUBJID"]
        lost = aside.isna() & further & ~form["USUBJID"].isin(enrolled)
        words = "is a further number of a person whose enrolled number (persons.csv) has no demographics"
        found.append(_cells("SUBJECT", "error", form[lost], "SUBJID", None, words, source))
        aside = replaced(aside, lost, "SUBJECT: its enrolled number has no demographics")
        strangers = pd.Series(False, index=raw.index)
    else:
        strangers = usubjid.notna() & ~usubjid.isin(known)
        of_held = usubjid.isin(held)
        new = form[aside.isna() & (strangers & ~of_held).take(form["_at"]).array]
        words = "is no subject of the demographics: its rows are set aside"
        found.append(_cells("SUBJECT", "error", new, "SUBJID", None, words, source))
        for theirs, why in ((of_held, "its demographics are set aside"), (~of_held, "unknown to the demographics")):
            here = aside.isna() & (strangers & theirs).take(form["_at"]).array
            aside = replaced(aside, here, f"SUBJECT: {why}")
    outcomes = _outcomes(raw, name, reason, ragged, form["_at"], aside)

    good = aside.isna()
    form, as_text = form[good].reset_index(drop=True), as_text[good].reset_index(drop=True)
    found += _without_unit(form, as_text, source)
    form, worded = _worded(form, source, study)
    found += worded
    for column in ("_file", "_row"):
        form[column] = raw[column].take(form["_at"]).array
    form["_source"] = constant(name, len(form))
    findings = pd.concat(found, ignore_index=True)
    # of a subject that is not let in there is one thing to say: that it is not, or what is wrong with its number
    numbers = [source.columns[name].column[0] for name in ("SITEID", "SUBJID") if source.columns[name].column]
    said = (findings["rule"] == "SUBJECT") | findings["column"].isin(numbers)
    findings = findings[said | ~strangers.to_numpy()[findings["_at"]]]
    at = findings["_at"].to_numpy()
    findings = findings.assign(dataset=name, USUBJID=usubjid.take(at).array)
    findings = findings.assign(**{column: raw[column].take(at).array for column in ("_file", "_row")})
    changes = changes[stands.to_numpy()[changes["_at"]]]
    corrections = raw.loc[changes["_at"], ["_file", "_row"]].assign(line=changes["line"].to_numpy())
    return SourceRows(form.drop(columns=["_at", "_record"]), outcomes, findings[FINDING], corrections, set_aside)


def cleaned(values: pd.Series) -> pd.Series:
    """Full-width forms folded, white space collapsed, blank is missing. The text as sent stays in the raw
    layer."""
    if _are_clean(values):
        return values
    return pd.Series([_plain(value) or np.nan for value in values.tolist()], dtype="str")


def _plain(text: str) -> str:
    return " ".join((text if text.isascii() else text.translate(PLAIN)).split())


def _are_clean(values: pd.Series) -> bool:
    """True if none of these texts needs cleaning, as in most columns; asked of all of them together."""
    together = "\n".join(values.tolist())
    blanks = ("  ", " \n", "\n ", "\n\n")
    return (
        together.isascii()
        and together.replace("\n", "").isprintable()
        and together.count("\n") == len(values) - 1
        and not any(blank in together for blank in blanks)
        and together == together.strip() != ""
    )


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _terms(study: Study, codes: str) -> dict[str, str]:
    return {_plain(code): term for code, term in study.code_terms[codes].items()}


def _corrected(text: pd.DataFrame, name: str, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The text after corrections.csv, and one record per changed row (line, _at). Matched on the cleaned
    text, so that a correction is written as a person reads the cell."""
    changes = [pd.DataFrame({"line": np.empty(0, int), "_at": np.empty(0, int)})]
    for line, correction in enumerate(study.corrections, 2):
        if correction.source != name:
            continue
        wanted = dict(part.split("=", 1) for part in correction.match.split(";"))
        wanted |= {correction.column: correction.value}
        here = np.ones(len(text), bool)
        for column, value in wanted.items():
            here &= text[column].eq(_plain(value)) if _plain(value) else text[column].isna()
        if here.any():
            text[correction.column] = replaced(text[correction.column], here, _plain(correction.new_value) or None)
            changes.append(pd.DataFrame({"line": line, "_at": np.flatnonzero(here)}))
    return text, pd.concat(changes, ignore_index=True)


def _usubjid(text: pd.DataFrame, source: Source, study: Study) -> pd.Series:
    """USUBJID of each raw row; missing where site or subject is blank (SDTMIG 3.4 section 5.2: unique across
    the study).

    - USUBJID: STUDYID (or a prefix of the sponsor's), SITEID and SUBJID joined by hyphens: {usubjid}. A person with
      several subject numbers has one, that of the enrolled participation.
    """
    subjects, at_subject = distinct(_coded(text, source.columns["SUBJID"], study))
    sites, at_site = distinct(_coded(text, source.columns["SITEID"], study))
    pairs = np.where((at_site < 0) | (at_subject < 0), -1, at_site * len(subjects) + at_subject)
    at_pair, pairs = pd.factorize(pairs)
    first = study.policies.usubjid_prefix if study.policies.usubjid == "prefix-site-subject" else study.id
    with_site = study.policies.usubjid != "study-subject"
    subjects, sites, further, names = subjects.tolist(), sites.tolist(), study.further_numbers, []
    for pair in pairs.tolist():
        at_site, at_subject = divmod(pair, max(len(subjects), 1))
        if pair < 0:
            names.append(None)
            continue
        site, subject = sites[at_site], subjects[at_subject]
        if further and (person := further.get((site, subject))):
            site, subject = person.OF_SITEID, person.OF_SUBJID
        names.append(f"{first}-{site}-{subject}" if with_site else f"{first}-{subject}")
    return spread(pd.Series(names, dtype="str"), at_pair, pd.Series(index=text.index, name="USUBJID"))


def _coded(text: pd.DataFrame, spec: Column, study: Study) -> pd.Series:
    """A column's text with its codes turned into terms; a code that has no term stays as it is."""
    if spec.value is not None:
        return pd.Series(constant(spec.value, len(text)), index=text.index)
    column = _column_text(text, spec)
    if not spec.codes:
        return column
    terms = _terms(study, spec.codes)
    return mapped(column, lambda values: values.map(terms).fillna(values))


def _column_text(text: pd.DataFrame, spec: Column) -> pd.Series:
    """A raw column's text as the study file reads it: another column's where it is blank, one part where it is
    combined."""
    if spec.date_parts:
        return _from_parts(text, spec)
    column = text[spec.column[0]]
    if spec.otherwise is not None:
        column = replaced(column, column.isna(), text[spec.otherwise.column[0]])
    return column if spec.split is None else mapped(column, lambda values: part_of(values, spec))


def part_of(values: pd.Series, spec: Column) -> pd.Series:
    """The part of a combined text that the study file names (701-1015: site and subject). A text that has another
    number of parts has none of them: what it means is not known."""
    if spec.split is None:
        return values
    parts = [_plain(text).split(spec.split) for text in values.tolist()]
    found = [_plain(own[spec.part - 1]) or None if len(own) == spec.of else None for own in parts]
    return pd.Series(found, index=values.index, dtype="str")


def _from_parts(text: pd.DataFrame, spec: Column) -> pd.Series:
    """A date in three columns as one text, year first, to the part that is known: 2019, 2019-03, 2019---05 (no month).
    Parts that cannot be those of a date, or a day without a year, are a text that nobody takes for one."""
    parts = text[list(spec.date_parts)].reset_index(drop=True)
    codes = pd.Series(_row_codes([parts[name] for name in parts], len(parts)))
    distinct_parts = parts[~codes.duplicated()].astype("str").fillna("").to_numpy(object).tolist()
    texts = []
    for own in distinct_parts:
        year, month, day = (*own, "", "")[:3]
        month, day = (part.zfill(2) if part.isdigit() else part for part in (month, day))
        whole = bool(re.fullmatch(r"[0-9]{4}", year))
        if whole:
            texts.append(year + (f"-{month or '-'}-{day}" if day else f"-{month}" if month else ""))
        else:
            named = zip(("year", "month", "day"), own, strict=False)
            texts.append(" ".join(f"{name} {part}" for name, part in named if part))
    dates = pd.Series(texts, dtype="str").replace("", np.nan)
    return pd.Series(spread(dates, codes.to_numpy(), codes).array, text.index)


def _transacted(
    text: pd.DataFrame, raw: pd.DataFrame, source: Source, study: Study
) -> tuple[pd.DataFrame, pd.Series, list[pd.DataFrame]]:
    """The rows of a transactional export, each with what it leaves unsaid filled from the versions before it; why a
    row does not stand (missing: it may), and findings. Other exports are as they were."""
    reason = pd.Series(constant(None, len(text)), index=text.index)
    marks = source.marks
    if marks is None:
        return text, reason, []
    n = len(text)
    whole = raw["_ragged"].isna().to_numpy()
    odm = source.format == "odm"
    keys = [text[name] for name in ODM_KEYS] if odm else [key_as_read(name, text, source, study) for name in source.key]
    identity = _row_codes(keys, n)
    if not odm:  # a row without a whole key is no version of another
        identity = np.where(np.logical_or.reduce([key.isna() for key in keys]), n + np.arange(n), identity)
    kinds = {_plain(value): kind for value, kind in marks.kinds.items()}
    kind = text[marks.column].astype("str").fillna("").map(kinds).fillna("unknown")
    kind = kind.where(whole, "context").to_numpy(object)
    day = ranks(raw["_delivery"])
    order = np.empty(n, np.int64)
    order[np.lexsort((raw["_row"], ranks(raw["_file"]), day))] = np.arange(n)
    wide = np.zeros(n, bool)
    within: list[tuple[np.ndarray, np.ndarray]] = []
    if odm:
        wide = raw["ItemGroupOID"].isna().to_numpy()
        deepest = np.select([text["FormOID"].notna(), text["StudyEventOID"].notna()], [5, 3], 1)
        for depth in np.unique(deepest[wide]):
            codes = _row_codes(keys[:depth], n)
            within.append((np.flatnonzero(wide & (deepest == depth)), codes))
    fate = applied(of_all_within(identity, kind, order, wide, within), n)
    mentioned = {column: raw[column].notna().to_numpy() if column in raw else np.ones(n, bool) for column in text}
    filled = {
        column: pd.Series(
            take(text[column].array, fate.version_with(mentioned[column]), allow_fill=True), index=text.index
        )
        for column in text
    }
    # a removal speaks of the versions before it; what neither says nor takes out anything keeps its own text
    keep = ~(fate.active | (kind == "remove") & ~fate.idle & ~wide)
    text = pd.DataFrame({c: values.where(~keep, text[c]) if keep.any() else values for c, values in filled.items()})
    why = {
        "newer": "NEWER: a newer version of the row was sent",
        "removed": "DELETED: removed by a later transaction",
        "remove": "REMOVE: takes out another row",
        "context": "CONTEXT: says where other rows belong",
        "refused": "TRANSACTION: updates a row that is not there",
        "unknown": "TRANSACTION: does not say what is done with the row",
    }
    reason = fate.outcome.map(why)[whole].reindex(text.index).astype("str")
    found = []

    def add(rule: str, severity: str, rows: np.ndarray, words: str) -> None:
        at = np.flatnonzero(rows & whole)
        found.append(_finding(rule, severity, at, marks.column, raw[marks.column].take(at).astype("str"), words))

    add("TRANSACTION", "error", kind == "unknown", "is no transaction that the study file knows: the row is set aside")
    words = "updates a row that was never sent, or was removed: it is set aside until the row is sent whole"
    add("TRANSACTION", "error", (fate.outcome == "refused").to_numpy(), words)
    add("TRANSACTION", "warning", fate.again, "inserts a row that is there already: this one stands")
    add("TRANSACTION", "warning", fate.idle, "removes a row that was never sent, or was removed before")
    add("DELETED", "note", fate.last_of_removed, "is removed by a later transaction: its record is gone")
    return text, reason, found


def _unvalidated(text: pd.DataFrame, source: Source) -> list[pd.DataFrame]:
    """Findings for values that were entered and that the EDC could not take for what they should be: their regular
    column is empty."""
    found = []
    for raw, regular in source.validated.items():
        at = text.index[text[raw].notna() & text[regular].isna()]
        words = f"was entered, and {regular} is empty: the EDC does not take it for a valid value"
        found.append(_finding("UNVALIDATED", "warning", at, raw, text.loc[at, raw].astype("str"), words))
    return found


def _superseded(
    text: pd.DataFrame, raw: pd.DataFrame, source: Source, study: Study, newest: str | None
) -> tuple[pd.Series, list[pd.DataFrame]]:
    """Why each row does not stand any more (missing: it stands), and findings. The export mode says what
    absence means."""
    n = len(text)
    ragged = raw["_ragged"].notna().to_numpy()
    sent, at = distinct(raw["_delivery"])
    days = sorted({*sent, *([newest] if newest else [])})
    day, last = np.array([days.index(one) for one in sent], np.int64)[at], len(days) - 1
    content = _row_codes([text[column] for column in text if column != source.updated], n)
    keys = [key_as_read(name, text, source, study) for name in source.key]
    blank = np.logical_or.reduce([column.isna() for column in keys])
    # a row without a whole key is a version of the same row alone; one that has lost its columns, of none
    key = np.where(blank, n + content, _row_codes(keys, n))
    key = np.where(ragged, 2 * n + np.arange(n), key)
    changed, found = _change_order(text, source, pd.Series(key * (last + 1) + day).duplicated(keep=False).to_numpy())
    versions = np.lexsort((raw["_row"], ranks(raw["_file"]), changed, day))
    latest = np.zeros(3 * n, int)
    latest[key[versions]] = versions  # of several positions for one key the last one stays
    winner = latest[key]
    stands = winner == np.arange(n)
    same = ~stands & (content == content[winner])
    reason = pd.Series(constant(None, n), index=text.index)
    reason = replaced(reason, ~stands, "NEWER: a newer version of the row was sent")
    reason = replaced(reason, same, "DUPLICATE: the same row, sent again")

    def add(rule: str, severity: str, rows: np.ndarray, words: str | pd.Series, column: str | None = None) -> None:
        found.append(_finding(rule, severity, np.flatnonzero(rows), column, None, words))

    # two rows with one key in one delivery: the site should know, whichever stands
    twice = ~stands & (day == day[winner])
    add("DUPLICATE", "note", twice & same, "is the same as another row of its delivery: one of them stands")
    words = f"has the key of another row of its delivery ({', '.join(source.key)}): the newest stands"
    add("DUPLICATE-KEY", "warning", twice & ~same, words)
    past = (day < last) & (source.mode == "cumulative")
    odd = ragged & ~past
    add("COLUMNS", "error", odd, raw.loc[odd, "_ragged"].astype("str") + ": the row is set aside")
    gone = stands & past & ~ragged
    reason = replaced(reason, gone, "DELETED: absent from a later cumulative delivery")
    add("DELETED", "note", gone & ~blank, "is absent from a later cumulative delivery: its record is gone")
    stands &= ~gone
    if source.inactive:
        marks = [_plain(value) for value in source.inactive.values]
        off = stands & text[source.inactive.column].isin(marks).to_numpy()
        reason = replaced(reason, off, "INACTIVE: taken out in the EDC")
        add("INACTIVE", "note", off, "is marked as taken out: its record is gone", source.inactive.column)
        stands &= ~off
    again = _entered_again(text, stands & ~ragged, source)
    reason = replaced(reason, again, "DUPLICATE: entered again under another record id")
    words = "says the same as an earlier row under another record id: the earlier one stands"
    add("DUPLICATE", "warning", again, words)
    return reason, found


def key_as_read(name: str, text: pd.DataFrame, source: Source, study: Study) -> pd.Series:
    """A key column as it will stand in the form, so that a code or a date written in another way is the same
    key."""
    column = _coded(text, source.columns[name], study)
    if _kinds(source)[name] == "date":
        return mapped(column, lambda values: _dates(values, source)["iso"].astype("str").fillna(values))
    return column


def _change_order(text: pd.DataFrame, source: Source, asked: np.ndarray) -> tuple[np.ndarray, list[pd.DataFrame]]:
    """For the rows that are asked about, the order of their last changes, unreadable ones first; findings for
    those."""
    order = np.zeros(len(text), int)
    if source.updated is None or not asked.any():
        return order, []
    column = text.loc[asked, source.updated]
    times = _dates(column, source)
    order[asked] = ranks(times["iso"])
    bad = times["reason"].notna()
    words = "cannot be read as the time of the last change (" + times.loc[bad, "reason"].astype("str") + ")"
    return order, [_finding("DATE", "warning", bad.index[bad], source.updated, column[bad].astype("str"), words)]


def _entered_again(text: pd.DataFrame, stands: np.ndarray, source: Source) -> np.ndarray:
    """Rows that repeat an earlier one in all but the site's record id and the time of the change."""
    kinds = _kinds(source)
    ids = {column for key in source.key if kinds[key] == "record_id" for column in source.columns[key].column}
    again = np.zeros(len(text), bool)
    if ids:
        said = [text.loc[stands, column] for column in text if column not in ids and column != source.updated]
        again[stands] = pd.Series(_row_codes(said, stands.sum())).duplicated()
    return again


def _row_codes(columns: list[pd.Series], rows: int) -> np.ndarray:
    """One number below `rows` a row, equal for rows that agree in all the columns (missing agrees with
    missing)."""
    codes, size = np.zeros(rows, np.int64), 1
    for column in columns:
        values, positions = distinct(column)
        if size * (len(values) + 1) >= 1 << 62:
            codes, size = pd.factorize(codes)[0], rows
        codes = codes * (len(values) + 1) + positions + 1
        size *= len(values) + 1
    return pd.factorize(codes)[0]


def _text_rows(text: pd.DataFrame, source: Source, study: Study) -> pd.DataFrame:
    """The form rows as text; `_at` is the position of the raw row, `_record` which of its records. Beside
    each column <C> stand <C>.term (the text with its code turned into a term), <C>.reason (what a missing
    code says) and <C>.unit, <C>.unit.term where the source has them."""
    kinds = _kinds(source)
    blocks = []
    for number, specs in enumerate(_specs(source)):
        block = {"_at": text.index.to_series(), "_record": pd.Series(number, index=text.index)}
        for name, spec in specs.items():
            block |= _text_columns(name, kinds[name], spec, text, source, study)
        rows = pd.DataFrame(block)
        if source.records:  # a measurement that a wide row leaves out is no record
            results = [name for name in specs if kinds[name] in ("result", "answer")]
            results = results or [name for name in source.records[number] if specs[name].column]
            there = [rows[name].notna() | rows.get(f"{name}.reason", rows[name]).notna() for name in results]
            rows = rows[np.logical_or.reduce(there)]
        blocks.append(rows)
    rows = stacked(blocks)
    return rows.take(np.argsort(rows["_at"].to_numpy(), kind="stable")).reset_index(drop=True)


def _specs(source: Source) -> list[dict[str, Column]]:
    """For each record that a raw row gives: form column -> where it comes from."""
    beside = source.items | {f"SUPP.{name}": spec for name, spec in source.supplemental.items()}
    return [{**source.columns, **record, **beside} for record in source.records or ({},)]


def _kinds(source: Source) -> dict[str, str]:
    kinds = {name: column.metadata["kind"] for name, column in FORMS[source.form].columns.items()}
    return kinds | dict.fromkeys(source.items, "item") | {f"SUPP.{name}": "text" for name in source.supplemental}


def _text_columns(
    name: str, kind: str, spec: Column, text: pd.DataFrame, source: Source, study: Study
) -> dict[str, pd.Series]:
    if spec.value is not None:
        fixed = pd.Series(constant(spec.value, len(text)), index=text.index)
        return {name: fixed, f"{name}.term": fixed}
    column, found = _column_text(text, spec), {}
    # a missing code is no answer in a coded or measured cell; in an id, a term or free text it may be what
    # was meant
    if kind not in ("identifier", "record_id", "topic", "text"):
        reasons = {_plain(code): reason or NOT_DONE for code, reason in source.missing.items()}
        if kind in ("result", "answer", "item") and reasons:
            found[f"{name}.reason"] = mapped(column, lambda values: values.map(reasons))
        if reasons:
            column = mapped(column, lambda values: values.mask(values.isin(list(reasons))))
    found[name] = found[f"{name}.term"] = column
    if spec.codes:
        terms = _terms(study, spec.codes)
        found[f"{name}.term"] = mapped(column, lambda values: values.map(terms))
    if spec.unit is not None:
        found |= _text_columns(f"{name}.unit", "code", spec.unit, text, source, study)
    return found


def _text_layer(source: Source, study: Study) -> pa.DataFrameSchema:
    """First layer of the door: can each text be read as what its column holds?"""
    kinds = _kinds(source)
    coded: dict[str, set[str]] = {}  # column -> the texts that have a term, in any record
    uncoded: set[str] = set()
    for specs in _specs(source):
        units = {f"{name}.unit": spec.unit for name, spec in specs.items() if spec.unit}
        for name, spec in (specs | units).items():
            if spec.value is not None:
                coded.setdefault(name, set()).add(spec.value)
            elif spec.codes:
                coded.setdefault(name, set()).update(_terms(study, spec.codes))
            else:
                uncoded.add(name)
    number = f"is no number with a decimal {'comma' if source.decimal == ',' else 'point'}"
    columns, whole = {}, _whole_row(source)
    for name in uncoded | coded.keys():
        kind, checks = kinds.get(name), []
        if name not in uncoded:
            rule, word = ("UNIT", "unit") if name.endswith(".unit") else ("CODE", "code")
            lost = rule == "CODE" and (name in whole or study.file.drift.new_code == "set_aside")
            end = ": the row is set aside" if lost else ""
            checks = [_check(rule, f"is no {word} that the study file knows{end}", coded[name].__contains__)]
        elif kind == "identifier":
            words = f"has more than {LONGEST} characters: the row is set aside"
            checks = [_check("LENGTH", words, lambda text: len(text) <= LONGEST)]
        elif kind == "date":
            checks = [_reading("is no date that can be read", lambda column: _dates(column, source))]
        elif kind == "time":
            checks = [_reading("is no time of day that can be read", lambda column: _times(column, source))]
        elif kind in ("number", "result"):
            checks = [_check("NUMBER", number, lambda text: _is_number(text, source))]
        elif kind in ("answer", "limit"):
            checks = [
                _check("NUMBER", f"looks like a number, and {number}", lambda text: _is_answer(text, source)),
                _check("RANGE", "is no amount that can be measured", lambda text: _can_be(text, source)),
            ]
        elif kind == "item":
            answers = set(instrument_of(source, study).responses["response"].str.casefold())
            checks = [
                _check(
                    "NUMBER",
                    f"{number}, nor an answer of {source.instrument}" if answers else number,
                    lambda text, answers=answers: text.casefold() in answers or _is_number(text, source),
                )
            ]
        if checks:
            columns[name] = pa.Column(checks=checks, nullable=True)
    return pa.DataFrameSchema(columns, name=source.form)


def _check(rule: str, message: str, good: Callable[[str], bool]) -> pa.Check:
    """A check of each distinct text; the error says the rule and, for a person, what is wrong."""

    return _asked(rule, message, lambda values: values.map(good))


def _reading(message: str, read: Callable[[pd.Series], pd.DataFrame]) -> pa.Check:
    return _asked("DATE", message, lambda values: read(values)["reason"].isna())


def _asked(rule: str, message: str, good: Callable[[pd.Series], pd.Series]) -> pa.Check:
    def goods(column: pd.Series) -> bool | pd.Series:
        values, positions = distinct(column)
        answers = good(values).to_numpy(dtype=bool)
        return bool(answers.all()) or pd.Series(np.append(answers, True)[positions], index=column.index)

    return pa.Check(goods, name=rule, error=f"{rule}: {message}")


def _typed_layer(source: Source, study: Study) -> pa.DataFrameSchema:
    """Second layer of the door: is each value possible? Items of an instrument are looked at in their
    standard unit."""
    columns = {
        name: pa.Column(checks=column.checks, nullable=True, required=False)
        for name, column in FORMS[source.form].columns.items()
        if column.checks
    }
    if source.items:
        items = instrument_of(source, study).items
        for name in source.items:
            low, high, unit = items.loc[name, ["min", "max", "unit"]]
            words = f"RANGE: is not between {low:g} and {high:g}" + (f" {unit}" if pd.notna(unit) else "")
            check = pa.Check.in_range(low, high, error=words)
            columns[f"{name}.standard"] = pa.Column(checks=[check], nullable=True)
    return pa.DataFrameSchema(columns, name=source.form)


def _failures(schema: pa.DataFrameSchema, form: pd.DataFrame) -> pd.DataFrame:
    """One record per cell that fails: row (position in the form), column, check."""
    try:
        schema.validate(form, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        broken = cases[cases["index"].isna()]
        if len(broken):  # a check that could not run is our mistake, not the site's
            raise AssertionError(broken[["column", "check"]].to_string()) from None
        return pd.DataFrame({"row": cases["index"].astype(int), "column": cases["column"], "check": cases["check"]})
    return pd.DataFrame({"row": np.empty(0, int), "column": pd.Series(dtype="str"), "check": pd.Series(dtype="str")})


def _dates(column: pd.Series, source: Source) -> pd.DataFrame:
    if source.date_system:
        column = mapped(column, lambda values: values.map(lambda text: _from_serial(text, source.date_system)))
    return iso_dates(column, source.date_order, source.two_digit_years_from)


def _from_serial(text: str, date_system: int) -> str:
    """A workbook's day number as a date. The 1900 system counts a day that never was (29 February 1900), so
    all dates that matter count from 30 December 1899. Smaller numbers than 10,000 are years, or no dates at
    all."""
    if not re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text):
        return text
    start = pd.Timestamp("1899-12-30") if date_system == 1900 else pd.Timestamp("1904-01-01")
    moment = (start + pd.Timedelta(days=float(text))).round("min")
    return moment.strftime("%Y-%m-%d" if moment == moment.normalize() else "%Y-%m-%dT%H:%M")


def _times(column: pd.Series, source: Source) -> pd.DataFrame:
    """Times of day; a workbook has them as fractions of a day."""

    def clock(text: str) -> str:
        if not re.fullmatch(r"0?\.[0-9]+", text):
            return text
        return (pd.Timestamp(0) + pd.Timedelta(days=float(text))).round("min").strftime("%H:%M")

    return iso_times(mapped(column, lambda values: values.map(clock)) if source.date_system else column)


def _is_number(text: str, source: Source) -> bool:
    return bool(NUMBER.fullmatch(_point(text, source)))


def _point(text: str, source: Source) -> str:
    """The number with a decimal point. The mark that is not declared is none: "1,234" may mean two
    numbers."""
    return text.translate({44: ".", 46: ","}) if source.decimal == "," else text


def _pointed(text: str, source: Source) -> str:
    return _point(text, source) if _is_number(text, source) else text


def _amount(text: str, source: Source) -> re.Match | None:
    return AMOUNT.fullmatch(_point(text, source))


def _is_answer(text: str, source: Source) -> bool:
    good = _amount(text, source) or TALLY.fullmatch(_point(text, source))
    return bool(good) or not NUMBERLIKE.fullmatch(text)


def _can_be(text: str, source: Source) -> bool:
    amount = _amount(text, source)
    return not amount or float(amount[1]) == 0 or SMALLEST <= abs(float(amount[1])) <= LARGEST


def _answer(text: str, source: Source) -> str:
    """The result as collected, its decimal mark a point."""
    return _point(text, source) if _amount(text, source) else text


def _value(text: str, source: Source) -> float:
    """The number that a result is; none where it is words, or beyond a limit (<5)."""
    amount = _amount(text, source)
    return float(amount[1]) if amount and text[0] not in "<>≤≥" else np.nan


def _typed(form: pd.DataFrame, unreadable: pd.DataFrame, source: Source, study: Study) -> pd.DataFrame:
    """The form with each column read as what it holds. A cell that cannot be read is blank; a result stays
    verbatim, with <C>.number beside it; an item that cannot be read stays as <C>.verbatim."""
    typed = {"_at": form["_at"], "_record": form["_record"]}
    for name, kind in _kinds(source).items():
        if name not in form:
            continue
        bad = _mask(unreadable, name, form.index)
        term = form[f"{name}.term"].where(~bad) if bad.any() else form[f"{name}.term"]
        for part in (f"{name}.reason", f"{name}.unit.term"):
            if part in form:
                typed[part.removesuffix(".term")] = form[part]
        if kind == "date":
            typed[name] = _dates(term, source)["iso"]
        elif kind == "time":
            typed[name] = _times(term, source)["iso"]
        elif kind == "number":
            typed[name] = _numbers(term, source)
        elif kind == "result":
            verbatim = form[f"{name}.term"]
            typed[name] = mapped(verbatim, lambda values: values.map(lambda text: _pointed(text, source)))
            typed[f"{name}.number"] = _numbers(term, source)
        elif kind in ("answer", "limit"):
            typed[name] = mapped(form[f"{name}.term"], lambda values: values.map(lambda t: _answer(t, source)))
            typed[f"{name}.number"] = mapped(term, lambda values: values.map(lambda t: _value(t, source)))
        elif kind == "item":
            typed |= _item(name, form, term, bad, source, study)
        else:
            typed[name] = term
    return pd.DataFrame(typed)


def _mask(failures: pd.DataFrame, column: str, index: pd.Index) -> pd.Series:
    mask = np.zeros(len(index), bool)
    mask[failures.loc[failures["column"] == column, "row"]] = True
    return pd.Series(mask, index=index)


def _numbers(column: pd.Series, source: Source) -> pd.Series:
    def numbers(values: pd.Series) -> pd.Series:
        return pd.to_numeric(values.map(lambda text: _pointed(text, source))).astype(float)

    return mapped(column, numbers)


def _item(
    name: str, form: pd.DataFrame, term: pd.Series, bad: pd.Series, source: Source, study: Study
) -> dict[str, pd.Series]:
    """An item as score, or as answer where the study's codes lead to answers; its range is checked on
    <item>.standard."""
    known = instrument_of(source, study)
    unit = known.items.loc[name, "unit"]
    answers = known.responses["response"]
    answers = dict(zip(answers.str.casefold(), answers, strict=True))

    def spelling(text: str) -> str:
        return answers.get(text.casefold(), _pointed(text, source))

    spelt = mapped(term, lambda values: values.map(spelling))
    values, positions = distinct(spelt)
    numbers = spread(pd.to_numeric(values.where(~values.isin(answers.values()))).astype(float), positions, spelt)
    found = {name: spelt if source.items[name].codes or answers else numbers, f"{name}.standard": numbers}
    if f"{name}.unit" in form:
        found[f"{name}.standard"] = standardised(numbers, form[f"{name}.unit.term"], unit)
    found[f"{name}.verbatim"] = form[name].where(bad)
    return found


def _without(form: pd.DataFrame, text: pd.DataFrame, impossible: pd.DataFrame, source: Source) -> pd.DataFrame:
    """The form without the values that cannot be; of an item what was collected stays as <item>.verbatim."""
    for column in impossible["column"].unique():
        bad = _mask(impossible, column, form.index)
        name = column.removesuffix(".standard")
        if column != name:
            collected = mapped(text[name], lambda values: values.map(lambda cell: _pointed(cell, source)))
            form[f"{name}.verbatim"] = replaced(form[f"{name}.verbatim"], bad, collected)
        form[name] = form[name].where(~bad)
    return form.drop(columns=[f"{name}.standard" for name in source.items])


def _whole_row(source: Source) -> list[str]:
    """The columns without which a row cannot be used."""
    mapped = {name for specs in _specs(source) for name in specs}
    return [name for name, column in FORMS[source.form].columns.items() if not column.nullable and name in mapped]


def _set_aside(form: pd.DataFrame, as_text: pd.DataFrame, source: Source) -> tuple[pd.Series, list[pd.DataFrame]]:
    """Why each form row cannot be used (missing: it can), and findings for its blank cells; a code that is
    not known has its finding already."""
    aside, found = pd.Series(constant(None, len(form)), index=form.index), []
    for column in _whole_row(source):
        lost, blank = form[column].isna(), as_text[column].isna()
        if not lost.any():
            continue
        cut = source.columns[column].split if column in source.columns else None
        words = f"is blank{', or has other parts than the study file says' if cut else ''}"
        words += ": a row cannot be used without it and is set aside"
        found.append(_cells("REQUIRED", "error", form[lost & blank], column, None, words, source))
        unusable = f"CODE: {column} is not known" if _is_coded(column, source) else f"LENGTH: {column} is too long"
        for here, why in ((lost & blank, f"REQUIRED: {column} is blank"), (lost & ~blank, unusable)):
            aside = replaced(aside, aside.isna() & here, why)
    return aside, found


def _is_coded(column: str, source: Source) -> bool:
    return any(specs[column].codes for specs in _specs(source) if column in specs)


def _outcomes(
    raw: pd.DataFrame, name: str, reason: pd.Series, ragged: pd.Series, at: pd.Series, aside: pd.Series
) -> pd.DataFrame:
    """One record per raw row. A raw row that gives several form rows is set aside only when none of them can
    be used."""
    given, used = np.zeros(len(raw), bool), np.zeros(len(raw), bool)
    given[at] = True
    used[at[aside.isna()]] = True
    stands = reason.isna().to_numpy()
    lost = stands & given & ~used
    reason = replaced(reason, stands & ~given, "EMPTY: the row holds no result")
    refused = mapped(reason, lambda values: values.str.startswith("TRANSACTION:")).eq(1)
    reason = replaced(reason, ragged, "COLUMNS: the row does not fit the header")
    if lost.any():
        why = np.full(len(raw), -1)  # the first of its form rows that is set aside
        why[at[aside.notna()][::-1]] = np.flatnonzero(aside.notna())[::-1]
        reason = replaced(reason, lost, pd.Series(take(aside.array, why, allow_fill=True)))
    outcome = np.select([ragged | lost | refused, ~stands], [1, 2], 0)
    return raw[["_file", "_row"]].assign(
        _source=constant(name, len(raw)),
        outcome=pd.Categorical.from_codes(outcome, ["in form", "rejected", "superseded"]),
        reason=reason,
    )


def _finding(rule: str, severity: str, at, column, value, message) -> pd.DataFrame:
    """Findings at positions of raw rows."""
    if not len(at):
        return NO_FINDINGS
    cells = {"rule": rule, "severity": severity, "column": column, "value": value, "message": message}
    cells = {key: cell.to_numpy() if isinstance(cell, pd.Series) else cell for key, cell in cells.items()}
    return pd.DataFrame({"_at": np.asarray(at, int), **cells}, index=range(len(at))).astype(dict.fromkeys(cells, "str"))


def _cells(rule: str, severity: str, rows: pd.DataFrame, name: str, value, message, source: Source) -> pd.DataFrame:
    """Findings at cells of form rows, under the raw column that the cell comes from."""
    if not len(rows):
        return NO_FINDINGS
    raw_columns = []
    base = name.removesuffix(".unit")
    for specs in _specs(source):
        spec = specs.get(base)
        spec = spec.unit if spec is not None and name != base else spec
        raw_columns.append(next(iter((*spec.column, *spec.date_parts) if spec is not None else ()), base))
    return _finding(rule, severity, rows["_at"], np.array(raw_columns, object)[rows["_record"]], value, message)


def _cell_findings(failures: pd.DataFrame, text: pd.DataFrame, source: Source) -> list[pd.DataFrame]:
    """One finding per cell that failed, with the site's column and text."""
    found = []
    for (column, check), cells in failures.groupby(["column", "check"]):
        name = column.removesuffix(".standard")
        rule, message = check.split(": ", 1)
        rows = text.loc[cells["row"], ["_at", "_record", name]]
        if rule == "DATE":  # the reading that was refused says more than "no date"
            read = _times if _kinds(source)[name] == "time" else _dates
            message = message + " (" + read(rows[name], source)["reason"].astype("str") + ")"
        found.append(_cells(rule, "error", rows, name, rows[name].astype("str"), message, source))
    return found


def _without_unit(form: pd.DataFrame, text: pd.DataFrame, source: Source) -> list[pd.DataFrame]:
    """Findings for results whose unit should have been collected and was not: no unit is guessed."""
    found = []
    for result, unit in (UNITS | {name: f"{name}.unit" for name in source.items}).items():
        if result in form and unit in form:
            bare = form[form[result].notna() & text[unit].isna()]
            words = "is blank, so the result has no unit and cannot be standardised"
            found.append(_cells("UNIT", "error", bare, unit, None, words, source))
    return found


def _worded(form: pd.DataFrame, source: Source, study: Study) -> tuple[pd.DataFrame, list[pd.DataFrame]]:
    """The form with free text in English, and coded by the study's coding table; findings for what has
    neither."""
    found = []

    def add(rule: str, name: str, here: pd.Series, words: str) -> None:
        rows = form[here]
        found.append(_cells(rule, "warning", rows, name, rows[name].astype("str"), words, source))

    english = {_plain(row.text): row.english for row in study.translations}
    collected = {name for specs in _specs(source) for name, spec in specs.items() if spec.column}
    for name, kind in _kinds(source).items():
        if kind not in ("topic", "text") or name not in collected:
            continue
        text = form[name]
        if english:
            form[f"{name}.original"] = mapped(text, lambda values: values.where(values.isin(list(english))))
            form[name] = mapped(text, lambda values: values.map(english).fillna(values))
        if kind == "topic" and study.policies.reported_terms == "upper_case":
            form[name] = mapped(form[name], lambda values: values.str.upper())
        words = "has characters beyond printable ASCII, and no line in translations.csv says what to put"
        add("TRANSLATION", name, mapped(form[name], lambda values: values.map(_is_plain)).eq(0), words)
    topic, given = CODING.get(source.form, (None, ()))
    lines = [row for row in study.coding if row.form == source.form]
    dictionary = study.dictionaries.get(source.form)
    if topic and (lines or dictionary is not None):
        own = pd.DataFrame(
            [row.model_dump() for row in lines], index=[_plain(row.verbatim).casefold() for row in lines]
        )
        coding, domain = coding_terms(own, dictionary), source.form.upper()
        for column in given:
            if coding[column].notna().any():
                terms = pd.to_numeric(coding[column]) if column in CODES else coding[column].astype("str")
                form[f"{domain}{column.upper()}"] = mapped(
                    form[topic],
                    lambda values, terms=terms: terms.reindex(values.str.casefold()).set_axis(values.index),
                )
        words = "has no line in coding.csv"
        if dictionary is not None:
            named = study.dictionary_of(source.form)
            words = f"is no term of {named.name} {named.version}, and {words}"
        add("CODING", topic, form[f"{domain}DECOD"].isna(), words)
    return form, found
