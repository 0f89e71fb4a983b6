"""QS: questionnaires (SDTMIG 3.4 section 6.3). RS is laid out in the same way."""

import pandas as pd

from schemas.study import Source, Study
from transforms.instruments import instrument
from transforms.sdtm.questionnaires import domain_records, questionnaire
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
        when = visit_variables(form, f"{domain}DAT", visits, study).join(timing(form, domain, dm, se))
        given = form.drop(columns=["VISIT", f"{domain}DAT", f"{domain}TIM"], errors="ignore").join(when)
        given["RFXSTDTC"] = of_subject(form["USUBJID"], dm, "RFXSTDTC")
        records, doubts = questionnaire(
            given,
            instrument(source.instrument),
            domain,
            study.id,
            untimed=study.policies.untimed_on_first_dose_day,
            missing_item=study.policies.dlqi_missing_item,
        )
        frames.append(records)
        # a missing unit and a value beyond the scale are told at the form door
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
