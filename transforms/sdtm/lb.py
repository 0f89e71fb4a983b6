"""LB: laboratory tests (SDTMIG 3.4 section 6.3)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from schemas.terminology import codelist, name_of
from transforms.distinct import mapped, replaced
from transforms.sdtm.records import collected, finding, looked_up, no_findings, ordered, together, where
from transforms.sdtm.sv import visit_variables
from transforms.sdtm.vs import in_capitals, last_before_exposure, not_done_reason, timing
from transforms.units import lab_standard, number_text, rounded

COLLECTED = (
    "LBSPID", "LBREFID", "LBNAM", "LBTESTCD", "LBCAT", "LBSCAT", "LBTPT", "LBTPTNUM", "LBSTNRC", "LBSPEC", "LBSPCCND",
    "LBMETHOD", "LBFAST", "LBCLSIG", "LBLOINC",
)  # fmt: skip
GROUP = ("LBTESTCD", "LBCAT", "LBSPEC", "LBMETHOD")
BEYOND = r"^([<>]=?|[≤≥]) ?([+-]?[\d.]+(?:[eE][+-]?\d+)?)$"  # <5, >= 100
WORDS = codelist("C102580").terms


def lb(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per lab test, time point and visit; and the findings on them.

    - Results and the limits of their range go to the standard unit by one and the same factor, or stay out of it
      together (`lab_results`). The unit is by policy lab_units.
    - LBSTRESN: LBORRES as a number in LBSTRESU; missing for a result in words or beyond what can be measured (<5), and
      where no factor leads from the unit collected to the standard one. Units: {lab_units}.
    - LBSTNRLO, LBSTNRHI: the limit of the reference range in LBSTRESU, converted by the factor of the result.
    - LBNRIND: the laboratory's; where it gives none, LOW, NORMAL or HIGH of the result against its range in the unit
      collected, and NORMAL or ABNORMAL of a result in words. Missing where that is not certain.
    """
    records = collected(form, study, "LB", COLLECTED)
    records["LBTEST"] = looked_up(form["LBTESTCD"], name_of("C65047", "C67154"))
    records = records.join(lab_results(form, study))
    by_range = range_indicator(form)
    records["LBNRIND"] = by_range
    if "LBNRIND" in form:
        records["LBNRIND"] = replaced(form["LBNRIND"], form["LBNRIND"].isna(), by_range)
    records = records.join(visit_variables(form, "LBDAT", visits, study)).join(timing(form, "LB", dm, se))
    group = [name for name in GROUP if name in records]
    by = [records[name] for name in (*group, "VISITNUM", "LBTPTNUM", "LBDTC") if name in records]
    records = last_before_exposure(ordered(records, "LBSEQ", by), "LB", ["USUBJID", *group], dm, study)
    return records, _doubts(form, by_range, study)


def lab_results(form: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per form row: result and range as collected and in standard units, and why there is no result.

    A result beyond what can be measured (<5) keeps its sign in LBSTRESC, in the standard unit, and has no number. A
    result in words is its own standard result, a term of the codelist in capitals. Where no factor leads from the
    unit collected to the standard one, neither the number nor its limits have a standard value."""
    text, number, unit = form["LBORRES"], form["LBORRES.number"], form.get("LBORRESU")
    done = text.notna()
    unit = pd.Series(pd.NA, index=form.index, dtype="str") if unit is None else unit.astype("str").where(done)
    factor, standard = lab_standard(form["LBTESTCD"], unit, study.policies.lab_units)
    beyond = text.astype("str").str.extract(BEYOND)
    limit = pd.to_numeric(beyond[1]) * factor
    value = rounded(number * factor)
    words = in_capitals(text, WORDS).astype("str")
    stresc = number_text(value).astype("str")
    stresc = stresc.mask(limit.notna(), beyond[0] + number_text(rounded(limit)).astype("str"))
    stresc = stresc.mask(done & number.isna() & beyond[0].isna(), words)
    amount = value.notna() | limit.notna()
    out = {
        "LBORRES": text,
        "LBORRESU": unit.astype("category"),
        "LBSTRESC": stresc.astype("category"),
        "LBSTRESN": value,
        "LBSTRESU": standard.where(amount).astype("category"),
        "LBSTAT": where(~done, "NOT DONE"),
        "LBREASND": not_done_reason(form, "LB"),
    }
    for name, std in (("LBORNRLO", "LBSTNRLO"), ("LBORNRHI", "LBSTNRHI")):
        if name in form:
            out[name] = form[name]
            out[std] = rounded(form[f"{name}.number"] * factor).where(amount)
    return pd.DataFrame(out, index=form.index)


def range_indicator(form: pd.DataFrame) -> pd.Series:
    """One record per form row: LOW, NORMAL or HIGH against the range, in the unit collected; a result in words is
    NORMAL if it is among the normal answers, else ABNORMAL. Missing where that is not certain: without a range, with
    a limit that cannot be read, or where a result such as <5 leaves it open."""
    number, text = form["LBORRES.number"], form["LBORRES"].astype("str")
    beyond = text.str.extract(BEYOND)
    sign, limit = beyond[0].astype("str").fillna(""), pd.to_numeric(beyond[1])
    below, above = sign.isin(["<", "<=", "≤"]), sign.isin([">", ">=", "≥"])
    least = number.where(~above, limit).fillna(-np.inf)
    most = number.where(~below, limit).fillna(np.inf)
    numeric = number.notna() | limit.notna()
    low, high = (form.get(f"{name}.number", pd.Series(np.nan, index=form.index)) for name in ("LBORNRLO", "LBORNRHI"))
    unread = pd.Series(False, index=form.index)
    for name, value in (("LBORNRLO", low), ("LBORNRHI", high)):
        if name in form:
            unread |= form[name].notna() & value.isna()
    known = low.notna() | high.notna()
    found = pd.Series(pd.NA, index=form.index, dtype="str")
    inside = (low.isna() | (least >= low)) & (high.isna() | (most <= high))
    found = found.mask(numeric & known & ~unread & inside, "NORMAL")
    found = found.mask(numeric & ((most < low) | ((sign == "<") & (most <= low))), "LOW")
    found = found.mask(numeric & ((least > high) | ((sign == ">") & (least >= high))), "HIGH")
    if "LBSTNRC" in form:
        worded = text.notna() & ~numeric & form["LBSTNRC"].notna()
        normal = mapped((text + "\n" + form["LBSTNRC"].astype("str")).str.upper(), _among_the_normal).eq(1)
        found = found.mask(worded & normal, "NORMAL").mask(worded & ~normal, "ABNORMAL")
    return found.astype("category")


def _among_the_normal(pairs: pd.Series) -> pd.Series:
    """One record per answer with the normal answers on its second line, separated by semicolons."""
    pairs = [pair.split("\n", 1) for pair in pairs]
    return pd.Series([answer in {part.strip() for part in normal.split(";")} for answer, normal in pairs], dtype=bool)


def _doubts(form: pd.DataFrame, by_range: pd.Series, study: Study) -> pd.DataFrame:
    """One finding per number without a way to its standard unit, range that is upside down, and indicator of the
    laboratory that its own range does not bear out."""
    unit = form["LBORRESU"].astype("str") if "LBORRESU" in form else pd.Series(pd.NA, index=form.index, dtype="str")
    factor, standard = lab_standard(form["LBTESTCD"], unit, study.policies.lab_units)
    lost = form["LBORRES.number"].notna() & factor.isna()
    column = "LBORRESU" if "LBORRESU" in form else "LBORRES"
    words = "does not lead to the standard unit of the test, " + standard[lost].astype("str")
    found = [no_findings(), finding(study, "UNIT", "error", form[lost], column, words)]
    if "LBORNRLO" in form and "LBORNRHI" in form:
        swapped = form["LBORNRLO.number"] > form["LBORNRHI.number"]
        words = "is above the upper limit, " + form.loc[swapped, "LBORNRHI"].astype("str")
        found.append(finding(study, "RANGE", "error", form[swapped], "LBORNRLO", words))
    if "LBNRIND" in form:
        theirs, ours = form["LBNRIND"].astype("str"), by_range.astype("str")
        borne_out = (theirs == ours) | (theirs.eq("ABNORMAL") & ours.isin(["LOW", "HIGH"]))
        differ = theirs.notna() & ours.notna() & ~borne_out.fillna(False)
        words = "its range gives " + ours[differ]
        found.append(finding(study, "LB-RANGE", "warning", form[differ], "LBNRIND", words))
    return together(found)
