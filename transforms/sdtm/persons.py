"""One person under several subject numbers: screened again, or moved to another site (persons.csv).

There is one USUBJID a person, from the number of the enrolled participation, and one DM record with that number.
What was collected under another number stays in its domain, with that number in SUPP-- (FDA Study Data Technical
Conformance Guide, on subjects with several SUBJIDs); the earlier participations themselves stand in SUPPDM.
"""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import earliest
from transforms.distinct import replaced

UNSCHEDULED = "UNSCHEDULED"


def further_number(form: pd.DataFrame, study: Study, why: str | None = None) -> pd.Series:
    """One record per row: True for a row under a further number of a person."""
    numbers = [pair for pair, person in study.further_numbers.items() if why in (None, person.WHY)]
    if not numbers or "SUBJID" not in form:
        return pd.Series(False, index=form.index)
    pairs = pd.MultiIndex.from_arrays([form["SITEID"].astype("str"), form["SUBJID"].astype("str")])
    return pd.Series(pairs.isin(numbers), index=form.index)


def one_per_person(dm: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The demographics with one row per person, that of the enrolled number, and the rows of further numbers.

    Where a site has moved all rows of a transferred subject to the new site, that row is the only one."""
    further = further_number(dm, study)
    main = ~further
    alone = further & ~dm["USUBJID"].isin(dm.loc[main, "USUBJID"]) & ~dm["USUBJID"].duplicated()
    return dm[main | alone].reset_index(drop=True), dm[further & ~alone].reset_index(drop=True)


def without_earlier_attempts(forms: dict, study: Study) -> dict:
    """The forms without the rows of a screening before the one that led to enrolment."""
    return _each(forms, lambda form: form[~further_number(form, study, "rescreened")].reset_index(drop=True), study)


def earlier_visits_unscheduled(forms: dict, study: Study) -> dict:
    """The forms with the visits of earlier screenings as unscheduled ones: a planned visit happens once."""

    def renamed(form: pd.DataFrame) -> pd.DataFrame:
        if "VISIT" not in form:
            return form
        return form.assign(VISIT=replaced(form["VISIT"], further_number(form, study, "rescreened"), UNSCHEDULED))

    return _each(forms, renamed, study)


def numbers_collected(form: pd.DataFrame, study: Study) -> dict[str, pd.Series]:
    """SUPP.SUBJID and SUPP.SITEID: the number and the site of a row, where they are not those of DM."""
    if not study.persons or "SUBJID" not in form:
        return {}
    pairs = pd.MultiIndex.from_arrays([form["SITEID"].astype("str"), form["SUBJID"].astype("str")])
    line = pd.MultiIndex.from_tuples(list(study.further_numbers)).get_indexer(pairs)
    found = {}
    for name in ("SUBJID", "SITEID"):
        of = np.array([getattr(person, f"OF_{name}") for person in study.further_numbers.values()], dtype=object)
        collected = form[name].astype("str")
        differs = (line >= 0) & (collected.to_numpy(object) != of[line])
        found[f"SUPP.{name}"] = collected.where(differs).astype("category")
    return found


def earlier_participations(subject: pd.Series, attempts: pd.DataFrame, study: Study) -> dict[str, pd.Series]:
    """SUPP.PSUBJID1, .PSITEID1, .PRFICD1, .PARMNR1 ...: the person's other participations, in the order of consent."""
    most: dict[tuple[str, str], int] = {}
    for person in study.persons:
        most[person.OF_SITEID, person.OF_SUBJID] = most.get((person.OF_SITEID, person.OF_SUBJID), 0) + 1
    order = earliest(attempts["RFICDAT"]).argsort(kind="stable") if len(attempts) else []
    attempts = attempts.iloc[order]
    place = attempts.groupby("USUBJID", observed=True).cumcount()
    arms = {arm.ARMCD for arm in study.arms}
    reason = attempts["ARMCD"].astype("str")
    columns = {
        "PSUBJID": attempts["SUBJID"],
        "PSITEID": attempts["SITEID"],
        "PRFICD": attempts["RFICDAT"],
        "PARMNR": reason.where(~reason.isin(arms)),
    }
    found = {}
    for n in range(max(most.values(), default=0)):
        for name, column in columns.items():
            here = pd.Series(column[place == n].to_numpy(), index=attempts.loc[place == n, "USUBJID"].astype("str"))
            found[f"SUPP.{name}{n + 1}"] = subject.astype("str").map(here).astype("str").astype("category")
    return found


def _each(forms: dict, change, study: Study) -> dict:
    """Every form, and every source's where there are several, changed; untouched where nobody has two numbers."""
    if not study.persons:
        return forms
    return {
        name: {source: change(form) for source, form in given.items()} if isinstance(given, dict) else change(given)
        for name, given in forms.items()
    }
