"""What Define-XML says in words, gathered from where it stands: docstrings of the functions that derive SDTM, comments
of the SELECTs that make ADaM and the analysis tables, and the study file.

    write_define(about(study, "SDTMIG", created, version), datasets, file, sdtm_texts(study), pages=..., documents=...)
    write_define(about(study, "ADaMIG", created, version), datasets, file,
                 adam_texts(BUILD["tables"], parameters(study)), documents=...)

The rule of an SDTM variable is a line `- VARIABLE, VARIABLE: words` in the docstring of the function that derives it;
`--` stands for the domain's two letters, `{policy}` for what the study file chooses. The rule of an ADaM variable is
the comment directly above its column in the last list of the SELECT; `$parameter` stands for what is bound.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from schemas import exceptions
from schemas.adam import DATASETS as ADAM
from schemas.header import header
from schemas.sdtm import DATASETS as SDTM
from schemas.study import Arm, Dose, Element, Source, Study, Visit, Window
from schemas.text import text_folder
from transforms import forms, timing
from transforms.export.define import About, Display, Method, Texts
from transforms.forms import CODING
from transforms.instruments import FILLED_IN_BY_THE_SUBJECT, adas_cog, dlqi, instrument_of, mmse, npi_x, pasi
from transforms.review.rules import functions
from transforms.review.sql_columns import Columns, select_columns, selections
from transforms.sdtm import ae, records, sv, vs

# what functions of several domains derive; what the domain's own function says goes before
SHARED = (
    timing.study_day, timing.epoch, timing.last_before_exposure_flag, timing.sequence, forms._usubjid,
    records.collected, vs.results, sv.visit_variables,
)  # fmt: skip
SCORING = {"ADAS-COG": adas_cog, "DLQI": dlqi, "MMSE": mmse, "NPI-X": npi_x, "PASI": pasi}
# what the SELECTs of ADaM read beside datasets (flows/analysis.py: study_tables)
STUDY_TABLES = {"visits": Visit, "windows": Window, "arms": Arm, "elements": Element, "doses": Dose}
EVALUATORS = {"INVESTIGATOR": "Investigator", "STUDY SUBJECT": "Subject"}
KEYS = ("STUDYID", "USUBJID")


def about(study: Study, standard: str, created: str, version: str) -> About:
    """The study and what its datasets follow. `standard` is SDTMIG or ADaMIG, `created` a time that the snapshot knows
    (manifest["started"]), `version` that of trialmill."""
    said = study.file.study
    terminology = {"SDTM": said.sdtm_ct} | ({"ADaM": said.adam_ct} if standard == "ADaMIG" else {})
    ig = said.sdtmig if standard == "SDTMIG" else said.adamig
    return About(study.id, said.title, standard, ig, terminology, external(study), created, ("trialmill", version))


def external(study: Study) -> dict[str, str | None]:
    """Dictionaries that the study file declares, and the standard of its country codes where the trial summary names
    one: name -> version, where one is given."""
    found: dict[str, str | None] = {given.name: given.version for given in study.file.dictionaries.values()}
    return found | {row.TSVCDREF: row.TSVCDVER for row in study.summary if row.TSVCDREF and _of_countries(row.TSVCDREF)}


def _of_countries(name: str) -> bool:
    return name.startswith("ISO 3166")


# --- SDTM


def sdtm_texts(study: Study) -> Texts:
    """Methods, comments, coding dictionaries and sources of the SDTM datasets."""
    methods, comments = {}, {}
    for name, schema in SDTM.items():
        domain = schema.metadata["domain"]
        for variable, column in schema.columns.items():
            rule = rule_of_variable(name, variable)
            if rule is None:
                continue
            own = in_words(rule[1], study, domain)
            if column.metadata["origin"] == "Derived":
                methods[name, variable] = Method(rule[0], own)
            elif column.metadata["origin"] in ("Assigned", "Collected"):
                comments[f"{name}.{variable}"] = own.replace("--", domain)
        if more := dataset_words(name, domain):
            comments[name] = more
    comments = with_reasons(comments, exceptions.SDTMIG)
    for qnam in study.file.derived:
        methods["SUPPAE", qnam] = Method(qnam, in_words(rules(ae.treatment_emergent)[qnam], study, "AE"))
    return Texts(methods, {}, comments, (), coded(study), sources(study), answers(study))


def with_reasons(comments: Mapping[str, str], reasons: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """The comments with the reasons why a variable is not as the IG's table has it."""
    said = {
        f"{dataset}.{variable}": f"Not as in the IG's table: {words}." for (dataset, variable), words in reasons.items()
    }
    return {**comments} | {place: " ".join(filter(None, [comments.get(place), words])) for place, words in said.items()}


def rule_of_variable(dataset: str, variable: str) -> tuple[str, str] | None:
    """Name and words of the rule by which a variable is derived or assigned; missing where code does neither. A rule
    that several domains share has the names of all variables that it makes, with `--` for the domain."""
    domain = SDTM[dataset].metadata["domain"]
    for at, function in enumerate((*reversed(functions(dataset, domain)), *SHARED)):
        found = {name.replace("--", domain): (name, words) for name, words in rules(function).items()}
        if variable not in found:
            continue
        words = found[variable][1]
        if at >= len(functions(dataset, domain)):
            return ", ".join(name for name, own in rules(function).items() if own == words), words
        together = [name for name, (_, own) in found.items() if own == words and name in SDTM[dataset].columns]
        return f"{dataset}.{', '.join(together)}", words.replace("--", domain)
    return None


@cache
def rules(function: Callable) -> dict[str, str]:
    """Variable -> its rule, from the lines `- VARIABLE, VARIABLE: words` of a docstring."""
    found = {}
    for names, words in re.findall(
        r"^- ((?:[A-Z-]{2}[A-Z0-9]*,\s+)*[A-Z-]{2}[A-Z0-9]*): (.+(?:\n  .+)*)", inspect.getdoc(function) or "", re.M
    ):
        found |= dict.fromkeys(re.split(r",\s+", names), sentence(words))
    return found


def sentence(words: str) -> str:
    """White space as one blank, a capital at the start."""
    words = " ".join(words.split())
    return words if re.match(r"[A-Za-z]*[A-Z-]", words) else words[0].upper() + words[1:]


def dataset_words(dataset: str, domain: str) -> str:
    """What the function that makes a dataset says of it beside its grain and its variables. What speaks of the code
    itself stands in backticks."""
    paragraphs = (inspect.getdoc(functions(dataset, domain)[0]) or "").split("\n\n")[1:]
    plain = [" ".join(one.split()) for one in paragraphs if not one.startswith("- ") and "`" not in one]
    return "" if dataset.startswith("SUPP") else " ".join(plain)


def in_words(rule: str, study: Study, domain: str) -> str:
    """A rule of a domain with what the study file chooses where policies are named, and how its instruments are
    scored."""
    policies = {name: value for name, value in study.policies if f"{{{name}}}" in rule}
    said = {name: " ".join(str(value).split("_")) if value is not None else "none" for name, value in policies.items()}
    said["usubjid"] = study.policies.usubjid.replace("prefix", study.policies.usubjid_prefix or "")
    arms = (f"{reason}: {none.ARMCD} ({none.ARM})" for reason, none in study.policies.without_arm.items())
    said["without_arm"] = "; ".join(arms) or "missing (SDTMIG 3.4)"
    said["instruments"] = " ".join(scoring(study, domain))
    for name, words in said.items():
        rule = rule.replace(f"{{{name}}}", words)
    return rule.strip()


def scoring(study: Study, domain: str) -> Iterator[str]:
    """How each instrument of a domain is scored."""
    for name, source in instruments(study).items():
        scored = instrument_of(source, study).scored
        if scored in SCORING and source.form.upper() == domain:
            yield f"{name}: {' '.join(SCORING[scored].__doc__.split(chr(10) * 2)[1].split())}"


def instruments(study: Study) -> dict[str, Source]:
    return {source.instrument: source for source in study.file.sources.values() if source.instrument}


def answers(study: Study) -> dict[tuple[str, str], tuple[str, ...]]:
    """Dataset, --TESTCD -> the answers in words that the item of a questionnaire can have."""
    found = {}
    for source in instruments(study).values():
        known = instrument_of(source, study)
        of_kind = {kind: tuple(own["response"]) for kind, own in known.responses.groupby("kind")}
        items = known.items[["testcd", "kind"]].itertuples(index=False)
        found |= {(source.form.upper(), testcd): of_kind[kind] for testcd, kind in items if kind in of_kind}
    return found


def coded(study: Study) -> dict[tuple[str, str], str]:
    """Variable -> the dictionary in which it is coded."""
    found = {}
    for given in study.file.dictionaries.values():
        for form in given.forms:
            dataset = form.upper()
            for _, levels in (CODING[form],):
                names = (f"{dataset}{level.upper()}" for level in levels)
                found |= {(dataset, name): given.name for name in names if name in SDTM[dataset].columns}
    for name in external(study):
        if _of_countries(name):
            found["DM", "COUNTRY"] = name
    return found


def sources(study: Study) -> dict[tuple[str, str], tuple[str, ...]]:
    """Dataset and category, "" for all of a dataset -> who its collected values come from: the evaluator that the study
    file names, the laboratory or reader whose name is collected, who fills in a questionnaire; else the site."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for source in study.file.sources.values():
        dataset = source.dataset or {"sae": "AE", "fa": "FA"}.get(source.form, source.form.upper())
        domain = source.form.upper()
        given = {**source.columns, **{name: spec for one in source.records for name, spec in one.items()}}
        evaluator = given.get(f"{domain}EVAL")
        if evaluator and evaluator.value in EVALUATORS:
            who = EVALUATORS[evaluator.value]
        elif f"{domain}NAM" in given:
            who = "Vendor"
        else:
            who = "Subject" if source.instrument in FILLED_IN_BY_THE_SUBJECT else "Investigator"
        categories = [instrument_of(source, study).category] if source.instrument else []
        for category in ("", *categories):
            found.setdefault((dataset, category), {})[who] = None
    return {key: tuple(who) for key, who in found.items()}


# --- ADaM


def adam_texts(
    tables: Sequence[str],
    parameters: Mapping[str, object],
    programs: Mapping[str, Sequence[str]] = {},
    purposes: Mapping[str, str] = {},
) -> Texts:
    """Methods, predecessors and comments of the ADaM datasets, and the analysis tables in their order.

    parameters   what the SELECTs bind (flows/analysis.py: parameters)
    purposes     analysis table -> its purpose in this study (study.file.analysis.purposes)
    programs     analysis table -> its program files, as the document's links name them: ../programs/pasi_response.txt
    """
    methods, predecessors, comments = {}, {}, {}
    for name, schema in ADAM.items():
        sql = statement("adam", name)
        drawn, said = adam_columns(name), column_rules(sql, name)
        for variable, column in schema.columns.items():
            origin, place = column.metadata["origin"], f"{name}.{variable}"
            words, expression = said[variable]
            if origin == "Predecessor":
                predecessors[name, variable] = predecessor(drawn[variable].copied)
            elif origin == "Derived":
                methods[name, variable] = Method(place, bound(words, parameters), expression, "DuckDB SQL")
            elif words:
                comments[place] = bound(words, parameters)
        comments[name] = bound(without_grain(header(name, sql, ("Title",))[0]), parameters)
    comments = with_reasons(comments, exceptions.ADAMIG)
    displays = tuple(display(name, programs.get(name, ()), purposes.get(name)) for name in tables)
    return Texts(methods, predecessors, comments, displays)


def statement(folder: str, name: str) -> str:
    return (text_folder("sql") / folder / f"{name.lower()}.sql").read_text(encoding="utf-8")


@cache
def readable() -> dict[str, list[str]]:
    """Table that ADaM and the analysis tables may read -> its columns."""
    found = {f"sdtm.{name.lower()}": list(schema.columns) for name, schema in SDTM.items()}
    found |= {f"adam.{name.lower()}": list(schema.columns) for name, schema in ADAM.items()}
    found |= {f"study.{name}": list(shape.model_fields) for name, shape in STUDY_TABLES.items()}
    first = (text_folder("standards") / "instruments" / "parameters.csv").read_text(encoding="utf-8").splitlines()[0]
    return found | {"standards.parameters": first.split(",")}


@cache
def adam_columns(name: str) -> Columns:
    """What each variable of an ADaM dataset is drawn from."""
    return select_columns(statement("adam", name), readable())


def predecessor(copied) -> str:
    """AE.AETERM, or each of several where the records come from several datasets."""
    return ", ".join(sorted(f"{table.rpartition('.')[2].upper()}.{column}" for table, column in copied))


def column_rules(sql: str, name: str) -> dict[str, tuple[str, str | None]]:
    """Column -> the comment directly above it in the list of the last SELECT with the dataset's name, and its
    expression where it is more than a name."""
    start = re.search(rf"^{name.lower()} AS \(\n    SELECT\n", sql, re.M).end()
    text = sql[start : sql.index("\n    FROM ", start)]
    text = text.splitlines()
    found, comment, lines, depth = {}, [], [], 0
    for number, line in enumerate(text, 1):
        if line.startswith("        -- ") and not lines:
            comment.append(line.strip().removeprefix("-- "))
            continue
        code = line.partition(" -- ")[0]
        lines.append(code[8:])
        depth += len(re.findall(r"\(|\bCASE\b", code)) - len(re.findall(r"\)|\bEND\b", code))
        if depth == 0 and code.rstrip().endswith(",") or number == len(text):
            code = "\n".join(lines).rstrip().rstrip(",")
            expression, _, column = code.rpartition(" AS ") if re.search(r"\sAS \w+$", code) else (None, "", code)
            column = column.rpartition(".")[2]
            expression = expression if expression and not re.fullmatch(r"[\w.]+", expression) else None
            found[column] = (" ".join(comment), expression)
            comment, lines = [], []
    return found


def bound(words: str, parameters: Mapping[str, object]) -> str:
    """Words with the value of each `$parameter`."""

    def value(match: re.Match) -> str:
        given = parameters[match[1]]
        given = "nothing" if given is None else given
        return " ".join(str(given).split("_"))

    return re.sub(r"\$(\w+)", value, words)


def without_grain(words: str) -> str:
    """What a header says after its first sentence, the grain, which is the dataset's structure."""
    return re.split(r"(?<=[^.]\))\. |(?<=[a-z])\. ", words, maxsplit=1)[-1]


def display(name: str, programs: Sequence[str], purpose: str | None) -> Display:
    """An analysis table: title and reason from its header, what it reads from the statement that counts."""
    sql, counted = statement("tables", name), statement("counted", name)
    words, said = header(name, sql, ("Title", "Reason"))
    read = [one for one in selections(counted, readable()) if one.table.startswith("adam.")]
    used = []
    for one in read:
        dataset = one.table.removeprefix("adam.").upper()
        keys = (*KEYS, "ASEQ", "AESEQ")
        used.append((dataset, tuple(column for column in one.columns if column not in keys), one.where))
    program = f"CREATE VIEW counted.{name} AS\n{code_of(counted)};\n\n{code_of(sql)};"
    facts = dict(said)
    shown = Display(name, facts["Title"], words, program, tuple(used), facts["Reason"], programs=tuple(programs))
    return shown._replace(purpose=purpose) if purpose else shown


def code_of(sql: str) -> str:
    """A statement without its header."""
    return re.sub(r"\A(?:--.*\n)+", "", sql).strip()
