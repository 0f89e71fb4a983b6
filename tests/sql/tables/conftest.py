"""Two small studies that several tables are tested on."""

import pytest

FEVER = {
    "AETERM": "transient fever",
    "AEDECOD": "Pyrexia",
    "AEBODSYS": "General disorders",
    "AEREL": "LIKELY RELATED",
}
HEADACHE = {
    "AETERM": "headache",
    "AEDECOD": "Headache",
    "AEBODSYS": "Nervous system",
    "AEREL": "UNLIKELY RELATED",
}


def event(usubjid, term, day, grade="1", serious="N", **more):
    return {"USUBJID": usubjid, "AESTDTC": day, "AETOXGR": grade, "AESER": serious, **term, **more}


@pytest.fixture
def events(tables, subject):
    """Tables of two subjects dosed on 2 and 30 March 2020, with five adverse events."""
    both = [subject(usubjid, "2020-03-02", "2020-03-30") for usubjid in ("01", "02")]
    return tables(
        dm=[record for one in both for record in one["dm"]],
        ex=[record for one in both for record in one["ex"]],
        ae=[
            event("01", FEVER, "2020-03-02"),
            event("01", FEVER, "2020-03-30", grade="2"),
            event("01", HEADACHE, "2020-04-10"),
            event("02", {"AETERM": "strange feeling"}, "2020-03-05", grade=None),
            # serious, but months after the last infusion: never treatment-emergent
            event("02", {"AETERM": "fracture", "AEREL": "NOT RELATED"}, "2020-10-01", serious="Y"),
        ],
    )


@pytest.fixture
def scores(tables, subject, ended):
    """Tables of two subjects first dosed on 2 March 2020, with PASI 12 and 10 at baseline."""
    both = [subject(usubjid, "2020-03-02") for usubjid in ("01", "02")]
    total = {"RSCAT": "PASI FELDMAN", "RSTESTCD": "PASI0229"}

    return tables(
        dm=[record for one in both for record in one["dm"]],
        ex=[record for one in both for record in one["ex"]],
        rs=[
            total | {"USUBJID": usubjid, "RSDTC": day, "RSSTRESN": score, "RSLOBXFL": flag}
            for usubjid, day, score, flag in (
                ("01", "2020-03-02", 12.0, "Y"),
                ("01", "2020-03-30", 9.0, None),
                ("01", "2020-05-25", 6.0, None),
                ("01", "2021-05-24", 3.0, None),
                ("02", "2020-03-02", 10.0, "Y"),
                ("02", "2020-03-30", 4.0, None),  # a responder who then leaves
            )
        ],
        ds=[
            ended("01", "COMPLETED", "TREATMENT", "2020-05-25"),
            ended("01", "COMPLETED", "FOLLOW-UP", "2021-05-24"),
            ended("02", "WITHDRAWAL BY SUBJECT", "TREATMENT", "2020-04-15"),
        ],
    )
