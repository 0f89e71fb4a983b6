"""From questionnaires filled in (one row each, items side by side) to QS and RS (one row per item).

A study of any size spends its time here, so everything is worked out per questionnaire and per distinct
answer; the long table is made of positions only, and is laid out once.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from transforms.dates import earliest_second
from transforms.distinct import distinct, mapped, ranks, stacked
from transforms.instruments import Instrument
from transforms.instruments.adas_cog import adas_cog_scores
from transforms.instruments.dlqi import dlqi_scores, problem_asked
from transforms.instruments.mmse import mmse_scores
from transforms.instruments.npi_x import npi_x_asked, npi_x_scores
from transforms.instruments.pasi import SCORED, pasi_scores
from transforms.timing import before_exposure, flag, sequence
from transforms.units import number_text, standardised

CARRIED = ["USUBJID", "VISITNUM", "VISIT", "VISITDY", "TAETORD", "EPOCH", "_file", "_row"]
# how far a site's own score may lie from the one that its items give; sites round these to one decimal
TOLERANCE = {"PASI": 0.05, "ADAS-COG": 0.05}
# instruments whose score is a sum of numbers: all of their scored items go in
SUMS = {"ADAS-COG": adas_cog_scores, "NPI-X": npi_x_scores, "MMSE": mmse_scores}

# distinct texts, and for each row the position of its own in there (-1: missing)
Texts = tuple[Sequence[str], np.ndarray]


class Answer(NamedTuple):
    """One item on every questionnaire: as collected, as standard text and number, unit, and why not done."""

    orres: Texts
    stresc: Texts
    stresn: np.ndarray
    orresu: Texts
    reason: Texts


def questionnaire(
    visits: pd.DataFrame,
    instrument: Instrument,
    domain: str,
    studyid: str,
    *,
    untimed: str,
    missing_item: str,
    derived: str = "total",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item per questionnaire filled in per subject; and one finding per doubtful score.

    visits: one row per questionnaire with USUBJID, VISITNUM, --DTC, RFXSTDTC, _file, _row and what else is to
    be carried (the other timing variables, variables of the domain); its items in columns named by number
    ("01": scores, or answers of the instrument), and "01.unit", "01.reason" (why there is no answer),
    "01.verbatim" (a text that is no answer), "01._row" (where the item has a row of its own) where they apply.

    - --STRESC: the score of the answer, or the answer itself where it has none.
    - --STRESN: the score of the answer, in the instrument's unit; of a score that the site did not report, the one that
      the items give by the instrument's scoring. {instruments}
    - --STRESU: the instrument's unit.
    - --DRVFL: Y on a score that the site did not report and that its items give.
    - --LOBXFL: Y on the last standard result before first exposure (DM.RFXSTDTC) of each subject and item. On the day
      of first exposure the times decide where both are known; without them a record counts as
      {untimed_on_first_dose_day}.

    - An item left blank on a questionnaire that has an answer is NOT DONE, and so is one with a reason; a
      blank questionnaire gives no records. What was not to be asked is not NOT DONE (`_asked`).
    - A score that the site reported stays as collected. Where it gave none, the score that the items give is
      added and flagged --DRVFL, without --ORRES (`derived`: the "total" and the scores of its domains, or "all"
      scores of the instrument).
    - Results are in the instrument's unit; a value without a unit has no standard result.

    Findings: rule "total" (reported and computed score differ), "range" (beyond the item's range), "unit"
    (none that leads to the instrument's).
    """
    order = np.lexsort([ranks(visits[f"{domain}DTC"]), visits["VISITNUM"], ranks(visits["USUBJID"])])
    visits = visits.iloc[order].reset_index(drop=True)
    items = instrument.items
    findings = [_finding("", visits, "", np.zeros(len(visits), bool), np.zeros(len(visits)))]
    answers = {item: _answer(visits, instrument, item, findings) for item in items.index if item in visits}
    computed = _scores(visits, instrument, answers, missing_item)
    by_us = {}
    for item, score in computed.items():
        if item in answers:
            reported = answers[item].stresn
            differs = np.abs(reported - score) > TOLERANCE.get(instrument.scored, 0) + 1e-9
            findings.append(_finding("total", visits, item, differs, reported, score))
        if derived == "all" or items.at[item, "kind"] in ("total", "domain"):
            answers[item], by_us[item] = _completed(answers.get(item), score)
    shown = [item for item in items.index if item in answers]
    columns = Answer(*zip(*(answers[item] for item in shown), strict=True))
    orres, orres_texts = _merged(columns.orres)
    stresc, stresc_texts = _merged(columns.stresc)
    reason, reason_texts = _merged(columns.reason)
    stresn = np.column_stack(columns.stresn)

    answered = orres >= 0
    asked = _asked(visits, instrument, shown, answered, answers)
    not_done = asked & ~answered & (answered.any(axis=1, keepdims=True) | (reason >= 0))
    # a missing code may say no more than NOT DONE
    told = ~np.isin(reason, [n for n, text in enumerate(reason_texts) if text == "NOT DONE"])
    no = np.zeros(len(visits), dtype=bool)
    added = np.column_stack([by_us.get(item, no) for item in shown])
    kept = answered | not_done | added
    last = _last_before_exposure(visits, domain, stresc >= 0, untimed)

    row = np.repeat(np.arange(len(visits)), kept.sum(axis=1))
    place = np.broadcast_to(np.arange(len(shown)), kept.shape)[kept]
    none = np.zeros(len(row), dtype=np.int8)
    collected = {f"{domain}DAT", f"{domain}TIM"}  # of the form; --DTC is made of them
    own = [name for name in visits if name.startswith(domain) and name.isalpha() and name not in collected]
    long = {name: visits[name].array.take(row) for name in [*CARRIED, *own] if name in visits}
    if any(f"{item}._row" in visits for item in shown):
        rows = [visits.get(f"{item}._row", visits["_row"]).fillna(visits["_row"]) for item in shown]
        long["_row"] = np.column_stack(rows)[kept].astype("int64")
    long |= {
        "STUDYID": _category(none, [studyid]),
        "DOMAIN": _category(none, [domain]),
        f"{domain}TESTCD": _category(place, items.loc[shown, "testcd"]),
        f"{domain}TEST": _category(place, items.loc[shown, "test"]),
        f"{domain}CAT": _category(none, [instrument.category]),
        f"{domain}ORRES": _category(orres[kept], orres_texts),
        f"{domain}STRESC": _category(stresc[kept], stresc_texts),
        f"{domain}STRESN": stresn[kept],
        f"{domain}STAT": flag(len(row), not_done[kept], word="NOT DONE").array,
        f"{domain}REASND": _category(np.where(not_done & told, reason, -1)[kept], reason_texts),
        f"{domain}LOBXFL": flag(len(row), last[kept]).array,
    }
    if "subcategory" in items and items["subcategory"].any():
        groups, of_item = distinct(items.loc[shown, "subcategory"].replace("", None))
        long[f"{domain}SCAT"] = _category(of_item[place], groups)
    if (items["origin"] == "derived").any():
        long[f"{domain}DRVFL"] = flag(len(row), added[kept]).array
    if items["unit"].notna().any():
        orresu, unit_texts = _merged(columns.orresu)
        standard = items["unit"].dropna().unique()
        of_item = pd.Index(standard).get_indexer(items.loc[shown, "unit"])
        long[f"{domain}ORRESU"] = _category(np.where(answered, orresu, -1)[kept], unit_texts)
        long[f"{domain}STRESU"] = _category(np.where(np.isnan(stresn), -1, of_item)[kept], standard)
    return pd.DataFrame(long, copy=False), pd.concat(findings, ignore_index=True)


def by_questionnaire(form: pd.DataFrame, instrument: Instrument, domain: str) -> pd.DataFrame:
    """One record per questionnaire, its items side by side, from a form with one row per item.

    Rows belong together that agree in subject, visit, date and whatever else they say of the questionnaire. Each
    item keeps its own row of the source; of two rows for one item the first stands."""
    testcd, result = f"{domain}TESTCD", f"{domain}ORRES"
    of_item = {testcd, result, f"{result}.number", f"{result}.reason", f"{domain}ORRESU", "_row"}
    same = [name for name in form if name not in of_item]
    group = form.groupby(same, sort=False, observed=True, dropna=False).ngroup()
    wide = form.loc[~group.duplicated(), [*same, "_row"]].reset_index(drop=True)
    answers = instrument.responses["response"]
    spelling = dict(zip(answers.str.casefold(), answers, strict=True))
    results = mapped(form[result], lambda values: values.map(lambda text: spelling.get(text.casefold(), text)))
    for item, code in instrument.items["testcd"].items():
        rows = np.flatnonzero(form[testcd] == code)[::-1]
        at = np.full(len(wide), -1)
        at[group.to_numpy()[rows]] = rows
        columns = {"": results, ".reason": form.get(f"{result}.reason"), ".unit": form.get(f"{domain}ORRESU")}
        columns["._row"] = form["_row"].astype("float64")
        for part, column in columns.items():
            if column is not None:
                wide[f"{item}{part}"] = take(column.array, at, allow_fill=True)
    return wide


def domain_records(frames: Iterable[pd.DataFrame], domain: str) -> pd.DataFrame:
    """One record per record of the frames: each subject's together, in the frames' order, with --SEQ."""
    records = stacked(frames)
    records = records.take(np.argsort(ranks(records["USUBJID"]), kind="stable")).reset_index(drop=True)
    return records.assign(**{f"{domain}SEQ": sequence(records["USUBJID"])})


def _answer(visits: pd.DataFrame, instrument: Instrument, item: str, findings: list[pd.DataFrame]) -> Answer:
    kind, unit, low, high = instrument.items.loc[item, ["kind", "unit", "min", "max"]]
    responses = instrument.responses[instrument.responses["kind"] == kind]
    nothing = ([], np.full(len(visits), -1))
    units, reason, verbatim = (
        distinct(visits[f"{item}.{what}"]) if f"{item}.{what}" in visits else nothing
        for what in ("unit", "reason", "verbatim")
    )
    values, at = distinct(visits[item])
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    score = numbers.fillna(values.map(responses.set_index("response")["score"]).astype(float))
    stresc = orres = number_text(numbers).astype("str").fillna(values.astype("str"))
    # a score has its answer's name where each answer has its own score (not so in DLQI: two score 0)
    if responses["score"].notna().all() and responses["score"].is_unique:
        orres = numbers.map(responses.set_index("score")["response"]).astype("str").fillna(orres)
    if len(responses):
        stresc = number_text(score).astype("str").fillna(stresc.where(values.isin(responses["response"])))

    collected = stresn = np.append(score, np.nan)[at]
    if pd.notna(unit):
        unit_of = visits.get(f"{item}.unit", pd.Series(pd.NA, index=visits.index, dtype="str"))
        stresn = standardised(pd.Series(collected), unit_of, unit).to_numpy()
        findings.append(_finding("unit", visits, item, np.isnan(stresn) & ~np.isnan(collected), collected))
    beyond = (stresn < low) | (stresn > high)
    if beyond.any():
        findings.append(_finding("range", visits, item, beyond, collected))
        stresn = np.where(beyond, np.nan, stresn)
    measured = pd.notna(unit)
    standard = distinct(number_text(pd.Series(stresn))) if measured else (stresc, np.where(beyond, -1, at))
    return Answer(_filled((orres, at), verbatim), standard, stresn, units, reason)


def _completed(site: Answer | None, score: pd.Series) -> tuple[Answer, np.ndarray]:
    """The site's answers with our score where there is none, and where that is. What was not collected has
    no --ORRES (SDTMIG 3.4 section 4.5.1.1)."""
    if site is None:
        nothing = ([], np.full(len(score), -1))
        site = Answer(nothing, nothing, np.full(len(score), np.nan), nothing, nothing)
    ours = (site.orres[1] < 0) & score.notna().to_numpy()
    stresc = _filled(site.stresc, distinct(number_text(score)), ours)
    return site._replace(stresc=stresc, stresn=np.where(ours, score, site.stresn)), ours


def _scores(
    visits: pd.DataFrame, instrument: Instrument, answers: dict[str, Answer], missing_item: str
) -> dict[str, np.ndarray]:
    """Item -> the score that the scored items give, on every questionnaire."""
    nan = np.full(len(visits), np.nan)
    if instrument.scored == "DLQI":
        asked = instrument.items.index[instrument.items["origin"] == "scored"]
        return dict(dlqi_scores(visits.reindex(columns=asked), missing_item).items())
    if instrument.scored == "PASI":
        numbers = pd.DataFrame({item: answers[item].stresn if item in answers else nan for item in SCORED})
        return dict(pasi_scores(numbers).items())
    if instrument.scored in SUMS:
        asked = instrument.items.index[instrument.items["origin"] == "scored"]
        numbers = pd.DataFrame({item: answers[item].stresn if item in answers else nan for item in asked})
        return dict(SUMS[instrument.scored](numbers).items())
    return {}


def _asked(
    visits: pd.DataFrame,
    instrument: Instrument,
    shown: list[str],
    answered: np.ndarray,
    answers: dict[str, Answer],
) -> np.ndarray:
    """One row per questionnaire, one column per item: True where an answer was to be given.

    What comes with a row per item was asked where there is a row. DLQI 07A is only asked after NO on 07, what an
    NPI says of a behaviour only where it is there, and MMSE asks for serial sevens or a word backward.
    """
    asked = np.tile((instrument.items.loc[shown, "origin"] == "scored").to_numpy(), (len(visits), 1))
    if instrument.scored == "DLQI" and "07A" in shown:
        asked[:, shown.index("07A")] = problem_asked(visits)
    if instrument.scored == "NPI-X":
        told = dict(zip(shown, answered.T, strict=True))
        present = {item: answers[item].stresn == 1 for item in shown}
        for n, item in enumerate(shown):
            if instrument.items.at[item, "origin"] == "scored":
                asked[:, n] = npi_x_asked(told, present, item)
    if instrument.scored == "MMSE":
        kinds = instrument.items.loc[shown, "kind"].to_numpy()
        for kind, other in (("serial_sevens", "spelled_backward"), ("spelled_backward", "serial_sevens")):
            one_done = answered[:, kinds == kind].any(axis=1)
            other_done = answered[:, kinds == other].any(axis=1)
            asked[:, kinds == kind] = (one_done | ~other_done)[:, None]
    for n, item in enumerate(shown):
        if f"{item}._row" in visits:
            asked[:, n] &= visits[f"{item}._row"].notna().to_numpy()
    return asked


def _last_before_exposure(visits: pd.DataFrame, domain: str, measured: np.ndarray, untimed: str) -> np.ndarray:
    """One row per questionnaire, one column per item: True on the subject's last result before exposure."""
    dtc = visits[f"{domain}DTC"]
    early = np.flatnonzero(before_exposure(dtc, visits["RFXSTDTC"], untimed))
    subject, moment = ranks(visits["USUBJID"])[early], earliest_second(dtc).to_numpy()[early]
    order = np.lexsort([early, moment, subject])
    early, subject = early[order], subject[order]
    flags = np.zeros(measured.shape, dtype=bool)
    if len(early):
        starts = np.flatnonzero(np.append(True, subject[1:] != subject[:-1]))
        places = np.where(measured[early], np.arange(len(early))[:, None], -1)
        last = np.maximum.reduceat(places, starts, axis=0)
        _, item = np.nonzero(last >= 0)
        flags[early[last[last >= 0]], item] = True
    return flags


def _finding(
    rule: str, visits: pd.DataFrame, item: str, where: np.ndarray, reported: np.ndarray, computed=np.nan
) -> pd.DataFrame:
    found = visits[["USUBJID", "_file", "_row"]].assign(reported=reported, computed=computed)
    return found[np.asarray(where)].assign(rule=rule, item=item)


def _filled(first: Texts, second: Texts, where: np.ndarray | None = None) -> Texts:
    """`first`, and `second` where `first` is missing (or where `where` says)."""
    where = first[1] < 0 if where is None else where
    shifted = np.where(second[1] < 0, -1, second[1] + len(first[0]))
    return [*first[0], *second[0]], np.where(where, shifted, first[1])


def _merged(columns: Sequence[Texts]) -> tuple[np.ndarray, list[str]]:
    """One column of positions per item, and the one list of texts that all point to."""
    vocabulary: dict[str, int] = {}
    positions = np.empty((len(columns[0][1]), len(columns)), dtype=np.int32)
    for n, (texts, at) in enumerate(columns):
        known = [vocabulary.setdefault(text, len(vocabulary)) if text == text else -1 for text in texts]
        positions[:, n] = np.array([*known, -1])[at]
    return positions, list(vocabulary)


def _category(codes: np.ndarray, texts: Sequence[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype="str"))
