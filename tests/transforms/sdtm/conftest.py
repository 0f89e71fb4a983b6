"""A small study and its forms, written by hand."""

import pandas as pd
import pytest

from schemas.study import Arm, Criterion, Element, Study, StudyFile, Summary, Translation, Visit
from transforms.sdtm.subjects import SubjectsSdtm, subjects_sdtm

SITE = {"SITEID": "SITE", "SUBJID": "SUBJECT"}
# form -> the columns that the study maps, beside site and subject
COLUMNS = {
    "dm": ["RFICDAT", "ARMCD", "BRTHDAT", "AGE", "SEX", "RACE", "COUNTRY"],
    "ie": ["IETESTCD", "IEORRES", "IEDAT", "VISIT"],
    "mh": ["MHSPID", "MHTERM", "MHCAT", "MHDAT", "MHSTDAT", "MHENDAT", "MHONGO"],
    "cm": ["CMSPID", "CMTRT", "CMSTDAT", "CMENDAT", "CMONGO"],
    "ae": [
        "AESPID",
        "AETERM",
        "AESTDAT",
        "AESTTIM",
        "AEENDAT",
        "AEONGO",
        "AETOXGR",
        "AESER",
        "AEREL",
        "AEOUT",
    ],
    "sae": ["SAESPID", "AETERM", "AESTDAT", "AEENDAT", "AEOUT", "AESHOSP", "AESDTH", "SEX"],
    "vs": ["VISIT", "VSDAT", "VSTIM", "VSTESTCD", "VSTPT", "VSTPTNUM", "VSORRES", "VSORRESU"],
    "ex": ["EXTRT", "EXDOSE", "EXDOSU", "EXDOSFRM", "EXSTDAT", "EXSTTIM", "EXENDAT", "EXPDOSE"],
    "ds": ["DSTERM", "DSDECOD", "DSCAT", "EPOCH", "DSSTDAT"],
    "fa": ["VISIT", "FADAT", "FATESTCD", "FATEST", "FAOBJ", "FAORRES", "FAORRESU"],
    "rs": ["VISIT", "RSDAT"],
    "qs": ["VISIT", "QSDAT"],
    "sc": ["SCDAT", "SCTESTCD", "SCORRES"],
    "ce": ["CETERM", "CEPRESP", "CEOCCUR", "CEDAT", "CESTDAT", "CEENDAT", "CEONGO"],
    "pr": ["PRTRT", "PRINDC", "VISIT", "PRSTDAT", "PRENDAT", "COMMENT"],
    "ec": ["VISIT", "ECTRT", "ECMOOD", "ECOCCUR", "ECDOSE", "ECDOSU", "ECDOSFRM", "ECPSTRG", "ECPSTRGU", "ECSTDAT",
           "ECENDAT"],
    "eg": ["VISIT", "EGDAT", "EGTIM", "EGTESTCD", "EGREPNUM", "EGORRES", "EGORRESU"],
    "lb": ["VISIT", "LBDAT", "LBTIM", "LBTESTCD", "LBORRES", "LBORRESU", "LBORNRLO", "LBORNRHI", "LBSTNRC", "LBNRIND"],
    "co": ["COVAL", "CODAT"],
}  # fmt: skip
INSTRUMENTS = {
    "rs": ("PASI FELDMAN", [f"{n:02}" for n in range(1, 17)] + ["29"]),
    "qs": ("PRURITUS VAS", ["01"]),
}
NUMBERS = {"AGE", "EXDOSE", "EXPDOSE", "VSTPTNUM", "ECDOSE", "ECPSTRG", "EGREPNUM"}
RESULTS = {"VSORRES", "FAORRES", "SCORRES", "EGORRES", "LBORRES", "LBORNRLO", "LBORNRHI"}


def _study(without: tuple[str, ...], tables: dict, **policies) -> Study:
    sources = {}
    for form, columns in COLUMNS.items():
        if form in without:
            continue
        source = {
            "form": form,
            "file": f"{form}.csv",
            "format": "csv",
            "mode": "cumulative",
            "key": ["SITEID"],
            "date_order": "ymd",
            "missing": {},
            "encoding": "utf-8",
            "delimiter": ",",
            "decimal": ".",
            "columns": SITE | {name: f"raw {name}" for name in columns},
        }
        if form in INSTRUMENTS:
            category, items = INSTRUMENTS[form]
            source |= {"instrument": category, "items": {item: f"raw {item}" for item in items}}
        if form == "fa":
            source["dataset"] = "FAMH"
        if form == "ae":
            source["supplemental"] = {"AEINTENT": {"column": "raw AEINTENT", "label": "Intended Dose Change"}}
        sources[form] = source
    file = StudyFile.model_validate(
        {
            "study": {
                "id": "STUDY", "title": "A study", "synthetic": True, "sdtmig": "3.4",
                "sdtm_ct": "2025-03-28",
                "adamig": "1.3", "adam_ct": "2025-03-28",
            },
            "policies": {
                "usubjid": "study-site-subject", "reference_start": "first_exposure",
                "reference_end": "last_exposure", "participation_end": "day", "without_arm": {},
                "reported_terms": "as_collected", "visits_in": (),
                "untimed_on_first_dose_day": "before_dose", "birth_date": "year",
                "dlqi_missing_item": "one_item_scores_zero",
                "lab_units": "si", "comment_variables": 2,
            } | policies,
            "drift": dict.fromkeys(
                ("new_column", "missing_column", "renamed_column", "retyped_column", "new_code", "date_format"),
                "accept",
            ),
            "analysis": {"treatment_emergent_days": 30, "unknown_ae_start": "treatment_emergent"},
            "doses": [{"visit": "WEEK 0", "treatment": "CELLS", "dose": 1, "unit": "mg"}],
            "extensions": {}, "codelists": {}, "sources": sources,
        }
    )  # fmt: skip
    plan = [("SCREENING", 1, -14, "SCREENING"), ("WEEK 0", 2, 1, "TREATMENT"), ("WEEK 4", 3, 29, "TREATMENT")]
    visits = [*plan, ("MONTH 6", 4, 180, "FOLLOW-UP")]
    elements = {
        "SCREEN": ("SCREENING", "informed_consent"),
        "TREAT": ("TREATMENT", "first_exposure"),
        "FU": ("FOLLOW-UP", "end_of_previous"),
    }
    return Study(
        file=file,
        visits=[Visit(VISIT=v, VISITNUM=n, VISITDY=d, EPOCH=e, TVSTRL="The day") for v, n, d, e in visits],
        arms=[
            Arm(ARMCD="CELLS", ARM="Stem cells", TAETORD=n, ETCD=code, ELEMENT=code.title(), EPOCH=epoch)
            for n, (code, (epoch, _)) in enumerate(elements.items(), 1)
        ],
        elements=[
            Element(ETCD=code, ELEMENT=code.title(), TESTRL="A rule", STARTS_WITH=start)
            for code, (_, start) in elements.items()
        ],
        criteria=[
            Criterion(IETESTCD="INCL01", IETEST="Adult", IECAT="INCLUSION"),
            Criterion(IETESTCD="EXCL01", IETEST="Pregnant", IECAT="EXCLUSION"),
        ],
        summary=[
            Summary(TSPARMCD="TITLE", TSVAL="A study"),
            Summary(TSPARMCD="OUTMSSEC", TSVAL="PASI"),
            Summary(TSPARMCD="OUTMSSEC", TSVAL="DLQI"),
        ],
        codes=[],
        translations=[Translation(text="发热", english="Fever")],
        **tables,
    )


def _form(name: str, *rows: dict) -> pd.DataFrame:
    """A form of the study: rows are what they say, all else is missing; the first row of the file is 2."""
    _, items = INSTRUMENTS.get(name, ("", []))
    given = dict.fromkeys(
        ["USUBJID", *SITE, *COLUMNS[name], *items, *(column for row in rows for column in row)]
    )
    frame = {}
    for column in given:
        cells = [row.get(column) for row in rows]
        if column in NUMBERS or column in items:
            frame[column] = pd.Series(cells, dtype="float64")
        else:
            frame[column] = pd.Series(cells, dtype="str").astype("category")
        if column in RESULTS:
            frame[f"{column}.number"] = pd.to_numeric(pd.Series(cells, dtype="str"), errors="coerce").astype(
                float
            )
            frame.setdefault(
                f"{column}.reason", pd.Series([None] * len(rows), dtype="str").astype("category")
            )
    frame["_file"] = pd.Series([f"{name}.csv"] * len(rows), dtype="str").astype("category")
    frame["_row"] = pd.Series(range(2, len(rows) + 2), dtype="int64")
    frame["_source"] = pd.Series([name] * len(rows), dtype="str").astype("category")
    return pd.DataFrame(frame)


class Trial:
    """The study with the forms given, and the SDTM that comes out of them."""

    form = staticmethod(_form)

    def __init__(self, without: tuple[str, ...] = (), tables: dict | None = None, **policies):
        self.study = _study(without, tables or {}, **policies)

    def forms(self, **rows: list[dict]) -> dict:
        forms = {name: _form(name, *given) for name, given in rows.items()}
        return forms | {name: {name: forms[name]} for name in INSTRUMENTS if name in forms}

    def empty(self) -> dict:
        """Every form of the study, without rows."""
        return {name: [] for name in COLUMNS}

    def sdtm(self, **rows: list[dict]) -> SubjectsSdtm:
        return subjects_sdtm(self.forms(**rows), self.study)


@pytest.fixture
def trial() -> Trial:
    return Trial()


@pytest.fixture
def trial_with() -> type[Trial]:
    """The study under other policies, without some forms or with further tables: trial_with(birth_date="omit")."""
    return Trial


@pytest.fixture
def treated() -> dict:
    """Forms of subject S1, consented on 1 March 2020 and treated on 10 March and 7 April."""
    return {
        "dm": [
            {
                "USUBJID": "S1",
                "SITEID": "01",
                "SUBJID": "1",
                "RFICDAT": "2020-03-01",
                "ARMCD": "CELLS",
                "SEX": "F",
                "RACE": "ASIAN",
                "COUNTRY": "CHN",
                "BRTHDAT": "1980-03-02",
            },
        ],
        "ex": [
            {
                "USUBJID": "S1",
                "EXTRT": "CELLS",
                "EXDOSE": 1,
                "EXSTDAT": "2020-04-07",
                "EXENDAT": "2020-04-07",
            },
            {
                "USUBJID": "S1",
                "EXTRT": "CELLS",
                "EXDOSE": 1,
                "EXSTDAT": "2020-03-10",
                "EXSTTIM": "09:30",
                "EXENDAT": "2020-03-10",
            },
        ],
    }
