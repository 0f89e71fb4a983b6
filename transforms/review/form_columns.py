"""Which form columns each SDTM variable is worked out from: what transforms/sdtm does, said to be looked up.

A test changes each form column in turn, runs the transforms, and holds what changes against these tables.

    "AESTDAT"      a column of the record's own form
    "ae.AESTDAT"   a column of form ae of the same subject
    "DM.RFSTDTC"   a variable of the subject's DM, which has its own columns

`--` stands for the domain's two letters. A variable that no table names is the form column of the same name.
"""

from __future__ import annotations

from functools import cache

from schemas.sdtm import DATASETS
from schemas.study import Source, Study
from transforms.forms import CODING
from transforms.instruments import instrument_of
from transforms.sdtm.ae import CRITERIA
from transforms.sdtm.sv import DATES

RESULT = ("--ORRES", "--ORRESU", "--TESTCD")
PERIOD = ("SE.SESTDTC", "SE.SEENDTC", "SE.EPOCH", "SE.ETCD")
VISIT = ("VISIT", "--DAT", "--STDAT", "SV.VISITNUM", "SV.SVSTDTC")
GROUP = ("--CAT", "--SPEC", "--METHOD", "--LEAD", "--EVAL", "--OBJ", "--LOC", "--TPT")
EXPOSURE = ("ex.EXDOSE", "ex.EXTRT", "ex.EXSTDAT", "ex.EXSTTIM")
DISPOSITION = ("ds.DSSTDAT", "ds.DSCAT", "ds.EPOCH")
DEATH = (
    "ds.DSDECOD", "ds.DSSTDAT", "ae.AEOUT", "ae.AEENDAT", "ae.AEENTIM", "ae.AESDTH", "sae.AEOUT", "sae.AESDTH",
    "sae.AEENDAT",
)  # fmt: skip
MATCHED = ("AESTDAT", "AETERM", "AESER", "sae.AESTDAT", "sae.AETERM")  # of EDC and listing

GENERAL = {
    "STUDYID": (),
    "DOMAIN": (),
    "USUBJID": ("SITEID", "SUBJID"),
    "--DTC": ("--DAT", "--TIM"),
    "--STDTC": ("--STDAT", "--STTIM"),
    "--ENDTC": ("--ENDAT", "--ENTIM"),
    "--DY": ("--DAT", "DM.RFSTDTC"),
    "--STDY": ("--STDAT", "DM.RFSTDTC"),
    "--ENDY": ("--ENDAT", "DM.RFSTDTC"),
    "EPOCH": ("--STDAT", "--DAT", *PERIOD),
    "TAETORD": ("--STDAT", "--DAT", *PERIOD),
    "VISIT": VISIT,
    "VISITNUM": VISIT,
    "VISITDY": ("VISIT",),
    "--TEST": ("--TESTCD", "--TEST"),
    "--ORRES": ("--ORRES",),
    "--ORRESU": ("--ORRES", "--ORRESU"),
    "--STRESC": RESULT,
    "--STRESN": RESULT,
    "--STRESU": RESULT,
    "--STAT": ("--ORRES", "--PRESP", "--OCCUR"),
    "--REASND": ("--ORRES", "--REASND", "--PRESP", "--OCCUR"),
    "--LOBXFL": (*RESULT, "--DAT", "--TIM", *GROUP, "DM.RFXSTDTC"),
    "--ENRTPT": ("--ONGO", "--ENDAT"),
    "--ENTPT": ("--ONGO", "--ENDAT", "--DAT"),
}
OWN = {
    "DM": {
        "RFSTDTC": ("DM.RFXSTDTC", "DM.RFICDTC"),
        "RFENDTC": ("DM.RFXENDTC", "DM.RFPENDTC", "DM.RFSTDTC", "DM.ARMNRS", *DISPOSITION),
        "RFICDTC": ("RFICDAT",),
        "RFXSTDTC": EXPOSURE,
        "RFXENDTC": (*EXPOSURE, "ex.EXENDAT", "ex.EXENTIM"),
        "RFPENDTC": (
            "RFICDAT", "DMDAT", "DM.RFXSTDTC", "DM.RFXENDTC", "SV.SVENDTC",
            "ae.AESTDAT", "ae.AESTTIM", "ae.AEENDAT", "ae.AEENTIM", "ae.AEDAT", "ds.DSSTDAT", "ds.DSDAT", "ds.DSTIM",
        ),
        "DTHDTC": DEATH,
        "DTHFL": DEATH,
        "BRTHDTC": ("BRTHDAT",),
        "AGE": ("BRTHDAT", "RFICDAT", "AGE"),
        "AGEU": ("BRTHDAT", "RFICDAT", "AGE"),
        "ARM": ("ARMCD",),
        "ACTARMCD": ("ACTARMCD", "ARMCD", "DM.RFXSTDTC"),
        "ACTARM": ("ACTARMCD", "ARMCD", "DM.RFXSTDTC"),
        "ARMNRS": ("ARMCD", "DM.RFXSTDTC"),
    },
    "SE": dict.fromkeys(
        ("ETCD", "ELEMENT", "TAETORD", "EPOCH", "SESTDTC", "SEENDTC"),
        ("DM.RFICDTC", "DM.RFXSTDTC", "DM.ARMCD", "SV.EPOCH", *DISPOSITION),
    )
    | {"SESTDY": ("SE.SESTDTC", "DM.RFSTDTC"), "SEENDY": ("SE.SEENDTC", "DM.RFSTDTC")},
    "SV": {
        name: tuple(f"{form}.{column}" for form, date in DATES.items() for column in ("VISIT", date))
        for name in ("VISITNUM", "VISIT", "VISITDY", "SVPRESP", "SVOCCUR", "SVUPDES", "SVSTDTC", "SVENDTC", "EPOCH")
    }
    | {"SVSTDY": ("SV.SVSTDTC", "DM.RFSTDTC"), "SVENDY": ("SV.SVENDTC", "DM.RFSTDTC")},
    "AE": {"AEDECOD": ("AEDECOD", "AETERM"), "AESOC": ("AESOC", "AEBODSYS"), "AESOCCD": ("AESOCCD", "AEBDSYCD")}
    | {name: (name, f"sae.{name}", *MATCHED) for name in CRITERIA},
    "CE": {"EPOCH": ("CESTDAT", "CEDAT", *PERIOD)},
    "MH": {
        "MHSTDY": ("MHSTDAT", "MHSTTIM", "DM.RFSTDTC"),
        "MHENDY": ("MHENDAT", "MHENTIM", "DM.RFSTDTC"),
        "EPOCH": ("MHDAT", *PERIOD),
    },
    "DS": {"EPOCH": ("EPOCH", "DSCAT", "DSSTDAT", *PERIOD), "DSSTDTC": ("DSSTDAT",), "DSDTC": ("DSDAT", "DSTIM")},
    "EX": {"EXENDTC": ("EXENDAT", "EXENTIM", "EXSTDAT", "EXSTTIM"), "EXENDY": ("EXENDAT", "EXSTDAT", "DM.RFSTDTC")},
    "EC": {"ECENDTC": ("ECENDAT", "ECENTIM", "ECSTDAT", "ECSTTIM"), "ECENDY": ("ECENDAT", "ECSTDAT", "DM.RFSTDTC")},
    "IE": {
        "IETEST": ("IETESTCD",),
        "IECAT": ("IETESTCD",),
        "IESTRESC": ("IEORRES",),
        "IEDTC": ("IEDAT",),
    },
    "LB": {
        "LBNRIND": ("LBNRIND", "LBORRES", "LBORNRLO", "LBORNRHI", "LBSTNRC"),
        "LBSTNRLO": ("LBORNRLO", *RESULT),
        "LBSTNRHI": ("LBORNRHI", *RESULT),
    },
    "CO": dict.fromkeys(("COVAL", "COVAL1", "COVAL2", "COVAL3"), ("COVAL", "COMMENT")),
}  # fmt: skip


def form_columns(dataset: str, variable: str) -> tuple[str, ...]:
    """What a variable is worked out from, one step back."""
    domain = DATASETS[dataset].metadata["domain"]
    own = OWN.get(domain, {})
    if variable in own:
        found = own[variable]
    else:
        general = variable.replace(domain, "--", 1) if variable.startswith(domain) else variable
        found = GENERAL.get(general, (variable,))
    return tuple(name.replace("--", domain) for name in found)


@cache
def all_form_columns(dataset: str, variable: str) -> frozenset[tuple[str, str]]:
    """All form columns that a variable is worked out from in the end: form and column."""
    found, done, left = set(), set(), [(dataset, variable)]
    while left:
        step = left.pop()
        if step in done:
            continue
        done.add(step)
        for name in form_columns(*step):
            of, _, column = name.rpartition(".")
            if of.isupper():
                left.append((of, column))
            else:
                own = DATASETS[step[0]].metadata["domain"].lower()
                found.add((of or own, column))
    # doses of form ex may come from form ec
    doses = {("ec", f"EC{column[2:]}") for of, column in found if of == "ex" and column.startswith("EX")}
    return frozenset(found | doses)


def raw_columns(source: Source, study: Study, column: str, testcd: str | None = None) -> list[str]:
    """The raw columns of a source that a form column is read from, by the study file.

    The result of a questionnaire is the item with that --TESTCD, and every item of a score that has none of its own. A
    coded column is read from the term that was coded, by coding.csv."""
    specs = [(key.rpartition(".")[2], key, spec) for key, spec in source.specs().items()]
    named = {column}
    for topic, levels in (CODING[form] for form in (source.form,) if form in CODING):
        if column in {f"{topic[:2]}{level.upper()}" for level in levels}:
            named.add(topic)
    if source.instrument and column.endswith(("ORRES", "ORRESU", "TESTCD")) and not source.item_per_row:
        items = instrument_of(source, study).items
        of_test = set(items.index[items["testcd"] == testcd])
        named |= of_test & set(source.items) or set(source.items)
    if source.records and testcd:
        specs = [one for one in specs if _of_record(one[1], source, testcd)]
    found = [raw for name, _, spec in specs if name in named for raw in every_column(spec)]
    return list(dict.fromkeys(found))


def every_column(spec) -> list[str]:
    """The raw columns of one mapped column: its own, the one that stands in for it, its parts, its unit."""
    found = [*spec.column[:1], *spec.date_parts]
    for beside in (spec.otherwise, spec.unit):
        if beside is not None:
            found += every_column(beside)
    return found


def _of_record(key: str, source: Source, testcd: str) -> bool:
    """False for a column of another record of the same row than the one with this --TESTCD."""
    if not key.startswith("records"):
        return True
    record = source.records[int(key[len("records[") : key.index("]")]) - 1]
    fixed = [spec.value for name, spec in record.items() if name.endswith("TESTCD") and spec.value]
    return not fixed or fixed == [testcd]
