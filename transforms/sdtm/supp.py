"""SUPP--: what was collected and has no variable of its own (SDTMIG 3.4 section 8.4)."""

import pandas as pd

from schemas.columns import byte_length
from schemas.sdtm import DATASETS
from schemas.study import Study
from transforms.distinct import constant, mapped
from transforms.sdtm.records import BYTES, looked_up, ordered, pieces, supplemental
from transforms.units import number_text

ORIGINAL = "Original Text of "  # begins the label of what the site wrote and the variable has in English
# variables of a form that are supplemental in its domain
LABELS = {"EXPDOSE": "Planned Dose", "EXWEIGHT": "Body Weight Used for the Dose"}
# numbers of a person with several (persons.csv)
LABELS |= {"SUBJID": "Subject Identifier for the Study", "SITEID": "Study Site Identifier"}
for n in range(1, 10):
    LABELS |= {
        f"PSUBJID{n}": f"Other Subject Identifier {n}",
        f"PSITEID{n}": f"Site of Other Subject Identifier {n}",
        f"PRFICD{n}": f"Informed Consent of Other Subject ID {n}",
        f"PARMNR{n}": f"Reason for No Arm of Other Subject ID {n}",
    }


def continued(records: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """The records with every text cut to 200 bytes, between words, and the rest in columns that go to SUPP--; and of
    each such column the variable that it goes on from: AETERM1 of AETERM (SDTMIG 3.4 section 4.5.3.2)."""
    rest: dict[str, str] = {}
    for name in list(records):
        whole_text = name in ("USUBJID", "COMMENT") or name.startswith("_")
        if whole_text or not isinstance(records[name].dtype, pd.CategoricalDtype):
            continue
        texts = records[name].cat.categories
        most = max((len(pieces(text)) for text in texts[byte_length(texts) > BYTES]), default=1)
        if most == 1:
            continue
        whole, qnam = records[name], _qnam(name)
        for n in range(most):
            part = mapped(
                whole, lambda values, n=n: pd.Series([[*pieces(text), *[None] * n][n] for text in values], dtype="str")
            )
            column = f"SUPP.{qnam[:7]}{n}" if n else name
            records = records.assign(**{column: part})
            if n:
                rest[column.removeprefix("SUPP.")] = name
    return records, rest


def _qnam(name: str) -> str:
    variable = name.removesuffix(".original").removeprefix("SUPP.")
    return variable[:6] + "OR" if name.endswith(".original") else variable


def supp(
    records: pd.DataFrame, domain: str, form: str, study: Study, rest: dict[str, str] | None = None
) -> pd.DataFrame:
    """One record per supplemental qualifier with a value per record of the parent domain.

    - A column that the study file lists as supplemental, under its QNAM and label.
    - The text as the site wrote it, where its English stands in the variable: QNAM AETERMOR for AETERM.

    - What a variable had no room for (`continued`), with the variable's label.
    - What the study file lists as derived, with its words for label, origin and evaluator.

    - IDVAR, IDVARVAL: --SEQ of the record in the parent domain and its value; missing in DM.
    - RDOMAIN: the parent domain.

    All the rest was collected, QORIG CRF. DM has one record per subject, so IDVAR is missing there.
    """
    labels = dict(LABELS)
    for source in study.sources_of(form).values():
        labels |= {name: spec.label for name, spec in source.supplemental.items()}
    derived = study.file.derived
    origins = {name: words.origin for name, words in derived.items()}
    labels |= {name: words.label for name, words in derived.items()}
    seq = f"{domain}SEQ"
    parts = [records.iloc[:0].assign(QNAM="", QLABEL="", QVAL="", place=0)]
    for place, name in enumerate(name for name in records if supplemental(name)):
        rows = records[records[name].notna()]
        value = rows[name]
        parts.append(
            rows.assign(
                QNAM=_qnam(name),
                QLABEL=_label((rest or {}).get(_qnam(name), name), domain, labels),
                QVAL=(number_text(value) if pd.api.types.is_numeric_dtype(value.dtype) else value).astype("str"),
                place=place,
            )
        )
    columns = [
        "USUBJID",
        *([seq] if seq in records else []),
        "QNAM",
        "QLABEL",
        "QVAL",
        "place",
        "_file",
        "_row",
    ]
    rows = pd.concat([part[columns].astype({"USUBJID": "str", "_file": "str"}) for part in parts], ignore_index=True)
    rows = ordered(rows, None, [rows.get(seq), rows["place"]])
    if seq in rows:
        idvar, value = (
            constant(seq, len(rows)),
            mapped(rows[seq], lambda values: values.astype("int64").astype("str")),
        )
    else:
        idvar, value = constant(None, len(rows)), pd.Series(constant(None, len(rows)))
    rows = rows.assign(
        STUDYID=constant(study.id, len(rows)),
        RDOMAIN=constant(domain, len(rows)),
        IDVAR=idvar,
        IDVARVAL=value,
        QORIG=mapped(rows["QNAM"], lambda names: names.map(origins).astype("str").fillna("CRF")),
        QEVAL=looked_up(rows["QNAM"], {name: words.evaluator for name, words in derived.items()}),
    )
    text = {
        "USUBJID": "category",
        "QNAM": "category",
        "QLABEL": "category",
        "QVAL": "category",
        "_file": "category",
    }
    return rows.drop(columns=[name for name in (seq, "place") if name in rows]).astype(text)


def _label(name: str, domain: str, labels: dict[str, str]) -> str:
    """QLABEL of a column: that of the study file, of the variable it goes on from, or of its original text."""
    variable = name.removesuffix(".original").removeprefix("SUPP.")
    if name.endswith(".original"):
        return f"{ORIGINAL}{variable}"
    if variable in labels:
        return labels[variable]
    (title,) = {
        s.columns[variable].title for s in DATASETS.values() if s.metadata["domain"] == domain and variable in s.columns
    }
    return title
