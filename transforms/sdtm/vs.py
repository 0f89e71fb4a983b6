"""VS: vital signs (SDTMIG 3.4 section 6.3), and what all findings with one result a row have in common."""

import pandas as pd

from schemas.study import Study
from schemas.terminology import name_of
from transforms.dates import day_number
from transforms.distinct import constant, mapped, replaced, texts_of
from transforms.sdtm.records import collected, days, dtc, epochs, looked_up, of_subject, ordered, where
from transforms.sdtm.sv import visit_variables
from transforms.timing import last_before_exposure_flag
from transforms.units import number_text, standardised

# tests that have one standard unit here; every other result is standard in the unit collected
STANDARD_UNITS = {"WEIGHT": "kg", "HEIGHT": "cm", "TEMP": "C"}
STANDARD_UNITS |= {"SYSBP": "mmHg", "DIABP": "mmHg", "MAP": "mmHg", "PULSE": "beats/min", "HR": "beats/min"}
STANDARD_UNITS |= {"RESP": "breaths/min", "OXYSAT": "%", "BMI": "kg/m2", "BSA": "m2"}


def vs(form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per vital sign, time point and visit.

    - VSSTRESN: VSORRES as a number, converted to kg, cm, C, mmHg, beats/min or breaths/min; any other test in the unit
      collected. Missing where it is no number or its unit is not known.
    - VSLOBXFL: Y on the last result of each subject and test before first exposure (DM.RFXSTDTC). On the day of first
      exposure the times decide where both are known; without them a record counts as {untimed_on_first_dose_day},
      but one at a planned time point only if its time says that it came before: without one it may as well be the
      one after dosing.
    """
    records = collected(form, study, "VS", ("VSTESTCD", "VSTPT", "VSTPTNUM", "VSPOS", "VSLOC"))
    records["VSTEST"] = looked_up(form["VSTESTCD"], name_of("C66741", "C67153"))
    standard = looked_up(form["VSTESTCD"], STANDARD_UNITS)
    records = records.join(results(form, "VS", standard)).join(visit_variables(form, "VSDAT", visits, study))
    records = records.join(timing(form, "VS", dm, se))
    records = ordered(
        records,
        "VSSEQ",
        [records[name] for name in ("VSTESTCD", "VISITNUM", "VSTPTNUM", "VSDTC") if name in records],
    )
    return last_before_exposure(records, "VS", ["USUBJID", "VSTESTCD"], dm, study)


def results(form: pd.DataFrame, domain: str, standard: pd.Series | None = None) -> pd.DataFrame:
    """One record per form row: --ORRES as collected, the standard result, and why there is none.

    - --TEST: the name of the test with the short name --TESTCD, in controlled terminology or as the study has it.
    - --STRESC: the result in the standard unit as text; a result in words is its own standard result (SDTMIG 3.4
      section 4.5.1).
    - --STRESN: --ORRES as a number, converted to --STRESU. Missing where it is no number or its unit is not known.
    - --STRESU: the standard unit of the test; the unit collected where the test has none.

    `standard` names the unit wanted, row by row; a number whose unit is unknown then has no standard result."""
    text, unit = form[f"{domain}ORRES"], form.get(f"{domain}ORRESU")
    number, own = form[f"{domain}ORRES.number"], form[f"{domain}ORRES.number"]
    out = {f"{domain}ORRES": text}
    done = text.notna()
    if unit is not None:
        out[f"{domain}ORRESU"] = unit.where(done)
        own_unit = unit
        if standard is not None:
            for wanted in standard.dropna().unique():
                here = standard == wanted
                number = number.mask(here, standardised(own, unit, wanted))
            own_unit = replaced(unit, standard.notna(), standard)
        out[f"{domain}STRESU"] = texts_of(own_unit).where(number.notna())
    out[f"{domain}STRESC"] = replaced(number_text(number), done & own.isna(), text)
    out[f"{domain}STRESN"] = number
    out[f"{domain}STAT"] = where(~done, "NOT DONE")
    out[f"{domain}REASND"] = not_done_reason(form, domain)
    return pd.DataFrame(out, index=form.index)


def in_capitals(texts: pd.Series, terms: frozenset[str]) -> pd.Series:
    """One record per row: the text, in capitals where that makes it a term."""
    return mapped(texts, lambda values: values.mask(values.str.upper().isin(terms), values.str.upper()))


def not_done_reason(form: pd.DataFrame, domain: str) -> pd.Series:
    """One record per row: --REASND of what was not done; a missing code may say no more than NOT DONE."""
    if f"{domain}ORRES.reason" not in form:  # the source has no missing codes
        return pd.Series(constant(None, len(form)), index=form.index)
    reason = texts_of(form[f"{domain}ORRES.reason"])
    return reason.where(form[f"{domain}ORRES"].isna() & reason.ne("NOT DONE"))


def timing(form: pd.DataFrame, domain: str, dm: pd.DataFrame, se: pd.DataFrame) -> pd.DataFrame:
    """One record per form row: --DTC, --DY and EPOCH of the assessment."""
    date = form[f"{domain}DAT"]
    of = {f"{domain}DTC": dtc(form, domain), f"{domain}DY": days(date, form["USUBJID"], dm)}
    return pd.DataFrame(of | {"EPOCH": epochs(date, form["USUBJID"], se)}, index=form.index)


def last_before_exposure(
    records: pd.DataFrame, domain: str, by: list[str], dm: pd.DataFrame, study: Study
) -> pd.DataFrame:
    """The records, in order, with --LOBXFL."""
    dated = records[[*by, f"{domain}DTC"]].assign(RFXSTDTC=of_subject(records["USUBJID"], dm, "RFXSTDTC"))
    measured = records[f"{domain}STRESC"].notna()
    if f"{domain}TPT" in records:
        timed = mapped(records[f"{domain}DTC"], lambda values: values.str.contains("T")).eq(1)
        measured &= (
            timed
            | records[f"{domain}TPT"].isna()
            | (day_number(records[f"{domain}DTC"]) != day_number(dated["RFXSTDTC"]))
        )
    untimed = study.policies.untimed_on_first_dose_day
    flags = last_before_exposure_flag(dated, by, f"{domain}DTC", "RFXSTDTC", measured, untimed)
    return records.assign(**{f"{domain}LOBXFL": flags})
