"""Dates of birth are cut to the year, or left out, by the policy birth_date, once the age is worked out.

What identifies a person otherwise is declared in the study file (`identifying`) and never read; a date of birth is
read, because age and some checks need it, and so has to go from all that is kept: raw layer, rows set aside, forms,
findings.
"""

import pandas as pd
import pyarrow as pa

from schemas.study import Column, Source, Study
from transforms.dates import iso_dates
from transforms.distinct import mapped

BIRTH = "BRTHDAT"


def birth_columns(source: Source) -> set[str]:
    """The raw columns that hold dates of birth; those of a Rave view under all three of their names."""
    specs = _specs(source)
    names = {name for spec in specs for name in (*spec.column, *spec.date_parts)}
    if source.rave:
        stems = {name.removesuffix(source.rave.raw) for name in names}
        names |= stems | {f"{stem}{end}" for stem in stems for end in (source.rave.raw, source.rave.interpolated)}
    return names


def without_birth_dates(rows: pa.Table, source: Source, study: Study) -> pa.Table:
    """Raw rows with the year of birth in the place of its date, blank where none can be read; blank throughout by the
    policy omit. Of a date in three columns month and day go."""
    policy = study.policies.birth_date
    if policy == "full":
        return rows
    years = {spec.year for spec in _specs(source)}
    for name in birth_columns(source) & set(rows.column_names):
        at = rows.column_names.index(name)
        texts = rows.column(name).combine_chunks().dictionary_decode().dictionary_encode()
        values = pd.Series(texts.dictionary.to_pylist(), dtype="str")
        if name not in years:
            values = iso_dates(values, source.date_order, source.two_digit_years_from)["iso"].astype("str").str[:4]
        if policy == "omit" or name not in years and _is_part(name, source):
            values = values.mask(values.notna())
        kept = pa.array(values.astype("object").where(values.notna(), None), pa.string())
        column = kept.take(texts.indices).dictionary_encode().cast(rows.schema.field(name).type)
        rows = rows.set_column(at, rows.schema.field(name), column)
    return rows


def birth_years(form: pd.DataFrame, study: Study) -> pd.DataFrame:
    """A form as it is kept: BRTHDAT as BRTHDTC will be."""
    if BIRTH not in form or study.policies.birth_date == "full":
        return form
    length = {"year": 4, "omit": 0}[study.policies.birth_date]
    return form.assign(**{BIRTH: mapped(form[BIRTH], lambda dates: dates.str[:length].replace("", None))})


def without_birth_values(findings: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Findings that say where a date of birth is wrong, and not what it is."""
    if study.policies.birth_date == "full":
        return findings
    for name, source in study.file.sources.items():
        columns = birth_columns(source)
        here = (findings["dataset"] == name).fillna(False).astype(bool)
        message = findings["message"].astype("str")
        named = findings["column"].isin(columns)
        for column in columns:  # a line of corrections.csv that looks for the date
            named |= message.str.contains(f"{column}=", regex=False).fillna(False).astype(bool)
        hide = here & named
        if hide.any():
            said = message.where(~hide, message.str.replace(r" \(.*\)", "", regex=True))
            value = findings["value"].astype("str").mask(hide)
            findings = findings.assign(message=said, value=value)
    return findings


def without_birth_dates_said(findings: pd.DataFrame, births: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Findings of edit checks, whose words may quote the date of birth (`births`: USUBJID, BRTHDAT): the year in its
    place, or nothing, as the policy says."""
    policy = study.policies.birth_date
    dates = births.dropna(subset="BRTHDAT").drop_duplicates("USUBJID").set_index("USUBJID")["BRTHDAT"].astype("str")
    here = findings["USUBJID"].isin(dates.index)
    if policy == "full" or not here.any():
        return findings
    born = dates.reindex(findings.loc[here, "USUBJID"]).tolist()
    found = findings.astype({"message": "str", "value": "str"})
    for column in ("message", "value"):
        texts = found.loc[here, column].tolist()
        instead = ["(not shown)" if policy == "omit" else date[:4] for date in born]
        said = [t.replace(d, i) if isinstance(t, str) else t for t, d, i in zip(texts, born, instead, strict=True)]
        found.loc[here, column] = pd.Series(said, index=found.index[here], dtype="str")
    return found


def _is_part(name: str, source: Source) -> bool:
    return any(name in (spec.month, spec.day) for spec in _specs(source))


def _specs(source: Source) -> list[Column]:
    return [spec for key, spec in source.specs().items() if BIRTH in key.split(".")]
