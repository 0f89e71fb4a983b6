"""SDTM with dummy treatment, for those who work on a running study and must not know who gets what.

Each subject has one of as many dummy arms as the study has arms, by a digest of the subject's number: it is the same in
every snapshot and has nothing to do with the true one.
"""

import hashlib
import re

import numpy as np
import pandas as pd

from schemas.sdtm import DATASETS
from schemas.study import Dose, Study
from transforms.distinct import constant, mapped, replaced
from transforms.sdtm.ex import exposed

LEFT_OUT = ("SUPPDM", "SUPPEX", "SUPPEC", "SUPPSE", "SUPPDS")  # numbers of kits, bags, randomisation
TREATMENT = ("EX", "EC")
KEPT = ("OCCUR", "MOOD", "PRESP")  # of a dose: that it was planned, missed or given
UNIT = "U"
MASK = "[BLINDED]"
UNPLANNED = "UNPLANNED TREATMENT"
SHORTEST, SHORTEST_NUMBER = 3, 5  # characters; anything shorter may stand for something else


def dummy(usubjid: str, arms: int) -> int:
    """Which of so many dummy arms a subject has, from 1."""
    digest = hashlib.sha256(f"dummy arm\0{usubjid}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "big") % arms


def arm_code(number: int) -> str:
    return f"BLIND{number}"


def arm_name(number: int) -> str:
    return f"Blinded treatment {number}"


def arms_of(study: Study) -> list[str]:
    return sorted({arm.ARMCD for arm in study.arms})


def element_codes(study: Study) -> dict[str, str]:
    """Element -> its code in the view. One that not every arm has, or that starts with treatment, tells of it: it is
    called after its place."""
    arms = arms_of(study)
    has = {element.ETCD: {arm.ARMCD for arm in study.arms if arm.ETCD == element.ETCD} for element in study.elements}
    place = {arm.ETCD: arm.TAETORD for arm in sorted(study.arms, key=lambda arm: -arm.TAETORD)}
    return {
        element.ETCD: f"BLIND{place[element.ETCD]}"
        for element in study.elements
        if len(has[element.ETCD]) < len(arms) or element.STARTS_WITH == "first_exposure"
    }


def element_name(code: str) -> str:
    return f"Blinded element {code.removeprefix('BLIND')}"


def treatment_words(study: Study, given: set[str]) -> list[str]:
    """What treatments are called: in the study file, and (`given`) in EX and EC with their lots."""
    found = {word for arm in study.arms for word in (arm.ARMCD, arm.ARM)}
    found |= {dose.treatment for dose in study.file.doses} | given
    found = {word for word in found if len(word) >= (SHORTEST_NUMBER if word.isdigit() else SHORTEST)}
    return sorted(found, key=lambda word: (-len(word), word))


def masked(texts: pd.Series, words: list[str]) -> pd.Series:
    """Distinct texts with every word for a treatment masked: whole words, in letters of either case."""
    if not words:
        return texts
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"
    return texts.astype("str").str.replace(pattern, MASK, regex=True, flags=re.IGNORECASE)


def study_seen(study: Study, given: set[str]) -> Study:
    """The study file as the view has it: dummy arms with the elements of the true ones, one planned dose a dosing visit
    of each dummy treatment, visits of all arms, and no word for a treatment."""
    words, codes, arms = treatment_words(study, given), element_codes(study), arms_of(study)

    def quiet(text: str | None) -> str | None:
        return None if text is None else masked(pd.Series([text], dtype="str"), words).iloc[0]

    number = {code: n for n, code in enumerate(arms, 1)}
    planned = [
        arm.model_copy(
            update={
                "ARMCD": arm_code(number[arm.ARMCD]),
                "ARM": arm_name(number[arm.ARMCD]),
                "ETCD": codes.get(arm.ETCD, arm.ETCD),
                "ELEMENT": element_name(codes[arm.ETCD]) if arm.ETCD in codes else arm.ELEMENT,
                "TABRANCH": None,
                "TATRANS": None,
            }
        )
        for arm in study.arms
    ]
    elements = {}
    for element in study.elements:
        code = codes.get(element.ETCD, element.ETCD)
        new = {"ETCD": code, "TESTRL": quiet(element.TESTRL), "TEENRL": quiet(element.TEENRL)}
        if element.ETCD in codes:
            new |= {"ELEMENT": element_name(code), "TEENRL": None, "TEDUR": None}
        elements.setdefault(code, element.model_copy(update=new))
    visits = {}
    for visit in study.visits:
        words_of = {name: quiet(getattr(visit, name)) for name in ("VISIT", "TVSTRL", "TVENRL", "AVISIT")}
        visits.setdefault((visit.VISITNUM, visit.TIVERS), visit.model_copy(update={"ARMCD": None, **words_of}))
    windows = [window.model_copy(update={"ARMCD": None, "VISIT": quiet(window.VISIT)}) for window in study.windows]
    dosing = dict.fromkeys(quiet(dose.visit) for dose in study.file.doses)
    doses = [
        Dose(visit=visit, treatment=arm_name(n), dose=1, unit=UNIT) for n in range(1, len(arms) + 1) for visit in dosing
    ]
    return study.model_copy(
        update={
            "file": study.file.model_copy(update={"doses": tuple(doses)}),
            "arms": tuple(planned),
            "elements": tuple(elements.values()),
            "visits": tuple(visits.values()),
            "windows": tuple(dict.fromkeys(windows)),
        }
    )


def seen(name: str, records: pd.DataFrame, study: Study, given: set[str]) -> pd.DataFrame | None:
    """A dataset of subjects in the view; None where it has no place there. `study` is the true one.

    - DM: dummy arms, planned and actual, for whoever has one.
    - EX, EC: dummy treatment; a dose given is 1 U, one that was not is 0; whatever else describes it is missing.
    - SE: elements that tell of the treatment are called after their place.
    - Any other text has the words for treatments masked. Supplemental qualifiers of treatment and randomisation go."""
    if name in LEFT_OUT:
        return None
    arms, codes = arms_of(study), element_codes(study)
    found = records.copy()
    domain = DATASETS[name].metadata["domain"]
    code, title = (
        mapped(records["USUBJID"], lambda ids, say=say: ids.map(lambda one: say(dummy(one, len(arms)))))
        for say in (arm_code, arm_name)
    )
    if name == "DM":
        actual = records["ACTARMCD"].isin(arms) | (records["ARMNRS"] == UNPLANNED).fillna(False).astype(bool)
        for there, pair in ((records["ARMCD"].isin(arms), ("ARMCD", "ARM")), (actual, ("ACTARMCD", "ACTARM"))):
            for column, dummies in zip(pair, (code, title), strict=True):
                found[column] = replaced(records[column], there, dummies)
        found["ACTARMUD"] = constant(None, len(records))
        found["ARMNRS"] = replaced(records["ARMNRS"], records["ARMNRS"].eq(UNPLANNED).fillna(False), None)
    elif domain in TREATMENT and name == domain:
        found = _doses(records, domain, title)
    elif name == "SE":
        new = mapped(records["ETCD"], lambda values: values.map(codes).astype("str"))
        told = new.notna()
        names = mapped(new, lambda values: values.map(element_name))
        for column, instead in (("ETCD", new), ("ELEMENT", names)):
            if column in records:
                found[column] = replaced(records[column], told, instead)
    elif name == "RELREC":
        found = records[~records["RDOMAIN"].isin(TREATMENT)].reset_index(drop=True)
    own = ("ARMCD", "ARM", "ACTARMCD", "ACTARM", "ETCD", "ELEMENT", f"{domain}TRT" if domain in TREATMENT else "")
    words = treatment_words(study, given)
    for column, facts in ((column, DATASETS[name].columns[column].metadata) for column in found):
        free = facts["type"] == "Char" and not (facts["codelist"] or facts["terms"] or facts["value"])
        if free and not facts["iso8601"] and facts["length"] > 8 and column not in own and not _is_id(column):
            found[column] = mapped(found[column], lambda values: masked(values, words))
    return found


def given_words(records: pd.DataFrame, domain: str) -> set[str]:
    """What EX or EC call treatments and lots."""
    columns = [records[name] for name in (f"{domain}TRT", f"{domain}LOT") if name in records]
    return {str(text) for column in columns for text in column.dropna().unique()}


def _doses(records: pd.DataFrame, domain: str, treatment: pd.Series) -> pd.DataFrame:
    found = records.copy()
    for column, shape in DATASETS[domain].columns.items():
        if column not in records or shape.metadata["role"] == "Timing" or column[2:] in KEPT:
            continue
        if shape.metadata["role"] == "Identifier" and not column.endswith("SPID"):
            continue
        if shape.metadata["type"] == "Num":
            found[column] = np.nan
        else:
            found[column] = constant(None, len(records))
    found[f"{domain}TRT"] = treatment
    if f"{domain}DOSE" in records:
        found[f"{domain}DOSE"] = np.where(exposed(records, domain), 1.0, 0.0)
        found[f"{domain}DOSU"] = constant(UNIT, len(records))
    return found


def _is_id(column: str) -> bool:
    return column in ("STUDYID", "USUBJID", "SUBJID", "SITEID", "IDVAR", "IDVARVAL", "RELID")
