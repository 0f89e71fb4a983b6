"""The reviewer's guides of a submission, in the sections of the PHUSE templates: cSDRG for SDTM, ADRG for ADaM.

Everything in them is counted in the snapshot, or stands in schemas, study file, SQL headers and docstrings. What only a
person can know is an `Open` line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from transforms.export.document import Bullets, Document, Heading, Open, Paragraph, Part, Table
from transforms.review.dispositions import NOT_FIXED, OPEN, TO_FIX, standings

MANY = 300  # findings in a table: a guide is read
ACRONYMS = {
    "ADaM": "Analysis Data Model",
    "ADRG": "Analysis Data Reviewer's Guide",
    "BDS": "Basic Data Structure",
    "CDISC": "Clinical Data Interchange Standards Consortium",
    "CRF": "Case Report Form",
    "cSDRG": "Clinical Study Data Reviewer's Guide",
    "CT": "Controlled Terminology",
    "DTYPE": "Derivation Type",
    "LOCF": "Last Observation Carried Forward",
    "NRI": "Non-Response Imputation",
    "OCCDS": "Occurrence Data Structure",
    "SDTM": "Study Data Tabulation Model",
    "TS, TA, TE, TV, TI": "Trial Summary, Arms, Elements, Visits, Inclusion/Exclusion Criteria",
    "XPT": "SAS Transport File",
}
ONLY = {"cSDRG": ("ADaM", "ADRG", "BDS", "DTYPE", "LOCF", "NRI", "OCCDS"), "ADRG": ("cSDRG", "CRF")}


class GuideFacts(NamedTuple):
    """What a snapshot, its study file and the package say. Frames have the columns that are named here.

    made          the snapshot's time (ISO 8601), the only clock; version: of trialmill
    standards     name -> version
    summary       TS:  TSPARMCD, TSPARM, TSVAL (or TSVALNF), TSVCDREF, TSVCDVER
    arms          TA;  elements TE;  visits TV;  criteria TI: their variables
    subjects      arm, subjects, enrolled, treated, completed, discontinued, died; the last record is the total
    sources       source, form, file, format, received, in_forms, rejected, superseded, unused, cut
    outcomes      outcome, reason, rows, sources: of the rows that are in no form
    datasets      standard, dataset, label, class, structure, keys, records, subjects, rule, program, inputs
    qualifiers    dataset (SUPP--), qnam, label, origin, records
    tests         dataset, category, tests, records
    odd           dataset, variable, what, records, example
    findings      of conformance, with their dispositions (transforms.review.dispositions.disposed); gone: `stale`
    data_findings rule, severity, words, rows, subjects, open (queries), example: what is wrong with the data received
    checks        rule, state, reason: the edit checks; queries: state, queries
    corrections   source, column, reason, who, when
    policies      what, choice: of the study file; plan: the same of its analysis
    extensions    codelist, name, terms
    dictionaries  name, version, forms; coded: number of lines in the study's own table of coded terms
    core          variables of ADSL that every other ADaM dataset has; treatment: variable, label, datasets
    windows       category, arm, visit, number, target, low, high, planned
    derived       dataset, dtype, parameters, records
    parameters    dataset, category, parameters, records
    programs      program, kind, output, inputs, rule
    encoding      of text in the transport files; changed: dataset, variable, records, what (transforms.export.fit)
    """

    study: str
    title: str
    synthetic: bool
    made: str
    version: str
    snapshot: str
    delivery: str
    cutoff: str | None
    standards: Mapping[str, str]
    sites: int
    further_numbers: int
    summary: pd.DataFrame
    arms: pd.DataFrame
    elements: pd.DataFrame
    visits: pd.DataFrame
    criteria: pd.DataFrame
    subjects: pd.DataFrame
    sources: pd.DataFrame
    outcomes: pd.DataFrame
    datasets: pd.DataFrame
    qualifiers: pd.DataFrame
    tests: pd.DataFrame
    odd: pd.DataFrame
    findings: pd.DataFrame
    gone: pd.DataFrame
    data_findings: pd.DataFrame
    checks: pd.DataFrame
    queries: pd.DataFrame
    corrections: pd.DataFrame
    policies: pd.DataFrame
    plan: pd.DataFrame
    extensions: pd.DataFrame
    dictionaries: pd.DataFrame
    coded: int
    core: Sequence[str]
    treatment: pd.DataFrame
    windows: pd.DataFrame
    derived: pd.DataFrame
    parameters: pd.DataFrame
    programs: pd.DataFrame
    encoding: str
    changed: pd.DataFrame


def csdrg(facts: GuideFacts) -> Document:
    """The Clinical Study Data Reviewer's Guide: SDTM."""
    parts = [
        *_introduction(facts, "cSDRG"),
        *_protocol(facts),
        *_subject_data(facts),
        *_conformance(facts, "SDTM"),
        *_received(facts),
        Heading(1, "Inclusion and exclusion criteria", appendix=True),
        *_criteria(facts),
        Heading(1, "Legacy data conversion plan and report", appendix=True),
        Paragraph(
            "Not applicable: no legacy data were converted. The datasets were made from the data as they were "
            "collected (section 3.2), in one way for all subjects."
        ),
    ]
    return _document(facts, "Clinical Study Data Reviewer's Guide", parts)


def adrg(facts: GuideFacts) -> Document:
    """The Analysis Data Reviewer's Guide: ADaM."""
    parts = [
        *_introduction(facts, "ADRG"),
        *_protocol_of_analysis(facts),
        *_considerations(facts),
        *_processing(facts),
        *_analysis_datasets(facts),
        *_conformance(facts, "ADaM"),
        *_programs(facts),
    ]
    return _document(facts, "Analysis Data Reviewer's Guide", parts)


def _document(facts: GuideFacts, title: str, parts: list[Part]) -> Document:
    about = [
        ("Study", facts.study),
        ("Data received up to", facts.delivery),
        *([("Data cut-off", facts.cutoff)] if facts.cutoff else []),
        ("Snapshot", facts.snapshot),
        ("Made by", f"trialmill {facts.version}"),
    ]
    warning = "SYNTHETIC DATA" if facts.synthetic else ""
    return Document(title, facts.study, facts.title, about, warning, facts.made, parts)


# --- in both


def _introduction(facts: GuideFacts, guide: str) -> Iterator[Part]:
    of = {"cSDRG": "SDTM datasets and terminology", "ADRG": "analysis datasets, terminology and programs"}[guide]
    ig, ct = {"cSDRG": ("SDTMIG", ["SDTM CT"]), "ADRG": ("ADaMIG", ["ADaM CT", "SDTM CT"])}[guide]
    yield Heading(1, "Introduction")
    yield Heading(2, "Purpose")
    yield Paragraph(
        f"This document gives reviewers of study {facts.study} context for its {of}, in addition to what define.xml "
        f"says of them. Its numbers are counted in snapshot {facts.snapshot}, which holds the data received up to "
        f"{facts.delivery}{f' and cut at {facts.cutoff}' if facts.cutoff else ''}."
    )
    if facts.synthetic:
        yield Paragraph(
            "The data are SYNTHETIC: no record stands for a real person, and nothing can be concluded from it."
        )
    yield Open("author, date and version of this guide; meetings and agreements with the agency about study data")
    yield Heading(2, "Acronyms")
    own = [(short, words) for short, words in ACRONYMS.items() if short not in ONLY[guide]]
    yield Table("Acronyms", ("Acronym", "Translation"), (1, 4), own)
    yield Heading(2, "Study data standards and dictionary inventory")
    rows = [(ig.removesuffix("IG"), f"{ig} {facts.standards[ig]}")]
    rows += [(f"Controlled terminology ({name.split()[0]})", f"CDISC {name} {facts.standards[name]}") for name in ct]
    rows += [("Data definition", "Define-XML 2.1" + (" with ARM 1.0" if guide == "ADRG" else ""))]
    rows += [("Transport", "SAS transport file, version 5; the same datasets as Dataset-JSON 1.1 beside them")]
    rows += [
        (f"Coding dictionary ({', '.join(one.forms).upper()})", f"{one.name} {one.version}")
        for one in facts.dictionaries.itertuples()
    ]
    named = facts.summary.dropna(subset="TSVCDREF")[["TSVCDREF", "TSVCDVER"]].drop_duplicates().fillna("")
    named = named[~named["TSVCDREF"].str.startswith(("CDISC", "ISO"))]
    rows += [("Terminology named in TS", f"{one.TSVCDREF} {one.TSVCDVER}".strip()) for one in named.itertuples()]
    yield Table("Standards and dictionaries", ("Standard or dictionary", "Version"), (2, 3), rows)
    if facts.dictionaries.empty:
        own = f"; {facts.coded} terms were coded by a table of the study's own" if facts.coded else ""
        yield Paragraph(f"No coding dictionary was used by the pipeline{own}.")
        yield Open("dictionaries and versions by which events and medications were coded, if any")
    if guide == "cSDRG" and len(facts.extensions):
        rows = _rows(facts.extensions, "codelist", "name", "terms")
        title = "Terms that the sponsor adds to extensible codelists"
        yield Table(title, ("Codelist", "Name", "Terms added"), (1, 2, 4), rows)
    if guide == "ADRG":
        yield Heading(2, "Source data used for analysis dataset creation")
        yield Paragraph(
            f"The analysis datasets are made from the SDTM datasets of the same snapshot, and from nothing else but "
            f"the study's tables of planned visits, windows, arms and doses. cSDRG describes the SDTM datasets. "
            f"{_enough(facts.datasets, 'SDTM')}"
        )


def _filled(datasets: pd.DataFrame, standard: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The datasets of a standard that have records, and those that have none."""
    own = datasets[datasets["standard"] == standard]
    return own[own["records"] > 0], own[own["records"] == 0]


def _without_records(empty: pd.DataFrame) -> Iterator[Part]:
    if len(empty):
        yield Paragraph(f"Without records, and therefore not in the package: {', '.join(empty['dataset'])}.")


def _enough(datasets: pd.DataFrame, standard: str) -> str:
    own, _ = _filled(datasets, standard)
    return f"{standard}: {len(own)} datasets, {_n(own['records'].sum())} records."


def _subjects(facts: GuideFacts) -> Table:
    columns = ("arm", "subjects", "enrolled", "treated", "completed", "discontinued", "died")
    heads = ("Arm", "Subjects", "Enrolled", "Treated", "Study completed", "Discontinued", "Died")
    return Table(
        "Subjects by planned arm (ADSL)", heads, (4, 1.3, 1.3, 1.3, 1.5, 1.7, 1), _rows(facts.subjects, *columns)
    )


def _conformance(facts: GuideFacts, standard: str) -> Iterator[Part]:
    """Section 4 of cSDRG, 6 of ADRG."""
    of = set(facts.datasets.loc[facts.datasets["standard"] == "ADaM", "dataset"])
    in_adam = facts.findings["standard"].eq("ADaM") | facts.findings["dataset"].isin(of)
    own = facts.findings[in_adam if standard == "ADaM" else ~in_adam]
    ig, ct = ("SDTMIG", "SDTM CT") if standard == "SDTM" else ("ADaMIG", "ADaM CT")
    engines = sorted(facts.findings["engine"].dropna().unique()) or ["trialmill"]
    yield Heading(1, "Data conformance summary")
    yield Heading(2, "Conformance inputs")
    rows = [
        ("Were the datasets validated?", f"Yes, by {', '.join(engines)}"),
        ("Standard and terminology", f"{ig} {facts.standards[ig]}, {ct} {facts.standards[ct]}"),
        ("Was define.xml validated with the data?", "It is written from the same datasets and schemas"),
        ("Were other checks made?", _checks_ran(facts) if standard == "SDTM" else "See cSDRG, section 4.3"),
    ]
    yield Table("Conformance inputs", ("Question", "Answer"), (2, 4), rows)
    yield Heading(2, "Issues summary")
    stand = standings(own)
    if own.empty:
        yield Paragraph("No rule found anything.")
    else:
        counts = "; ".join(f"{count} {name}" for name, count in stand.items())
        yield Paragraph(
            f"{_count(len(own), 'finding')}, one per cause, on {_count(own['records'].sum(), 'record')}: {counts}. "
            "A finding that is waived or explained is still listed."
        )
        shown = own.head(MANY)
        rows = [
            (
                f"{one.rule}\n{one.id}",
                one.severity,
                ".".join(_text(part) for part in (one.dataset, one.variable) if _text(part)),
                _n(one.records),
                _text(one.words),
                _decided(one),
            )
            for one in shown.itertuples()
        ]
        heads = ("Rule, finding", "Severity", "Where", "Records", "What was found", "Disposition")
        yield Table("Findings and their dispositions", heads, (2.9, 0.95, 1.8, 0.95, 3, 2.8), rows)
        if len(own) > MANY:
            yield Paragraph(f"{_n(len(own) - MANY)} more are in the conformance report.")
    if stand.get(NOT_FIXED):
        yield Paragraph(f"Promised to be fixed, and still there: {_ids(own, NOT_FIXED)}.")
    if stand.get(TO_FIX):
        yield Paragraph(f"To be fixed: {_ids(own, TO_FIX)}.")
    if stand.get(OPEN):
        yield Open(f"disposition of {_count(stand[OPEN], 'finding')} without one")
    if standard == "SDTM" and len(facts.gone):
        rows = _rows(facts.gone, "ID", "DISPOSITION", "REASON", "words")
        title = "Dispositions of findings that are not among these"
        yield Table(title, ("Finding", "Disposition", "Reason", "What became of it"), (1.2, 1, 3, 3), rows)


def _decided(one: NamedTuple) -> str:
    """Disposition of a finding in words: what, why, who, when."""
    if one.standing == OPEN:
        return OPEN
    signed = ", ".join(_text(part) for part in (one.owner, one.date) if _text(part))
    return "\n".join(part for part in (one.standing, _text(one.reason), f"({signed})" if signed else "") if part)


def _ids(findings: pd.DataFrame, standing: str) -> str:
    own = findings[findings["standing"] == standing]
    return ", ".join(f"{one.rule} ({one.id})" for one in own.itertuples())


def _checks_ran(facts: GuideFacts) -> str:
    states = facts.checks["state"].value_counts()
    words = {"runs": "run", "off": "switched off", "not applicable": "without the data they need"}
    said = [f"{_n(states[state])} {word}" for state, word in words.items() if state in states]
    return f"Edit checks of the data received: {', '.join(said)} (section 4.3)" if said else "No"


# --- cSDRG


def _protocol(facts: GuideFacts) -> Iterator[Part]:
    yield from _protocol_title(facts)
    yield Heading(2, "Protocol design")
    yield Table(
        "Trial summary (TS)",
        ("Parameter", "Code", "Value"),
        (3, 1.2, 4.5),
        [(code_words[1], code_words[0], values) for code_words, values in _by_parameter(facts.summary)],
    )
    yield Open("protocol amendments with their dates; a schema of the design, where the protocol has one")
    yield Heading(2, "Trial design datasets")
    yield Paragraph(
        f"TA, TE and TV follow. TI has {_count(len(facts.criteria), 'criterion', 'criteria')} (Appendix A); TS has "
        f"{_count(len(facts.summary), 'record')} (section 2.2)."
    )
    yield from _design(facts)


def _protocol_title(facts: GuideFacts) -> Iterator[Part]:
    yield Heading(1, "Protocol description")
    yield Heading(2, "Protocol number and title")
    rows = [("Protocol number", facts.study), ("Protocol title", facts.title)]
    versions = sorted(facts.criteria["TIVERS"].dropna().astype(str).unique()) if "TIVERS" in facts.criteria else []
    rows += [("Protocol versions in the data (TIVERS)", ", ".join(versions))] if versions else []
    yield Table("Protocol", ("Item", "Value"), (2, 5), rows)


def _by_parameter(summary: pd.DataFrame) -> Iterator[tuple[tuple[str, str], str]]:
    values = (
        summary["TSVAL"].astype("object").where(summary["TSVAL"].notna(), "(" + summary["TSVALNF"].fillna("") + ")")
    )
    for (code, words), own in values.groupby([summary["TSPARMCD"], summary["TSPARM"]], sort=False):
        yield (code, words), "; ".join(map(str, own))


def _design(facts: GuideFacts) -> Iterator[Part]:
    yield Table(
        "Trial arms (TA)",
        ("Arm code", "Arm", "Order", "Element", "Epoch", "Branch or transition"),
        (1.1, 2.5, 0.7, 2.5, 1.4, 2),
        [
            (_text(a.ARMCD), _text(a.ARM), _n(a.TAETORD), _text(a.ELEMENT), _text(a.EPOCH),
             "; ".join(_text(part) for part in (a.TABRANCH, a.TATRANS) if _text(part)))
            for a in facts.arms.itertuples()
        ],
    )  # fmt: skip
    yield Table(
        "Trial elements (TE)",
        ("Code", "Element", "Starts with", "Ends with", "Duration"),
        (1, 2.2, 3, 3, 0.9),
        _rows(facts.elements, "ETCD", "ELEMENT", "TESTRL", "TEENRL", "TEDUR"),
    )
    yield Table(
        "Trial visits (TV)",
        ("Number", "Visit", "Planned day", "Arm", "Start rule", "End rule"),
        (0.8, 2.3, 0.9, 1, 3.4, 2),
        _rows(facts.visits, "VISITNUM", "VISIT", "VISITDY", "ARMCD", "TVSTRL", "TVENRL"),
    )


def _subject_data(facts: GuideFacts) -> Iterator[Part]:
    subjects = facts.subjects.iloc[-1]
    yield Heading(1, "Subject data description")
    yield Heading(2, "Overview")
    yield Paragraph(
        f"SDTM holds all {_count(subjects['subjects'], 'subject')} of {_count(facts.sites, 'site')} who were screened; "
        f"{_n(subjects['enrolled'])} were enrolled and {_n(subjects['treated'])} treated. Screen failures are in "
        f"DM and in whatever was collected of them. {_enough(facts.datasets, 'SDTM')}"
    )
    yield _subjects(facts)
    if facts.further_numbers:
        yield Paragraph(
            f"{_count(facts.further_numbers, 'further subject number')} belongs to persons who were screened again or "
            "moved to another site: they have one USUBJID and one record in DM, the other participation stands in "
            "SUPPDM."
        )
    if facts.cutoff:
        yield Paragraph(f"The data were cut at {facts.cutoff}: what began later is left out, domain by domain.")
    yield Open("whether the study is ongoing; data that were collected and are not submitted, and why")
    yield from _traceability(facts)
    yield Heading(2, "Annotated CRF")
    yield Paragraph(
        "acrf.pdf shows each form with the fields that were collected and the SDTM variables they became. It is drawn "
        "from the mappings that the pipeline used; define.xml gives its page for each collected variable."
    )
    yield Open("the CRF as the sites saw it, where acrf.pdf is to show that")
    yield from _domains(facts)
    yield from _texts(facts)


def _traceability(facts: GuideFacts) -> Iterator[Part]:
    yield Heading(2, "Traceability and data received")
    yield Paragraph(
        "Data go one way: files as received, forms (the site's words renamed and recoded), SDTM, ADaM, analysis "
        "tables. Every SDTM record leads back to its file and row, every ADaM record to its SDTM records. Every row "
        "received is accounted for: it is in a form, set aside with its reason, superseded by another one, or declared "
        "unused."
    )
    if len(facts.sources):
        cut = facts.sources["cut"].notna().any()
        columns = ["source", "form", "file", "received", "in_forms", "rejected", "superseded", "unused"]
        heads = ["Source", "Form", "File", "Received", "In forms", "Set aside", "Superseded", "Unused"]
        yield Table(
            "Rows received, by source",
            [*heads, *(["Cut"] if cut else [])],
            [1.4, 0.7, 3, 1, 1, 1, 1.25, 0.9, *([0.8] if cut else [])],
            _rows(facts.sources, *columns, *(["cut"] if cut else [])),
        )
    if len(facts.outcomes):
        yield Table(
            "Rows that are in no form, and why",
            ("What became of them", "Reason", "Rows", "By source"),
            (1.3, 2.6, 0.7, 4),
            _rows(facts.outcomes, "outcome", "reason", "rows", "sources"),
        )
    if len(facts.corrections):
        yield Table(
            "Values corrected after collection, by a recorded line of the study",
            ("Source", "Column", "Reason", "By", "On"),
            (1, 1.5, 4, 1.4, 1.1),
            _rows(facts.corrections, "source", "column", "reason", "who", "when"),
        )
    yield Table(
        "Choices of the sponsor", ("Choice", "As in this study"), (2, 3), _rows(facts.policies, "what", "choice")
    )


def _domains(facts: GuideFacts) -> Iterator[Part]:
    own, empty = _filled(facts.datasets, "SDTM")
    yield Heading(2, "SDTM datasets")
    yield Table(
        "SDTM datasets",
        ("Dataset", "Label", "Class", "Records", "Subjects", "Keys"),
        (1.1, 2.6, 1.7, 0.9, 0.9, 3.6),
        _rows(own, "dataset", "label", "class", "records", "subjects", "keys"),
    )
    yield from _without_records(empty)
    for one in own[~own["class"].isin(["TRIAL DESIGN"])].itertuples():
        if one.dataset.startswith("SUPP"):
            continue
        yield Heading(3, f"{one.dataset}: {one.label}")
        yield Paragraph(one.rule)
        facts_of = [f"{one.structure.rstrip('.')}. {_count(one.records, 'record')}."]
        facts_of += [f"From {one.inputs}."] if one.inputs else []
        supp = facts.qualifiers[facts.qualifiers["dataset"] == f"SUPP{one.dataset}"]
        if len(supp):
            said = ", ".join(f"{q.qnam} ({q.label}, {_n(q.records)})" for q in supp.itertuples())
            facts_of.append(f"SUPP{one.dataset}: {said}.")
        tests = facts.tests[facts.tests["dataset"] == one.dataset]
        if len(tests):
            said = ", ".join(
                f"{_text(t.category) or 'no category'} ({_count(t.tests, 'test')})" for t in tests.itertuples()
            )
            facts_of.append(f"Categories: {said}.")
        odd = facts.odd[facts.odd["dataset"] == one.dataset]
        facts_of += [
            f"{o.variable}: {o.what}, {_count(o.records, 'record')} (first: {o.example})." for o in odd.itertuples()
        ]
        yield Bullets(facts_of)


def _texts(facts: GuideFacts) -> Iterator[Part]:
    yield Heading(2, "Character set and changes for transport")
    yield Paragraph(
        f"Text in the transport files is encoded in {facts.encoding}. Variables are as long as their longest value "
        "over all datasets of the study, SUPP-- excepted."
    )
    if facts.changed.empty:
        yield Paragraph("No record was changed to be written so, and no dataset was split.")
    else:
        yield Table(
            "What writing the transport files changed",
            ("Dataset", "Variable", "Records", "What was done"),
            (1.2, 1.4, 0.9, 5),
            _rows(facts.changed, "dataset", "variable", "records", "what"),
        )


def _received(facts: GuideFacts) -> Iterator[Part]:
    """What is known to be wrong with the data received."""
    yield Heading(2, "Findings on the data received")
    yield Paragraph(
        "The forms were checked row by row as they came, and the edit checks compared what was collected with itself. "
        "What was wrong became a query to the site or to the study. Data were not corrected by the pipeline but for "
        "the lines listed in section 3.2: a value that cannot be is kept as collected, and nothing is standardised "
        "from it."
    )
    yield Paragraph(_checks_ran(facts) + ".")
    off = facts.checks[facts.checks["state"] == "off"]
    if len(off):
        yield Table("Edit checks switched off", ("Check", "Reason"), (2, 5), _rows(off, "rule", "reason"))
    if len(facts.queries):
        said = ", ".join(f"{_n(q.queries)} {q.state}" for q in facts.queries.itertuples())
        yield Paragraph(f"Queries: {said}.")
    if facts.data_findings.empty:
        yield Paragraph("Nothing was found.")
        return
    columns = ("rule", "severity", "words", "rows", "subjects", "open", "example")
    heads = ("Rule", "Severity", "What it says", "Rows", "Subjects", "Queries not closed", "First in")
    rows = _rows(facts.data_findings, *columns)
    yield Table("Findings on the data received, by rule", heads, (2.9, 0.95, 3.2, 0.7, 0.95, 0.9, 2.6), rows)


def _criteria(facts: GuideFacts) -> Iterator[Part]:
    columns = [name for name in ("IETESTCD", "IECAT", "IETEST", "TIVERS") if name in facts.criteria]
    heads = {"IETESTCD": "Code", "IECAT": "Category", "IETEST": "Criterion", "TIVERS": "Version"}
    widths = {"IETESTCD": 1, "IECAT": 1.2, "IETEST": 6, "TIVERS": 0.9}
    yield Table(
        "Eligibility criteria (TI)",
        [heads[name] for name in columns],
        [widths[name] for name in columns],
        _rows(facts.criteria, *columns),
    )
    yield Open("full text of criteria that TI gives in short words, where it does")


# --- ADRG


def _protocol_of_analysis(facts: GuideFacts) -> Iterator[Part]:
    yield from _protocol_title(facts)
    yield Heading(2, "Protocol design in relation to ADaM concepts")
    wanted = ("STYPE", "TPHASE", "TBLIND", "TCNTRL", "INTMODEL", "RANDOM", "NARMS", "PLANSUB", "TRT", "COMPTRT", "DOSE",
              "DOSU", "DOSFRQ", "OBJPRIM", "OBJSEC", "OUTMSPRI", "OUTMSSEC", "DCUTDTC", "DCUTDESC")  # fmt: skip
    rows = [(words, values) for (code, words), values in _by_parameter(facts.summary) if code in wanted]
    yield Table("Design and outcome measures (TS)", ("Parameter", "Value"), (2, 5), rows)
    yield Table(
        "Planned treatment by arm (TA)",
        ("Arm", "Epoch", "Element"),
        (3, 1.5, 3),
        _rows(facts.arms, "ARM", "EPOCH", "ELEMENT"),
    )
    yield Open("the statistical analysis plan: version, date, and deviations from it")


def _considerations(facts: GuideFacts) -> Iterator[Part]:
    yield Heading(1, "Analysis considerations related to multiple analysis datasets")
    yield Heading(2, "Comparison of SDTM and ADaM content")
    subjects = facts.subjects.iloc[-1]
    rows = [
        (
            "Are screen failures in ADSL?",
            f"Yes: {_n(subjects['subjects'])} subjects, {_n(subjects['enrolled'])} enrolled",
        ),
        (
            "Are records without analysis use kept?",
            "Yes: every result of SDTM that is a number, and flags for analysis",
        ),
        ("Are dates imputed?", "In ADaM only, with flags (ASTDTF, AENDTF); SDTM keeps what the site knew"),
    ]
    yield Table("SDTM and ADaM", ("Question", "Answer"), (2, 4), rows)
    yield _subjects(facts)
    yield Open("interim analyses and what was known of treatment when they were made")
    yield Heading(2, "Core variables")
    yield Paragraph(
        f"Variables of ADSL that stand in every other analysis dataset: {', '.join(facts.core) or 'none'}. define.xml "
        "of ADaM says of each variable where it is copied from."
    )
    yield Heading(2, "Treatment variables")
    yield Table(
        "Treatment variables",
        ("Variable", "Label", "Datasets"),
        (1, 3, 3),
        _rows(facts.treatment, "variable", "label", "datasets"),
    )
    yield Heading(2, "Visit windows, unscheduled visits and record selection")
    if len(facts.windows):
        columns = ("category", "arm", "visit", "number", "target", "low", "high", "planned")
        heads = ("Category", "Arm", "Analysis visit", "Number", "Target day", "From day", "To day", "Planned visit")
        yield Table("Analysis visits", heads, (1.7, 1, 2.4, 0.9, 0.9, 0.9, 0.9, 2), _rows(facts.windows, *columns))
    yield Paragraph(
        "A window without a category holds for every category without windows of its own. Unscheduled visits count "
        "like planned ones: where a record belongs follows from its day. ANL01FL marks the record that is analysed; "
        "the rules stand with each dataset in section 5."
    )
    yield Heading(2, "Imputation and derived records")
    yield Table(
        "What the analysis plan says", ("Choice", "As in this study"), (3, 2), _rows(facts.plan, "what", "choice")
    )
    if len(facts.derived):
        yield Table(
            "Records that no visit gave (DTYPE)",
            ("Dataset", "DTYPE", "Parameters", "Records"),
            (1, 1, 4, 1),
            _rows(facts.derived, "dataset", "dtype", "parameters", "records"),
        )
    else:
        yield Paragraph("No record has a derivation type (DTYPE): nothing was carried forward or imputed as a record.")


def _processing(facts: GuideFacts) -> Iterator[Part]:
    own, _ = _filled(facts.datasets, "ADaM")
    yield Heading(1, "Analysis data creation and processing issues")
    yield Heading(2, "Split datasets")
    parts = facts.changed[
        facts.changed["what"].str.contains("in parts") & facts.changed["dataset"].isin(own["dataset"])
    ]
    yield Paragraph("; ".join(f"{one.dataset}: {one.what}" for one in parts.itertuples()) or "No dataset was split.")
    yield Heading(2, "Data dependencies")
    yield Table(
        "What each dataset is made from, in the order in which they are made",
        ("Dataset", "Reads"),
        (1, 6),
        _rows(own, "dataset", "inputs"),
    )
    yield Heading(2, "Intermediate datasets")
    yield Paragraph(
        "There are none that are kept: each dataset is the result of one SELECT. The study's tables that it reads "
        "(study.visits, study.windows, study.arms, study.doses) hold what the study file says."
    )
    yield Heading(2, "Variable conventions")
    changed = facts.changed[facts.changed["dataset"].isin(own["dataset"])]
    yield Paragraph(
        f"Dates are SAS dates with the format DATE9, times DATETIME20. Text is encoded in {facts.encoding}; flags are "
        f"Y, or Y and N, or missing. {'Nothing was changed to write the transport files.' if changed.empty else ''}"
    )
    if len(changed):
        rows = _rows(changed, "dataset", "variable", "records", "what")
        heads = ("Dataset", "Variable", "Records", "What was done")
        yield Table("What writing the transport files changed", heads, (1.2, 1.4, 0.9, 5), rows)


def _analysis_datasets(facts: GuideFacts) -> Iterator[Part]:
    own, empty = _filled(facts.datasets, "ADaM")
    yield Heading(1, "Analysis dataset descriptions")
    yield Heading(2, "Overview")
    rows = [
        (one.dataset, one.label, one.kind, *("X" if mark else "" for mark in (one.efficacy, one.safety, one.baseline)),
         _n(one.records), _n(one.subjects), one.keys)
        for one in own.assign(kind=own["class"].str.capitalize()).itertuples()
    ]  # fmt: skip
    yield Table(
        "Analysis datasets",
        ("Dataset", "Label", "Class", "Efficacy", "Safety", "Baseline", "Records", "Subjects", "Keys"),
        (0.9, 2, 1.5, 0.85, 0.75, 0.85, 0.85, 0.9, 2.3),
        rows,
    )
    yield from _without_records(empty)
    yield Paragraph(
        "Efficacy: drawn from questionnaires, scores and findings about a condition. Safety: drawn from adverse "
        "events, exposure, vital signs, laboratory or ECG. Baseline: has baseline values or flags."
    )
    yield Open("which datasets serve the primary and secondary objectives, where that is not as marked")
    yield Heading(2, "Analysis datasets")
    for one in own.itertuples():
        yield Heading(3, f"{one.dataset}: {one.label}")
        yield Paragraph(one.rule)
        said = [f"{one.structure.rstrip('.')}. {_count(one.records, 'record')} of {_count(one.subjects, 'subject')}."]
        said += [f"Program: {one.program}. Reads {one.inputs}."]
        groups = facts.parameters[facts.parameters["dataset"] == one.dataset]
        if len(groups):
            words = (
                f"{_text(g.category) or 'no category'} ({_n(g.parameters)}, {_n(g.records)})"
                for g in groups.itertuples()
            )
            said.append(f"Categories (parameters, records): {', '.join(words)}.")
        yield Bullets(said)


def _programs(facts: GuideFacts) -> Iterator[Part]:
    yield Heading(1, "Submission of programs")
    yield Paragraph(
        "The programs are SELECTs in the SQL of DuckDB, one a dataset or table, as they made this snapshot. They read "
        "the schemas sdtm, adam, study and standards; what differs between studies are bound parameters (section 3.5)."
    )
    for kind, title in (
        ("adam", "ADaM programs"),
        ("tables", "Analysis output programs"),
        ("counted", "Programs that select the records which a table counts"),
    ):
        own = facts.programs[facts.programs["kind"] == kind]
        if own.empty:
            continue
        yield Heading(2, title)
        columns = ("program", "output", "inputs", "rule") if kind == "tables" else ("program", "output", "inputs")
        widths = (2.3, 1.9, 2.1, 4.3) if kind == "tables" else (2.3, 2, 4)
        heads = ("Program", "Output", "Inputs", "What it makes")[: len(columns)]
        yield Table(title, heads, widths, _rows(own, *columns))
    yield Heading(2, "Macro programs")
    yield Paragraph("None: there are no macros and no templates.")
    yield Open("numbers of the displays in the study report that the tables stand for")


# --- words


def _rows(frame: pd.DataFrame, *columns: str) -> list[tuple[str, ...]]:
    """The cells as text: whole numbers with separators of thousands, nothing where there is no value."""
    return [tuple(_text(cell) for cell in row) for row in frame[list(columns)].itertuples(index=False, name=None)]


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if cell is None or pd.isna(cell):
        return ""
    return _n(cell) if isinstance(cell, int | float) or hasattr(cell, "dtype") else str(cell)


def _n(number: float) -> str:
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:g}"


def _count(number: float, word: str, words: str | None = None) -> str:
    """3 records, 1 record."""
    return f"{_n(number)} {word if number == 1 else words or word + 's'}"
