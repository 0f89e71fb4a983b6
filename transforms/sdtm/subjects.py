"""From the forms of a set of subjects to their SDTM, top to bottom."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.distinct import stacked, texts_of
from transforms.sdtm.ae import ae, reconciliation
from transforms.sdtm.ce import ce
from transforms.sdtm.cm import cm
from transforms.sdtm.co import co, too_long
from transforms.sdtm.date_findings import before_consent, end_before_start, visits_out_of_order
from transforms.sdtm.dm import dm, dm_parents, participation
from transforms.sdtm.ds import ds
from transforms.sdtm.ec import ec, exposure
from transforms.sdtm.eg import eg
from transforms.sdtm.ex import ex
from transforms.sdtm.famh import famh
from transforms.sdtm.ie import ie
from transforms.sdtm.lb import lb
from transforms.sdtm.mh import mh
from transforms.sdtm.persons import earlier_visits_unscheduled, one_per_person, without_earlier_attempts
from transforms.sdtm.pr import pr
from transforms.sdtm.qs import qs
from transforms.sdtm.records import held_back, supplemental, together
from transforms.sdtm.relrec import relrec
from transforms.sdtm.rs import rs
from transforms.sdtm.sc import sc
from transforms.sdtm.se import se
from transforms.sdtm.supp import continued, supp
from transforms.sdtm.sv import sv, visits
from transforms.sdtm.vs import vs

PARENT = ["dataset", "USUBJID", "seq", "_file", "_row"]
INTERNAL = ("_also_file", "_also_row", "_starts_with_exposure", "COMMENT")


class SubjectsSdtm(NamedTuple):
    """datasets   name -> records, with their place (_file, _row)
    parents    one record per further row that a record draws on: dataset, USUBJID, seq, _file, _row
    findings   one record per thing to look at"""

    datasets: dict[str, pd.DataFrame]
    parents: pd.DataFrame
    findings: pd.DataFrame


def subjects_sdtm(forms: dict, study: Study) -> SubjectsSdtm:
    """The SDTM datasets of a set of subjects.

    Which datasets and variables there are follows from the study file: a form without rows gives a dataset
    without records."""
    datasets: dict[str, pd.DataFrame] = {}
    found = []

    collected = forms
    people, attempts = one_per_person(forms["dm"], study)
    forms = earlier_visits_unscheduled(forms, study) | {"dm": people}
    if "ec" in forms and "ex" not in forms:
        forms["ex"], doses = exposure(forms["ec"], study)
    enrolled = without_earlier_attempts(forms, study)

    seen = visits(forms, study)
    dates = participation(forms, seen, study)
    datasets["DM"] = demographics = dm(forms, dates, study, attempts)
    datasets["SE"] = elements = se(enrolled, dates, demographics, seen, study)
    datasets["SV"] = sv(seen, demographics, study)

    if "sc" in forms:
        datasets["SC"] = sc(forms["sc"], demographics, elements, study)
    if "ie" in forms:
        datasets["IE"] = ie(forms["ie"], demographics, elements, seen, study)
    if "mh" in forms:
        datasets["MH"] = mh(forms["mh"], demographics, elements, study)
    if "cm" in forms:
        datasets["CM"] = cm(forms["cm"], demographics, elements, study)
    if "pr" in forms:
        datasets["PR"] = pr(forms["pr"], demographics, elements, seen, study)
    if "ec" in forms:
        datasets["EC"] = ec(forms["ec"], demographics, elements, study, seen)
    if "ex" in forms:
        datasets["EX"] = ex(forms["ex"], demographics, elements, study, seen)
    if "ae" in forms:
        listing = forms.get("sae")
        datasets["AE"] = ae(forms["ae"], listing, demographics, elements, study)
        if listing is not None:
            found.append(reconciliation(forms["ae"], listing, demographics, study))
    if "ce" in forms:
        datasets["CE"] = ce(forms["ce"], demographics, elements, study)
    if "ds" in forms:
        known, waiting = held_back(forms["ds"], "DSDECOD", study)
        datasets["DS"] = ds(known, demographics, elements, study, seen)
        found.append(waiting)
    if "vs" in forms:
        datasets["VS"] = vs(forms["vs"], demographics, elements, seen, study)
    if "eg" in forms:
        datasets["EG"] = eg(forms["eg"], demographics, elements, seen, study)
    if "lb" in forms:
        datasets["LB"], doubts = lb(forms["lb"], demographics, elements, seen, study)
        found.append(doubts)
    if "fa" in forms:
        for name, sources in _split(study).items():
            here = forms["fa"]["_source"].isin(sources)
            known, waiting = held_back(forms["fa"][here], "FATEST", study)
            datasets[name] = famh(known, demographics, elements, seen, study)
            found.append(waiting)
    if "qs" in forms:
        datasets["QS"], doubts = qs(forms["qs"], demographics, elements, seen, study)
        found.append(doubts)
    if "rs" in forms:
        datasets["RS"], doubts = rs(forms["rs"], demographics, elements, seen, study)
        found.append(doubts)

    if "FAMH" in datasets and "MH" in datasets:
        datasets["RELREC"] = relrec(datasets["FAMH"], datasets["MH"], study)
    commented = {name: records for name, records in datasets.items() if "COMMENT" in records}
    if "co" in forms or commented:
        datasets["CO"] = co(forms.get("co"), commented, demographics, study)
        found.append(too_long(collected, study))
    # the rows of form ex that come from form ec have their findings there
    enrolled = {name: form for name, form in enrolled.items() if name in collected}
    found += [end_before_start(collected, study), before_consent(enrolled, demographics, study)]
    found.append(visits_out_of_order(seen))

    parents = [dm_parents(dates).assign(dataset="DM", seq=1)]
    parents.append(attempts[["USUBJID", "_file", "_row"]].assign(dataset="DM", seq=1))
    if "ec" in collected and "ex" not in collected:
        of = datasets["EX"].rename(columns={"_file": "_of_file", "_row": "_of_row", "EXSEQ": "seq"})
        texts = {"USUBJID": "str", "_of_file": "str"}
        of = doses.astype(texts).merge(of[["USUBJID", "_of_file", "_of_row", "seq"]].astype(texts))
        parents.append(of.assign(dataset="EX"))
    for name, records in list(datasets.items()):
        if "_also_row" in records:
            parents.append(_also(records, name))
        records, rest = continued(records)
        extra = [column for column in records if supplemental(column)]
        if extra:
            domain = records["DOMAIN"].cat.categories[0] if len(records) else name[:2]
            datasets[f"SUPP{name}"] = supp(records, domain, domain.lower(), study, rest)
        datasets[name] = records.drop(columns=[*extra, *(column for column in records if column in INTERNAL)])
    return SubjectsSdtm(datasets, _places(parents), together(found))


def _split(study: Study) -> dict[str, list[str]]:
    """Split dataset of FA -> its sources."""
    names: dict[str, list[str]] = {}
    for name, source in study.sources_of("fa").items():
        names.setdefault(source.dataset, []).append(name)
    return names


def _also(records: pd.DataFrame, name: str) -> pd.DataFrame:
    """One record per record that draws on a second row, other than the one that it came from."""
    seq = records[f"{name}SEQ"] if f"{name}SEQ" in records else places(records)
    rows = pd.DataFrame({"USUBJID": records["USUBJID"], "_file": records["_also_file"], "_row": records["_also_row"]})
    rows = rows.assign(dataset=name, seq=seq)
    same = (rows["_row"] == records["_row"]) & (rows["_file"].astype("str") == records["_file"].astype("str"))
    return rows[rows["_row"].notna() & ~same.fillna(False)]


def places(records: pd.DataFrame) -> pd.Series:
    """One record per record: its place among those of its subject, or of the dataset. It stands for the --SEQ of a
    dataset that has none (SV, SUPP--, TA)."""
    if "USUBJID" in records:
        return records.groupby("USUBJID", observed=True).cumcount() + 1
    return pd.Series(np.arange(1, len(records) + 1), index=records.index)


def _places(parents: list[pd.DataFrame]) -> pd.DataFrame:
    texts, numbers = ("dataset", "USUBJID", "_file"), {"seq": "Int64", "_row": "int64"}
    return stacked(part[PARENT].assign(**{n: texts_of(part[n]) for n in texts}).astype(numbers) for part in parents)
