"""From the forms of a set of subjects to their SDTM, top to bottom."""

from typing import NamedTuple

import pandas as pd

from schemas.study import Study
from transforms.sdtm.ae import ae, reconciliation
from transforms.sdtm.cm import cm
from transforms.sdtm.date_findings import before_consent, end_before_start
from transforms.sdtm.dm import dm, dm_parents, participation
from transforms.sdtm.ds import ds
from transforms.sdtm.ex import ex
from transforms.sdtm.famh import famh
from transforms.sdtm.ie import ie
from transforms.sdtm.mh import mh
from transforms.sdtm.qs import qs
from transforms.sdtm.records import held_back, supplemental, together
from transforms.sdtm.relrec import relrec
from transforms.sdtm.rs import rs
from transforms.sdtm.se import se
from transforms.sdtm.supp import supp
from transforms.sdtm.sv import sv, visits
from transforms.sdtm.vs import vs

PARENT = ["dataset", "USUBJID", "seq", "_file", "_row"]
INTERNAL = ("_also_file", "_also_row", "_starts_with_exposure")


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

    seen = visits(forms, study)
    dates = participation(forms, seen)
    datasets["DM"] = demographics = dm(forms, dates, study)
    datasets["SE"] = elements = se(forms, dates, demographics, seen, study)
    datasets["SV"] = sv(seen, demographics, study)

    if "ie" in forms:
        datasets["IE"] = ie(forms["ie"], demographics, elements, seen, study)
    if "mh" in forms:
        datasets["MH"] = mh(forms["mh"], demographics, elements, study)
    if "cm" in forms:
        datasets["CM"] = cm(forms["cm"], demographics, elements, study)
    if "ex" in forms:
        datasets["EX"] = ex(forms["ex"], demographics, elements, study)
    if "ae" in forms:
        listing = forms.get("sae")
        datasets["AE"] = ae(forms["ae"], listing, demographics, elements, study)
        if listing is not None:
            found.append(reconciliation(forms["ae"], listing, demographics, study))
    if "ds" in forms:
        known, waiting = held_back(forms["ds"], "DSDECOD", study)
        datasets["DS"] = ds(known, demographics, elements, study)
        found.append(waiting)
    if "vs" in forms:
        datasets["VS"] = vs(forms["vs"], demographics, elements, seen, study)
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
    found += [end_before_start(forms, study), before_consent(forms, demographics, study)]

    parents = [dm_parents(dates).assign(dataset="DM", seq=pd.NA)]
    for name, records in list(datasets.items()):
        if "_also_row" in records:
            parents.append(_also(records, name))
        extra = [column for column in records if supplemental(column)]
        if extra:
            domain = records["DOMAIN"].cat.categories[0] if len(records) else name[:2]
            datasets[f"SUPP{name}"] = supp(records, domain, domain.lower(), study)
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
    seq = next(
        (records[column] for column in records if column == f"{name}SEQ"),
        pd.Series(pd.NA, index=records.index),
    )
    rows = pd.DataFrame(
        {"USUBJID": records["USUBJID"], "_file": records["_also_file"], "_row": records["_also_row"]}
    )
    rows = rows.assign(dataset=name, seq=seq)
    same = (rows["_row"] == records["_row"]) & (rows["_file"].astype("str") == records["_file"].astype("str"))
    return rows[rows["_row"].notna() & ~same.fillna(False)]


def _places(parents: list[pd.DataFrame]) -> pd.DataFrame:
    types = {"dataset": "str", "USUBJID": "str", "seq": "Int64", "_file": "str", "_row": "int64"}
    return pd.concat([part[PARENT].astype(types) for part in parents], ignore_index=True)
