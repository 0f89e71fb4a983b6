"""SUPP--: what was collected and has no variable of its own (SDTMIG 3.4 section 8.4)."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import mapped
from transforms.sdtm.records import constant, looked_up, ordered, supplemental
from transforms.units import number_text

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


def supp(records: pd.DataFrame, domain: str, form: str, study: Study) -> pd.DataFrame:
    """One record per supplemental qualifier with a value per record of the parent domain.

    - A column that the study file lists as supplemental, under its QNAM and label.
    - The text as the site wrote it, where its English stands in the variable: QNAM AETERMOR for AETERM.

    - What the study file lists as derived, with its words for label, origin and evaluator.

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
        variable = name.removesuffix(".original").removeprefix("SUPP.")
        original = name.endswith(".original")
        parts.append(
            rows.assign(
                QNAM=variable[:6] + "OR" if original else variable,
                QLABEL=f"Original Text of {variable}" if original else labels[variable],
                QVAL=(number_text(value) if pd.api.types.is_numeric_dtype(value.dtype) else value).astype(
                    "str"
                ),
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
    rows = pd.concat(
        [part[columns].astype({"USUBJID": "str", "_file": "str"}) for part in parts], ignore_index=True
    )
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
