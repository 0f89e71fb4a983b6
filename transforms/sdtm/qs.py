"""QS: questionnaires (SDTMIG 3.4 section 6.3). RS is laid out in the same way."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import stacked
from transforms.instruments import instrument
from transforms.sdtm.questionnaires import domain_records, questionnaire
from transforms.sdtm.records import finding, no_findings, of_subject
from transforms.sdtm.sv import visit_variables
from transforms.sdtm.vs import timing

RULES = {
    "total": ("TOTAL", "warning", "the items give "),
    "range": ("RANGE", "error", "is beyond the scale"),
    "unit": ("UNIT", "warning", "has no unit: there is no standard result"),
}


def qs(
    sources: dict, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item per questionnaire filled in per subject; and the findings on them."""
    return instrument_records(sources, "QS", dm, se, visits, study)


def instrument_records(
    sources: dict, domain: str, dm: pd.DataFrame, se: pd.DataFrame, visits: pd.DataFrame, study: Study
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One record per item of every instrument of the domain, in the order of the study file, with --SEQ; and the findings.

    Visit, study day and epoch are worked out once per questionnaire, before its items are laid out."""
    frames, found = [], [no_findings()]
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
        found.append(_findings(doubts, name, source.instrument))
    return domain_records(frames, domain), pd.concat(
        [frame for frame in found if len(frame)] or found, ignore_index=True
    )


def _findings(doubts: pd.DataFrame, source: str, category: str) -> pd.DataFrame:
    """One finding per doubtful score: PASI-TOTAL, DLQI-RANGE ..."""
    family = category.split()[0]
    parts = [no_findings()]
    for kind, (rule, severity, message) in RULES.items():
        rows = doubts[doubts["rule"] == kind]
        said = message + rows["computed"].astype("str") if kind == "total" else message
        part = finding(f"{family}-{rule}", severity, source, rows, "", rows["reported"], said)
        parts.append(part.assign(column=rows["item"].astype("str")))
    return stacked([part for part in parts if len(part)] or parts[:1])
