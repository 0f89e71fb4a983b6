"""Where a variable of a schema is not as the IG's table has it, or not there, and why: dataset, variable -> the reason.
A test holds these tables against the IG's; Define-XML says them in comments."""

SDTMIG = {
    ("AE", "AEDTC"): "SDTM v2.0 --DTC: the day on which the site recorded the event",
    ("AE", "AEDY"): "SDTM v2.0 --DY: a date of the record has its study day",
    **{
        (domain, variable): "SDTM v2.0 timing variables: the visit at which it was recorded"
        for domain in ("DS", "EC", "EX")
        for variable in ("VISITNUM", "VISIT", "VISITDY")
    },
    **{("CO", f"COVAL{n}"): "the IG's COVAL1 to COVALn: the rest of a comment over 200 bytes" for n in range(1, 10)},
    ("EG", "EGSTRESC"): "the IG's codelists are of interpretations; a measured interval is a number",
    ("LB", "LBSTRESC"): "the IG's codelist is of results in words; most results are numbers",
    ("FAMH", "FAMETHOD"): "SDTM v2.0 --METHOD: how the affected surface was measured (palm method)",
    ("MH", "MHSTDY"): "SDTM v2.0 --STDY: a date of the record has its study day (CDISC CORE-000328)",
    ("MH", "MHENDY"): "SDTM v2.0 --ENDY: a date of the record has its study day (CDISC CORE-000776)",
    ("QS", "QSEVAL"): "SDTM v2.0 --EVAL: a diary is the subject's own, a rating the investigator's",
    ("RS", "RSTESTCD"): "the IG's codelist is the oncology one; each clinical classification has its own",
    ("RS", "RSTEST"): "the IG's codelist is the oncology one; each clinical classification has its own",
    ("RS", "RSSTRESC"): "the IG's codelist is the oncology one; a PASI score is a number",
}

ADAMIG = {
    ("ADSL", "EOTDT"): "the day of EOTSTT; the IG has a date for the end of study only, and allows own --DT",
    ("ADSL", "DCUTDT"): "the data cut-off that TS says (DCUTDTC); the IG has no name for it, and allows own --DT",
    ("ADSL", "WEIGHTBL"): "baseline covariate: the dose is planned per kg",
    ("ADSL", "PASIBL"): "baseline covariate",
    ("ADSL", "DLQIBL"): "baseline covariate",
    ("ADSL", "BSABL"): "baseline covariate",
    ("ADSL", "PRUVASBL"): "baseline covariate",
    ("ADAE", "TRTEMFL"): "OCCDS 1.1",
    ("ADAE", "PREFL"): "OCCDS 1.1",
    ("ADAE", "FUPFL"): "OCCDS 1.1",
    ("ADAE", "AREL"): "OCCDS 1.1",
    ("ADAE", "RELGR1"): "OCCDS 1.1",
    ("ADAE", "AOCCFL"): "OCCDS 1.1",
    ("ADAE", "AOCCSFL"): "OCCDS 1.1",
    ("ADAE", "AOCCPFL"): "OCCDS 1.1",
    ("ADAE", "AOCCIFL"): "OCCDS 1.1",
    ("ADAE", "AOCCPIFL"): "OCCDS 1.1",
}
