"""EC: exposure as collected, and the exposure of the protocol that follows from it (SDTMIG 3.4 section 6.1)."""

import numpy as np
import pandas as pd

from schemas.study import Study
from transforms.dates import day_number
from transforms.distinct import ranks, replaced
from transforms.sdtm.records import collected, days, dtc, epochs, is_value, ordered
from transforms.sdtm.sv import visit_variables

COLLECTED = (
    "ECSPID", "ECTRT", "ECMOOD", "ECCAT", "ECPRESP", "ECOCCUR", "ECREASOC", "ECDOSE", "ECDOSTXT", "ECDOSU", "ECDOSFRM",
    "ECDOSFRQ", "ECROUTE", "ECLOT", "ECLOC", "ECFAST", "ECPSTRG", "ECPSTRGU", "ECADJ",
)  # fmt: skip
# what EX takes over from EC as it is
PROTOCOL = (
    "SPID", "TRT", "DOSE", "DOSU", "DOSFRM", "DOSFRQ", "ROUTE", "LOT", "ADJ", "STDAT", "STTIM", "ENDAT", "ENTIM",
)  # fmt: skip
REGIMEN = ("EXTRT", "EXDOSE", "EXDOSU", "EXDOSFRM", "EXDOSFRQ", "EXROUTE")
INTERVAL = ("EXSTDAT", "EXSTTIM", "EXENDAT", "EXENTIM")


def ec(
    form: pd.DataFrame, dm: pd.DataFrame, se: pd.DataFrame, study: Study, visits: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One record per dose as the site recorded it: given, missed (ECOCCUR N), or planned (ECMOOD SCHEDULED).

    - ECENDTC: as collected; where the study asks for no end, it repeats ECSTDTC.
    """
    records = collected(form, study, "EC", COLLECTED)
    if "ec" in study.policies.visits_in and "VISIT" in form:
        records = records.assign(**visit_variables(form, "ECSTDAT", visits, study))
    records["ECSTDTC"] = dtc(form, "ECST")
    records["ECENDTC"] = dtc(form, "ECEN") if "ECENDAT" in form else dtc(form, "ECST")
    records["ECSTDY"] = days(form["ECSTDAT"], form["USUBJID"], dm)
    records["ECENDY"] = days(form.get("ECENDAT", form["ECSTDAT"]), form["USUBJID"], dm)
    records["EPOCH"] = epochs(form["ECSTDAT"], form["USUBJID"], se)
    by = [form["ECSTDAT"], form.get("ECSTTIM"), form["ECTRT"], form.get("ECMOOD"), form.get("ECSPID")]
    return ordered(records, "ECSEQ", by)


def exposure(form: pd.DataFrame, study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row of form ex per dose of form ec that was given, or per interval of constant dosing, by policy
    ex_from_ec; and one row per further dose of an interval: its place, and that of the first dose (_of_file, _of_row).

    Only what was performed counts, and not what did not occur. An amount in tablets or vials becomes one of treatment
    by the strength, where one was collected. With `constant_dosing` doses of one regimen of which each starts not
    later than the day after the one before ended are one interval; what belongs to a single dose (its number, lot,
    visit) has no place there."""
    # neither column may be there: of a plain False `~` would make -1
    given = np.logical_not(is_value(form.get("ECMOOD"), "SCHEDULED") | is_value(form.get("ECOCCUR"), "N"))
    form = form[np.broadcast_to(given, len(form))].reset_index(drop=True)
    same = [name for name in ("USUBJID", "SITEID", "SUBJID", "VISIT", "_file", "_row", "_source") if name in form]
    ex = form[same].assign(**{f"EX{name}": form[f"EC{name}"] for name in PROTOCOL if f"EC{name}" in form})
    if "EXDOSE" not in ex:
        ex["EXDOSE"] = np.nan
    if "ECPSTRG" in form and "ECPSTRGU" in form:
        strong = form["ECPSTRG"].notna() & form["ECPSTRGU"].notna()
        ex["EXDOSE"] = ex["EXDOSE"].where(~strong, (ex["EXDOSE"] * form["ECPSTRG"]).round(6))
        ex["EXDOSU"] = replaced(form["ECDOSU"], strong, form["ECPSTRGU"])
    if study.policies.ex_from_ec == "constant_dosing":
        return _intervals(ex)
    return ex, ex[["USUBJID", "_file", "_row"]].assign(_of_file=ex["_file"], _of_row=ex["_row"]).head(0)


def _intervals(ex: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per interval of constant dosing: the first dose's, with the end of the last one; and the other doses."""
    regimen = [name for name in REGIMEN if name in ex]
    group = ex.groupby(["USUBJID", *regimen], sort=False, observed=True, dropna=False).ngroup().to_numpy()
    ends = ex.get("EXENDAT", ex["EXSTDAT"])
    order = np.lexsort((ranks(ends), ranks(ex["EXSTDAT"]), group))
    ex, group = ex.take(order).reset_index(drop=True), group[order]
    start, end = day_number(ex["EXSTDAT"]), day_number(ex.get("EXENDAT", ex["EXSTDAT"]))
    # where the end of one dose is not known, none can follow it
    reached = end.groupby(group).cummax().where(end.notna())
    goes_on = (start <= reached.shift() + 1).to_numpy() & (group == np.append(-1, group[:-1]))
    interval = pd.Series(np.cumsum(~goes_on))
    last = end.fillna(np.inf).groupby(interval).idxmax()
    rows = ex[~goes_on].reset_index(drop=True)
    for name in ("EXENDAT", "EXENTIM"):
        if name in ex:
            rows[name] = ex[name].take(last).array
    kept = ["USUBJID", "SITEID", "SUBJID", *regimen, *INTERVAL, "_file", "_row", "_source"]
    first = rows.take(interval.to_numpy() - 1)
    doses = ex[["USUBJID", "_file", "_row"]].assign(_of_file=first["_file"].array, _of_row=first["_row"].array)
    return rows[[name for name in kept if name in rows]], doses[goes_on]
