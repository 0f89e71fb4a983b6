"""QS: questionnaires (SDTMIG 3.4 section 6.3). RS is laid out in the same way."""

import pandas as pd

from schemas.study import Source, Study
from transforms.instruments import Instrument, instrument_of
from transforms.sdtm.questionnaires import by_questionnaire, domain_records, questionnaire
from transforms.sdtm.records import finding, of_subject, together
from transforms.sdtm.sv import visit_variables
from transforms.sdtm.vs import timing
from transforms.units import number_text


def qs(
    sources: dict, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item per questionnaire filled in per subject; and the findings on them."""
    return instrument_records(sources, "QS", dm, se, visits, study)


def instrument_records(
    sources: dict, domain: str, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item of the domain's instruments, in the order of the study file; and the findings.

    Visit, study day and epoch are worked out once per questionnaire, before its items are laid out."""
    frames, found = [], []
    for name, form in sources.items():
        source = study.file.sources[name]
        known = instrument_of(source, study)
        if source.item_per_row:
            found.append(_items(form, known, domain, study))
            form = by_questionnaire(form, known, domain)
        when = visit_variables(form, f"{domain}DAT", visits, study).join(timing(form, domain, dm, se))
        given = form.drop(columns=["VISIT", f"{domain}DAT", f"{domain}TIM"], errors="ignore").join(when)
        given["RFXSTDTC"] = of_subject(form["USUBJID"], dm, "RFXSTDTC")
        records, doubts = questionnaire(
            given,
            known,
            domain,
            study.id,
            untimed=study.policies.untimed_on_first_dose_day,
            missing_item=study.policies.dlqi_missing_item,
        )
        frames.append(records)
        # a missing unit and a value beyond the scale are told at the form door, or of each row
        found.append(_totals(doubts[doubts["rule"] == "total"].assign(_source=name), source, study))
    return domain_records(frames, domain), together(found)


def _totals(doubts: pd.DataFrame, source: Source, study: Study) -> pd.DataFrame:
    """One finding per score of the site that is not the one that its items give: PASI-TOTAL, DLQI-TOTAL."""
    family = source.instrument.split()[0]
    found = []
    for item, rows in doubts.groupby("item"):
        message = "the items give " + number_text(rows["computed"]).astype("str")
        value = number_text(rows["reported"])
        found.append(finding(study, f"{family}-TOTAL", "warning", rows, item, message, value))
    return together(found)


def _items(form: pd.DataFrame, known: Instrument, domain: str, study: Study) -> pd.DataFrame:
    """One finding per row of one item whose answer is none, lies beyond the scale, has no unit or comes twice."""
    result, unit = f"{domain}ORRES", f"{domain}ORRESU"
    number, testcd = form[f"{result}.number"], form[f"{domain}TESTCD"].astype("str")
    items = known.items.set_index("testcd").reindex(testcd).set_index(form.index)
    wordless = form[result].notna() & number.isna() & len(known.responses)
    no_answer = wordless & ~form[result].astype("str").str.casefold().isin(known.responses["response"].str.casefold())
    units = form[unit].astype("str") if unit in form else pd.Series(pd.NA, index=form.index, dtype="str")
    bare = number.notna() & items["unit"].notna() & units.isna()
    comparable = items["unit"].isna() | units.eq(items["unit"].astype("str")).fillna(False)
    beyond = comparable & ((number < items["min"]) | (number > items["max"]))
    same = [name for name in ("USUBJID", "VISIT", f"{domain}DAT", f"{domain}TIM", f"{domain}TESTCD") if name in form]
    twice = form.duplicated(same)
    low, high = number_text(items["min"]).astype("str"), number_text(items["max"]).astype("str")
    beyond_words = "is not between " + low + " and " + high
    return together(
        [
            finding(
                study,
                "NUMBER",
                "error",
                form[no_answer],
                result,
                f"is no number, nor an answer of {known.category}",
            ),
            finding(study, "UNIT", "error", form[bare], result, "has no unit and cannot be standardised"),
            finding(study, "RANGE", "error", form[beyond], result, beyond_words[beyond]),
            finding(
                study,
                "DUPLICATE",
                "warning",
                form[twice],
                result,
                "is a second answer to one item: the first stands",
            ),
        ]
    )
