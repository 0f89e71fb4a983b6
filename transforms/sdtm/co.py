"""CO: comments (SDTMIG 3.4 section 5.1)."""

import pandas as pd

from schemas.study import Study
from transforms.distinct import constant, mapped, stacked
from transforms.sdtm.records import BYTES, collected, days, finding, ordered, pieces, supplemental, together


def co(pages: pd.DataFrame | None, commented: dict[str, pd.DataFrame], dm: pd.DataFrame, study: Study) -> pd.DataFrame:
    """One record per comment.

    - RDOMAIN, IDVAR, IDVARVAL: domain, --SEQ and its value of the record that the comment stands on; missing for one on
      a page of its own.

    A comment that stands on a record of another form is attached to it by its domain and --SEQ (by its domain alone in
    DM, which has one record a subject); one written on a page of its own is attached to nothing. COVAL holds the
    first 200 bytes, COVAL1 and so on the rest, cut between words; policy comment_variables says how many there are.
    CO has no SUPP-- (SDTMIG 3.4 section 8.4): the further number of a person and the text before its translation stay
    in the form."""
    parts = []
    if pages is not None:
        part = collected(pages, study, "CO", ("COVAL", "COREF", "COEVAL")).drop(columns="DOMAIN")
        part = part.drop(columns=[name for name in part if supplemental(name)])
        if "COREF" in part:
            part["COREF"] = mapped(part["COREF"], lambda values: values.map(lambda text: piece(text, 0)).astype("str"))
        if "CODAT" in pages:
            part["CODTC"] = pages["CODAT"]
            part["CODY"] = days(pages["CODAT"], pages["USUBJID"], dm)
        empty = constant(None, len(part))
        parts.append(part.assign(RDOMAIN=empty, IDVAR=empty, IDVARVAL=empty))
    for domain, records in commented.items():
        # a raw row that gives several records has said it once
        rows = records[records["COMMENT"].notna()].drop_duplicates(["_file", "_row"])
        part = rows[["USUBJID", "_file", "_row"]].assign(COVAL=rows["COMMENT"], RDOMAIN=constant(domain, len(rows)))
        seq = f"{domain}SEQ"
        in_dm = seq not in rows
        part["IDVAR"] = constant(None if in_dm else seq, len(rows))
        numbers = None if in_dm else mapped(rows[seq], lambda values: values.astype("int64").astype("str"))
        part["IDVARVAL"] = constant(None, len(rows)) if in_dm else numbers
        parts.append(part)
    records = stacked(parts)
    whole = records["COVAL"]
    for n, name in enumerate(coval(study)):
        records[name] = mapped(whole, lambda values, n=n: values.map(lambda text: piece(text, n)).astype("str"))
    records = records.assign(STUDYID=constant(study.id, len(records)), DOMAIN=constant("CO", len(records)))
    number = pd.to_numeric(records["IDVARVAL"].astype("str"))
    return ordered(records, "COSEQ", [records["RDOMAIN"], number, records.get("CODTC")])


def too_long(forms: dict, study: Study) -> pd.DataFrame:
    """One finding per comment that the COVAL variables cannot hold to its end, or reference that COREF cannot."""
    found, room = [], len(coval(study))
    for form in forms.values():
        for name in ("COVAL", "COMMENT"):
            if not isinstance(form, dict) and name in form:
                long = mapped(form[name], lambda values: values.map(lambda text: len(pieces(text)) > room)).eq(1)
                words = f"is longer than {room} COVAL variables: the end is left out (policies.comment_variables)"
                found.append(finding(study, "COMMENT", "warning", form[long], name, words))
    pages = forms.get("co")
    if pages is not None and "COREF" in pages:
        long = mapped(pages["COREF"], lambda values: values.map(lambda text: len(pieces(text)) > 1)).eq(1)
        words = f"is longer than {BYTES} bytes: the end is left out"
        found.append(finding(study, "COMMENT", "warning", pages[long], "COREF", words))
    return together(found)


def coval(study: Study) -> list[str]:
    """COVAL, COVAL1 and so on, as many as the study file says."""
    return ["COVAL", *(f"COVAL{n}" for n in range(1, study.policies.comment_variables))]


def piece(text: str, n: int) -> str | None:
    """The n-th piece of a text, none where it has fewer."""
    found = pieces(text)
    return found[n] if n < len(found) else None
