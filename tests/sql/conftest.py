"""A small psoriasis study to run SQL on: doses at weeks 0, 4, 8, visits at week 4, week 12, one year."""

import duckdb
import pandas as pd
import pytest

from flows import analysis
from schemas.adam import DATASETS as ADAM
from schemas.door import conform
from schemas.study import Analysis, Arm, Dose, Policies, Study, StudyFile, Visit

VISITS = [
    # VISITNUM, VISIT, VISITDY, EPOCH, AVISIT, AVISITN, AWLO, AWHI
    (1, "SCREENING", -14, "SCREENING", None, None, None, None),
    (2, "WEEK 0", 1, "TREATMENT", "Baseline", 0, -28, 1),
    (3, "WEEK 4", 29, "TREATMENT", "Week 4", 4, 2, 42),
    (4, "WEEK 8", 57, "TREATMENT", None, None, None, None),
    (5, "WEEK 12", 85, "TREATMENT", "Week 12", 12, 43, 126),
    (6, "ONE YEAR", 449, "FOLLOW-UP", "One Year", 64, 351, 540),
]
NAMES = ("VISITNUM", "VISIT", "VISITDY", "EPOCH", "AVISIT", "AVISITN", "AWLO", "AWHI")
EPOCHS = ("SCREENING", "TREATMENT", "FOLLOW-UP")


@pytest.fixture(scope="session")
def study():
    return Study.model_construct(
        file=StudyFile.model_construct(
            study=StudyFile.Header.model_construct(id="PSO"),
            policies=Policies.model_construct(untimed_on_first_dose_day="before_dose"),
            sources={},
            analysis=Analysis(treatment_emergent_days=30, unknown_ae_start="treatment_emergent"),
            doses=[
                Dose(visit=visit, treatment="AD-MSC", dose=0.5, unit="10^6/kg")
                for visit in ("WEEK 0", "WEEK 4", "WEEK 8")
            ],
        ),
        visits=[Visit(TVSTRL="-", **dict(zip(NAMES, row, strict=True))) for row in VISITS],
        arms=[
            Arm(ARMCD="MSC", ARM="AD-MSC", TAETORD=order, ETCD=epoch[:8], ELEMENT=epoch, EPOCH=epoch)
            for order, epoch in enumerate(EPOCHS, 1)
        ],
        elements=[],
    )


@pytest.fixture
def run(study):
    """run(dm=[...], ae=[...]) -> the ADaM datasets by name, each through its door.

    A record is a dict of what matters; STUDYID is added, --SEQ is the place in the list."""
    return lambda study=study, **sdtm: _built(study, sdtm)[0]


@pytest.fixture
def tables(study):
    """tables(dm=[...], ae=[...]) -> the analysis tables by name."""

    def results(**sdtm):
        found = _built(study, sdtm, with_tables=True)[1]
        assert all(frame["row_key"].is_unique for frame in found.values())
        return found

    return results


def _built(study, sdtm, with_tables=False):
    with duckdb.connect() as con:
        analysis.study_tables(con, study)
        given = {name: records for name, records in sdtm.items() if records}
        for name, records in given.items():
            numbered = [{f"{name[:2]}SEQ": place} | record for place, record in enumerate(records, 1)]
            frame = pd.DataFrame(records if name in ("dm", "sv") else numbered)
            con.register(f"given_{name}", frame.assign(STUDYID="PSO"))
        analysis.sdtm_views(con, {name: f"given_{name}" for name in given})
        adam = {name: conform(frame, ADAM[name.upper()]) for name, frame in analysis.adam(con, study)}
        return adam, dict(analysis.tables(con, study)) if with_tables else {}


@pytest.fixture
def subject():
    """subject("01", "2020-03-02", "2020-03-30") -> DM and EX of one subject, dosed on these days."""

    def records(usubjid, *days, **dm):
        person = {
            "USUBJID": usubjid, "SUBJID": usubjid, "SITEID": "1", "AGE": 40, "AGEU": "YEARS", "SEX": "M",
            "RACE": "ASIAN", "COUNTRY": "CHN",
            "ARMCD": "MSC", "ARM": "AD-MSC", "ACTARMCD": "MSC", "ACTARM": "AD-MSC",
        }  # fmt: skip
        dose = {"USUBJID": usubjid, "EXTRT": "AD-MSC", "EXDOSE": 0.5, "EXDOSU": "10^6/kg"}
        return {
            "dm": [person | dm],
            "ex": [dose | {"EXSTDTC": day, "EXENDTC": day} for day in days],
        }

    return records


@pytest.fixture
def ended():
    """ended("01", "COMPLETED", "TREATMENT", "2020-05-25") -> the DS record with which a period ends."""

    def record(usubjid, decod, epoch, day):
        words = {"DSCAT": "DISPOSITION EVENT", "DSDECOD": decod, "EPOCH": epoch}
        return words | {"USUBJID": usubjid, "DSSTDTC": day}

    return record
