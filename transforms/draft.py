"""A first study file, drafted from the exports themselves: what each column holds, which form column it may be, which
codes it uses. A draft only proposes: whatever a person has to decide is marked DECIDE, as a comment with the reason
or as a value that no study file may keep (flows/study_file.py)."""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal, NamedTuple, get_args, get_origin

import pandas as pd

from schemas.forms import FORMS
from schemas.study import ODM_COLUMNS, Record, StudyFile, VitalSigns
from schemas.terminology import codelist, synonyms
from transforms.dates import MONTHS, read_date, read_time
from transforms.forms import cleaned
from transforms.instruments import NAMES, PASI, instrument

DECIDE = "DECIDE"
FEW = 40  # a column with no more different values than this may be coded
SURE = 0.9  # the share of values that must agree: exports are dirty
# codes for "no value" that are met in exports; those of Castor have a meaning of their own
MISSING = {"ND", "NA", "N/A", "NK", "NR", "NOT DONE", "NULL", ".", "-", "--", "/", "-9", "-99", "-999", "-98", "999"}
MISSING |= {"N.D.", "N.A.", "N/D"}
CASTOR = {
    "-95": "MEASUREMENT FAILED",
    "-96": "NOT APPLICABLE",
    "-97": "NOT ASKED",
    "-98": "ASKED BUT UNKNOWN",
    "-99": "NO REASON GIVEN",
}
NUMBER = re.compile(r"[<>]?[+-]?\d+([.,]\d+)?")
DATELIKE = re.compile(
    r"[\dUNKX]{1,4}[-/. ][A-Za-z\d]{1,9}[-/. ,]+\d{2,4}.*|\d{4}([-/.]\d{1,2}){0,2}|\d{4}-\d\d-\d\dT.*|\d{4}年.*|"
    r"[A-Za-z]{3,9} \d.*"
)
THREE = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ].*)?")
PERSON = re.compile(
    r"initials?|inits?|(full|first|last|family|given|patient|subject|nick|sur|maiden)[ _]?name|"
    r"(tele)?phone|mobile|e ?mail|address|ssn|passport|id ?card|national id|assessor|"
    r"investigator|(prepared|entered|signed|assessed|recorded) by|nurse|"
    r"physician name|signature|user ?name|姓名|缩写|电话|手机|身份证号?|住址|地址|签名"
)
PHONE = re.compile(r"\+?\d[\d ()-]{6,}\d")
PERSONAL = re.compile(r"\d{17}[\dXx]|[^@\s]+@[^@\s]+\.\w+")  # numbers of Chinese identity cards, e-mail addresses
UPDATED = re.compile(r"last (updated|modified|changed?)|(max )?updated( at| on)?|modified( at| on)?|maxupdated( dts)?")
STATUS = {"ACTIVE", "INACTIVE", "DELETED", "REMOVED", "INACTIVATED"}
STUDY_NAMES = {"study", "studyid", "study id", "protocol", "project", "studyname", "studyno", "study no", "trial"}
STUDY_NAMES |= {"study number", "study code", "protocol no", "protocol number", "protocol id", "trial id", "trial no"}
# what exports call the columns of forms, by the end of the form column's name (AESTDAT: STDAT)
WORDS = {
    "SITEID": "site, siteid, site number, centre, center, study site, hospital, location oid, 中心编号, 中心",
    "SUBJID": "subject, subjid, subj, patient, patnum, patient id, participant, subject number, screening number, "
    "usubjid, subject key, 受试者编号",
    "VISIT": "visit, visit name, visitname, instance name, folder name, event name, timepoint, cycle, visit number, "
    "infusion, study event oid, 访视",
    "RFICDAT": "consent date, informed consent date, ic dt, icf date, date of consent, 知情同意日期",
    "BRTHDAT": "birth date, date of birth, dob, birthday, 出生日期",
    "SEX": "sex, gender, 性别",
    "ETHNIC": "ethnic, ethnicity, 民族",
    "ARMCD": "arm, treatment group, planned armcd, allocation, group, randomised to, 分组",
    "ACTARMCD": "actual armcd, actual treatment",
    "COUNTRY": "country, 国家",
    "EPOCH": "period, phase, epoch",
    "AGE": "age, age years, 年龄",
    "SAEDAT": "report date, reported on, 报告日期",
    "STDAT": "start date, start, onset, onset date, begin date, started on, event date, date, stdt, first dose, "
    "发生日期, 开始日期",
    "ENDAT": "end date, stop date, end, stop, resolved on, endt, last dose, 结束日期",
    "STTIM": "start time, onset time, start",
    "ENTIM": "end time, stop time, end",
    "DAT": "date, visit date, assessed on, measured on, collected on, assessment date, filled in, completed on, "
    "sample date, sampling date, performed on, dtcol, col dt, 日期, 检查日期",
    "TIM": "time, assessment time, sampling time",
    "SPID": "record id, line number, row id, log no, sequence, record position, line, event number, spid, "
    "item group repeat key, 序号",
    "TERM": "term, event, event term, adverse event, condition, diagnosis, description, as reported, verbatim, "
    "disease, 事件名称, 不良事件",
    "TRT": "medication, drug, treatment, product, drug name, study drug, medication name, procedure, 药物名称",
    "ONGO": "ongoing, continuing, still present, 持续",
    "SEV": "severity, intensity, 严重程度",
    "TOXGR": "grade, ctcae grade, toxicity grade, 分级",
    "SER": "serious, seriousness, 严重",
    "REL": "causality, relationship, related, relation to study drug, 与研究药物关系",
    "ACN": "action, action taken, 采取措施",
    "ACNOTH": "other action, other action taken",
    "OUT": "outcome, 转归",
    "CONTRT": "treated, treatment given, concomitant treatment",
    "SCONG": "congenital anomaly, birth defect, scan, 先天异常",
    "SDISAB": "disability, disabling, disab, 导致残疾",
    "SDTH": "death, fatal, results in death, 导致死亡",
    "SHOSP": "hospitalisation, hospitalization, hospitalised, 导致住院",
    "SLIFE": "life threatening, 危及生命",
    "SMIE": "other medically important, medically important, 其他重要医学事件",
    "CAT": "category, type",
    "PRESP": "asked by name, prespecified, pre specified",
    "OCCUR": "occurred, occurrence, present",
    "INDC": "indication, reason, given for, 适应症",
    "DOSE": "dose, dose given, amount, dose amount, 剂量",
    "DOSU": "unit, dose unit, units, 单位",
    "DOSFRM": "form, dosage form, dose form, dosfm, formulation",
    "DOSFRQ": "frequency, dosing frequency, dosfrq, 频次",
    "ROUTE": "route, route of administration, 给药途径",
    "LOT": "lot, batch, lot number, 批号",
    "ADJ": "reason for deviation, reason for adjustment, adjustment",
    "WEIGHT": "weight, body weight",
    "PDOSE": "dose planned, planned dose",
    "IETESTCD": "criterion, criteria, criterion code",
    "IEORRES": "answer, met, response",
    "TESTCD": "test, test code, parameter, analyte, testcd, item",
    "ORRES": "result, value, answer, finding, orres",
    "ORRESU": "unit, units, result unit",
    "ORNRLO": "lower limit, low, normal low, lln",
    "ORNRHI": "upper limit, high, normal high, uln",
    "POS": "position",
    "DECOD": "reason, standard term, decode, disposition, status",
    "EVAL": "evaluator",
    "COMMENT": "comment, comments, remark, 备注",
}
# what the files of a form are called
FILES = {
    "dm": "dm demog demographics subjects patients enrolment 人口学",
    "ie": "ie eligibility criteria inclusion",
    "mh": "mh history medhist 病史",
    "cm": "cm conmed conmeds medication medications concomitant 合并用药",
    "ae": "ae aes adverse events 不良事件",
    "sae": "sae serious 严重不良事件",
    "vs": "vs vital vitals signs 生命体征",
    "lb": "lb lab labs laboratory 实验室",
    "eg": "eg ecg 心电图",
    "ex": "ex exposure dosing doses infusion infusions administration tablet tablets capsule capsules 给药",
    "ec": "ec",
    "ds": "ds disposition completion termination discontinuation status eos eot",
    "pr": "pr procedure procedures",
    "sc": "sc",
    "ce": "ce",
    "co": "co comments",
}
# how the columns of wide vital signs are called, and their usual units
SIGNS = {
    "WEIGHT": ("weight wt 体重", "kg"),
    "HEIGHT": ("height ht 身高", "cm"),
    "TEMP": ("temp temperature 体温", "C"),
    "SYSBP": ("sysbp systolic sbp sys 收缩压", "mmHg"),
    "DIABP": ("diabp diastolic dbp dia 舒张压", "mmHg"),
    "PULSE": ("pulse 脉搏", "beats/min"),
    "HR": ("hr heartrate 心率", "beats/min"),
    "RESP": ("resp respiration respiratory rr 呼吸", "breaths/min"),
    "BMI": ("bmi", "kg/m2"),
}
# what is proposed where the first choice is not the usual one
CHOICES = {"birth_date": "year", "treatment_emergent_days": 30, "on_treatment_days": 30}
# study visits and questionnaires, where a form has no column for a result
BY_VISIT = ("qs", "rs", "vs", "fa", "lb", "eg")


class Export(NamedTuple):
    """One export: its file in every delivery, the keys of study.toml that say how it is read (with a comment each,
    the evidence), and the text of each delivery, oldest first."""

    file: str
    keys: dict[str, tuple[object, str]]
    deliveries: list[tuple[str, pd.DataFrame]]

    @property
    def called(self) -> str:
        """What it is called: a group of items of an ODM file, or the file."""
        return str(self.keys["itemgroup"][0]) if "itemgroup" in self.keys else self.file

    @property
    def last(self) -> pd.DataFrame:
        return self.deliveries[-1][1]


class Profile(NamedTuple):
    """What one column holds."""

    name: str
    kind: str  # blank, date, time, number, text
    few: bool  # no more than FEW values, each of them more than once
    values: list[str]  # different ones, the most frequent first, without missing codes
    missing: list[str]
    same: bool  # one value in all the rows


class Drafted(NamedTuple):
    """One source as it is proposed."""

    name: str
    export: Export
    form: str
    columns: dict[str, str]  # form column -> raw column
    records: list[dict[str, str]]
    items: dict[str, str]
    instrument: str | None
    own: pd.DataFrame | None  # items of an instrument that nobody knows: InstrumentItem
    roles: dict[str, list[str]]  # updated, inactive, identifying, study
    profiles: dict[str, Profile]
    notes: list[str]


def plain(name: str) -> str:
    """A column's name as words: IT.AESTDAT -> aestdat, LAST_UPDATED -> last updated, SubjectId -> subject id."""
    name = unicodedata.normalize("NFKC", name).removeprefix("IT.")
    name = re.sub(r"\(.*?\)", " ", name)
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w]+|_", " ", name).lower().split())


def profile(name: str, column: pd.Series, workbook: bool = False) -> Profile:
    filled = cleaned(column.astype("str")).dropna()
    counts = filled.value_counts()
    missing = [value for value in counts.index if value.upper() in MISSING or value in CASTOR]
    values = [value for value in counts.index if value not in missing]
    number = share(values, lambda text: NUMBER.fullmatch(text) is not None)
    if not values:
        kind = "blank"
    elif share(values, lambda text: ":" in text and read_time(text)[0] is not None) >= SURE:
        kind = "time"
    elif share(values, is_day if workbook else is_date) >= SURE - 0.1 and (number < 1 or "dat" in plain(name)):
        kind = "date"
    else:
        kind = "number" if number >= SURE else "text"
    # a positive number, a word or a stroke is a missing code only in a column that holds something else
    if kind == "number":
        missing = [code for code in missing if not (NUMBER.fullmatch(code) and code[0] != "-")]
    elif kind == "text" and len(values) > FEW:
        missing = []
    few = 0 < len(values) <= FEW and (len(filled) >= 2 * len(values) or len(values) <= 12)
    return Profile(name, kind, few, values, missing, len(counts) == 1 and len(filled) == len(column))


def share(values: list[str], good) -> float:
    return sum(map(bool, map(good, values))) / max(len(values), 1)


def is_serial(text: str) -> bool:
    """A day as workbooks count them: 1955 to 2064."""
    return text.split(".")[0].isdigit() and 20_000 <= float(text) <= 60_000


def is_day(text: str) -> bool:
    return is_serial(text) or is_date(text)


def is_date(text: str) -> bool:
    """A date that can be, or could but for its day (31/02/2024)."""
    readings = [read_date(text, order, 1930) for order in ("dmy", "mdy")] if DATELIKE.fullmatch(text.upper()) else []
    return any(iso or reason is None or reason.startswith("no such date") for iso, reason in readings)


def alike(name: str, words: list[str]) -> float:
    """How much a column's name looks like one of the words, 0 to 1."""
    return max((_alike(name, word) for word in words), default=0)


def _alike(name: str, word: str) -> float:
    if name == word or name.replace(" ", "") == word.replace(" ", ""):
        return 1.0
    one, other = set(name.split()), set(word.split())
    if one & other:
        return 0.45 + 0.45 * len(one & other) / len(one | other)
    ratio = SequenceMatcher(None, name, word).ratio()
    return 0.9 * ratio if ratio > 0.8 else 0


def words_of(form: str, column: str) -> list[str]:
    """What an export may call a form column: its name, with and without the domain, its label, what EDCs say."""
    ends = [end for end in WORDS if column == end or column[2:] == end or column[3:] == end]
    known = WORDS[max(ends, key=len)].split(", ") if ends else []
    label = plain(FORMS[form].columns[column].title)
    return [*known, column.lower(), column[2:].lower(), *([label] if len(label) < 40 else [])]


def fits(kind: str, found: Profile) -> float:
    """Whether a column's content can be what the form column holds, 0 to 1."""
    if found.kind == "blank":
        return 0.9
    wanted = {
        "date": found.kind == "date",
        "time": found.kind == "time",
        "number": found.kind == "number",
        "result": found.kind == "number",
        "code": found.few and found.kind in ("text", "number"),
        "topic": found.kind == "text",
        "record_id": found.kind in ("text", "number") and len(found.values) > 1,
    }
    return float(wanted.get(kind, found.kind in ("text", "number")))


def matched(form: str, profiles: dict[str, Profile]) -> tuple[dict[str, str], float]:
    """Form column -> raw column, the best pairs first, and how good they are together."""
    pairs = []
    for column, schema in FORMS[form].columns.items():
        words = words_of(form, column)
        for name, found in profiles.items():
            score = alike(plain(name), words) * fits(schema.metadata["kind"], found)
            if score >= 0.6:
                pairs.append((score + 0.01 * schema.required, column, name))
    taken: dict[str, str] = {}
    total = 0.0
    for score, column, name in sorted(pairs, key=lambda pair: -pair[0]):
        if column not in taken and name not in taken.values():
            taken[column] = name
            total += score * (2 if FORMS[form].columns[column].metadata["kind"] == "topic" else 1)
    lacking = [name for name, schema in FORMS[form].columns.items() if schema.required and name not in taken]
    return taken, total - 0.5 * len(lacking)


def drafted(export: Export) -> Drafted:
    """One source: which form, which columns, by names and content."""
    rows = pd.concat([rows for _, rows in export.deliveries], ignore_index=True).drop_duplicates().fillna("")
    workbook = export.keys["format"][0] in ("xlsx", "xls")
    profiles = {name: profile(name, rows[name], workbook) for name in export.last}
    name = source_name(export.called)
    roles: dict[str, list[str]] = {"updated": [], "inactive": [], "identifying": [], "study": []}
    for column, found in profiles.items():
        called = plain(column)
        if called in STUDY_NAMES:
            roles["study"].append(column)
        elif UPDATED.fullmatch(called) and found.kind in ("date", "blank"):
            roles["updated"].append(column)
        elif found.values and {value.upper() for value in found.values} <= STATUS:
            roles["inactive"].append(column)
        elif PERSON.search(called) or is_personal(called, found):
            roles["identifying"].append(column)
    for role in ("updated", "inactive"):
        del roles[role][1:]
    free = {c: found for c, found in profiles.items() if all(c not in columns for columns in roles.values())}
    words = set(re.split(r"[^a-z一-鿿]+", plain(export.called))) | {name}
    known = next((one for one in NAMES if plain(one).split()[0] in words or plain(one).replace(" ", "") in words), None)
    if known is None and {"vas", "itch", "pruritus"} & (words | {plain(column) for column in free}):
        known = "PRURITUS VAS"
    options = []
    for form in ("rs" if known in PASI else "qs",) if known else [f for f in FORMS if f not in ("qs", "rs", "fa")]:
        columns, score = matched(form, free)
        named = bool(words & set(FILES.get(form, form).split()))
        options.append((score + 4 * named, form, columns, named))
    options.sort(key=lambda option: -option[0])
    _, form, columns, named = options[0]
    notes = [] if named or known else [f"{DECIDE}: guessed from its columns; {options[1][1]} was next"]
    measured = [n for n, found in free.items() if found.kind == "number" and n not in columns.values()]
    by_visit, _ = matched("fa", free)
    if not known and not named and measured and {"VISIT", "FADAT"} <= by_visit.keys():
        # a result by visit that no form is made for
        notes = [f"{DECIDE}: a result by visit that no form is made for; or another form?"]
        columns = {c: n for c, n in by_visit.items() if FORMS["fa"].columns[c].metadata["kind"] != "topic"}
        form, columns = "fa", {"FAORRES": next(n for n in measured if n not in by_visit.values())} | columns
    if form == "ds" and "DSDECOD" in columns:  # the words of the site are there in any case
        columns.setdefault("DSTERM", columns["DSDECOD"])
    records: list[dict[str, str]] = []
    items: dict[str, str] = {}
    own = None
    scale = {n: free[n] for n in measured if free[n].few and all(value.isdigit() for value in free[n].values)}
    if form == "fa" and len(scale) >= 3:  # a score each in several columns: a questionnaire
        notes = [f"{DECIDE}: its columns look like the items of a questionnaire; or another form?"]
        form, known = "qs", re.sub("[^A-Z0-9]+", " ", name.upper()).strip()
        columns, _ = matched("qs", {n: found for n, found in free.items() if n not in scale})
        columns = {c: n for c, n in columns.items() if not c.endswith(("TESTCD", "ORRES", "ORRESU"))}
        own = own_items(known, scale)
        items = dict(zip(own["item"], scale, strict=True))
    elif known:
        columns = {c: n for c, n in columns.items() if not c.endswith(("TESTCD", "ORRES", "ORRESU"))}
        items = item_columns(known, {n: found for n, found in free.items() if n not in columns.values()})
    elif form == "vs" and "VSTESTCD" not in columns:
        columns = {c: n for c, n in columns.items() if c not in ("VSORRES", "VSORRESU", "VSTIM")}
        records = sign_records({n: found for n, found in free.items() if n not in columns.values()})
    return Drafted(name, export, form, columns, records, items, known, own, roles, profiles, notes)


def own_items(name: str, scale: dict[str, Profile]) -> pd.DataFrame:
    """instruments/<name>.csv: one record per column that holds a score; which are possible, only the CRF says."""
    prefix = re.sub("[^A-Z]", "", name)[:5] or "Q"
    totals = [column for column in scale if re.search(r"\b(tot(al)?|sum|score)\b", plain(column))]
    rows = []
    for column in scale:
        last = totals[-1:] == [column]
        item = "TOT" if last else f"{len(rows) + 1:02}"
        origin = "derived" if last else "scored"
        rows.append((item, prefix + item, plain(column).capitalize()[:40], DECIDE, DECIDE, origin))
    return pd.DataFrame(rows, columns=["item", "testcd", "test", "min", "max", "origin"])


def source_name(file: str) -> str:
    """A short name for a source: edc_ae.csv -> ae."""
    stem = re.sub(r"\.\w+$", "", file.split("/")[-1].replace("*", ""))
    words = [word for word in re.split(r"[^0-9A-Za-z]+", stem.lower()) if word and not word.isdigit()]
    words = [word for word in words if word not in ("edc", "raw", "export", "listing", "data", "form")] or words
    return words[-1] if words else "source"


def is_personal(name: str, found: Profile) -> bool:
    """Telephone numbers, e-mail addresses and identity cards, whatever their column is called."""
    if not found.values or found.kind == "date":
        return False
    phone = share(found.values, lambda text: PHONE.fullmatch(text) and len(re.sub(r"\D", "", text)) >= 10)
    return max(share(found.values, PERSONAL.fullmatch), phone * ("number" not in name)) >= SURE


def item_columns(name: str, free: dict[str, Profile]) -> dict[str, str]:
    """Item of the instrument -> raw column: by number (q7, q7b, ITEM_07), or by the words of the item."""
    known, found = instrument(name).items, {}
    total = [item for item in known.index if known.loc[item, "kind"] == "total"]
    numeric = {column: p for column, p in free.items() if p.kind in ("number", "blank") or p.few}
    for column in numeric:
        called = plain(column)
        number = re.fullmatch(r"\D*?(\d{1,2}) ?([a-z]?)", called)
        if number:
            item = f"{int(number[1]):02}" + {"": "", "b": "A"}.get(number[2], number[2].upper())
            if item in known.index:
                found.setdefault(item, column)
        elif total and re.search(r"\btot(al)?\b", called):
            found.setdefault(total[-1], column)
        elif "region" in known:
            first, *rest = called.split()
            for item in known.index:
                words = [str(known.loc[item, "region"]), str(known.loc[item, "kind"])]
                if rest and words[0].startswith(first[:4]) and words[1].startswith(rest[-1][:3]):
                    found.setdefault(item, column)
    if len(known) == 1:
        numbers = [column for column, p in numeric.items() if p.kind == "number" and "unit" not in plain(column)]
        found = dict.fromkeys(known.index, numbers[0]) if numbers else {}
    return dict(sorted(found.items()))


def sign_records(free: dict[str, Profile]) -> list[dict[str, str]]:
    """One record per column of a vital sign: its test, its column, the column of its time."""
    records = []
    for column, found in free.items():
        words = plain(column).split()
        test = next((t for t, (names, _) in SIGNS.items() if set(words) & set(names.split())), None)
        if test and found.kind in ("number", "blank") and not {"time", "date", "unit"} & set(words):
            record = {"VSTESTCD": test, "VSORRES": column}
            time = next((c for c in free if plain(c) in (plain(column) + " time", "time of " + plain(column))), None)
            records.append(record | ({"VSTIM": time} if time else {}))
    return records


def date_order(found: list[Profile]) -> tuple[str, str]:
    """The order of dates, and the evidence for it."""
    seen: dict[str, str] = {}
    words = ""
    for column in found:
        for text in column.values:
            text = text.replace("年", "-").replace("月", "-").replace("日", "")
            parts = THREE.fullmatch(text)
            if not parts:
                spelt = any(part.upper() in MONTHS for part in re.split(r"[^A-Za-z]+", text))
                words = words or (f"{column.name} has {text}" if spelt else "")
                continue
            first, second, _ = parts.groups()
            order = "ymd" if len(first) == 4 else "dmy" if int(first) > 12 else "mdy" if int(second) > 12 else None
            if order:
                seen.setdefault(order, f"{column.name} has {text}")
    if len(seen) == 1:
        return next(iter(seen.items()))
    if seen:
        return "none", f"{DECIDE}: two orders occur: " + ", ".join(f"{order} ({why})" for order, why in seen.items())
    if found and all(is_serial(text) for column in found for text in column.values):
        return "ymd", "the workbook counts days"
    if words:
        return "dmy", f"months are words: {words}"
    return "none", f"{DECIDE}: no date tells dmy from mdy (none has a part above 12); with none they are refused"


def row_key(source: Drafted) -> tuple[list[str], str]:
    """The smallest set of form columns with site and subject that tells rows apart, and how far it does."""
    rows = source.export.last.drop(columns=source.roles["updated"]).drop_duplicates()
    form = FORMS[source.form].columns
    both = [column for column in ("SITEID", "SUBJID") if column in source.columns]
    rank = {"record_id": 0, "code": 1, "date": 2, "time": 3, "topic": 4}
    others = [c for c in source.columns if c not in both and form[c].metadata["kind"] in rank]
    places = ("VISIT", "TESTCD", "TPT", "POS", "LOC", "LAT", "SPEC")
    others = [c for c in others if form[c].metadata["kind"] != "code" or c.endswith(places)]
    others = [c for c in others if form[c].metadata["kind"] != "date" or not c.endswith(("ENDAT", "ENTIM"))]
    others.sort(key=lambda c: rank[form[c].metadata["kind"]])
    best: tuple[float, list[str]] = (-1, ["SITEID", "SUBJID"])
    day = next((c for c in others if c == f"{source.form.upper()}DAT"), None)
    for size in range(0 if source.form == "dm" else 1, min(4, len(others) + 1)):
        for extra in combinations(others, size):
            # an unscheduled visit can come twice, on two days
            if source.form in BY_VISIT and "VISIT" in extra and day not in (None, *extra):
                extra = (*extra, day)
            key = ["SITEID", "SUBJID", *extra]
            unique = 1 - rows.duplicated([source.columns[c] for c in (*both, *extra)]).mean()
            if unique >= 0.97:
                return key, "" if unique == 1 else f"tells {unique:.1%} of the rows apart; were the others sent twice?"
            best = max(best, (unique, key), key=lambda pair: pair[0])
    return best[1], f"{DECIDE}: tells only {best[0]:.1%} of the rows apart"


def export_mode(source: Drafted, key: list[str]) -> tuple[str, str]:
    if len(source.export.deliveries) < 2:
        words = 'only one delivery is known; or "incremental", where a row that is absent is unchanged'
        return "cumulative", f"{DECIDE}: {words}"
    one, two = (
        set(map(tuple, rows.reindex(columns=[source.columns[c] for c in key if c in source.columns]).to_numpy()))
        for _, rows in source.export.deliveries[-2:]
    )
    again = len(one & two) / max(len(one), 1)
    if again >= 0.8:
        return "cumulative", f"{again:.0%} of the rows of the delivery before came again"
    return "incremental", f"{DECIDE}: only {again:.0%} of the rows of the delivery before came again"


def other_names(source: Drafted, column: str) -> list[str]:
    """The names of a column in earlier deliveries: one that is gone, and looks alike."""
    earlier = {name for _, rows in source.export.deliveries[:-1] for name in rows} - set(source.export.last)
    late = any(column not in rows for _, rows in source.export.deliveries[:-1])
    return sorted(name for name in earlier if late and SequenceMatcher(None, name, column).ratio() > 0.7)


def proposed_term(code: str, listed: str | tuple[str, ...]) -> str:
    """The one term of the codelists that a code may mean: by submission value, preferred term and synonyms, one half
    of a double name (RECOVERED/RESOLVED), or the only term of a short list that has all its words; else blank."""
    terms: set[str] = set()
    for name in (listed,) if isinstance(listed, str) else listed:
        if re.fullmatch(r"C\d+", name):
            known, words = codelist(name).terms, set(code.casefold().split())
            terms |= synonyms(name).get(code.casefold(), set())
            terms = terms or {term for term in known if code.casefold() in term.casefold().split("/")}
            if not terms and len(known) <= 20:
                terms = {term for term in known if words <= set(re.split(r"[^a-z]+", term.casefold()))}
        elif code.casefold() == name.casefold() or re.fullmatch(rf"\D*{re.escape(name)}", code):
            terms.add(name)
    return terms.pop() if len(terms) == 1 else ""


class Tables:
    """What grows while sources are written: code lists, visits, arms, criteria."""

    def __init__(self, sources: list[Drafted]):
        self.lists: dict[str, list[str]] = {}
        self.terms: dict[str, dict[str, str]] = {}
        self.extensions: dict[str, list[str]] = {}
        self.visits: list[str] = []
        self.arms: list[str] = []
        self.criteria: list[str] = []
        self.of: dict[tuple, str] = {}
        of_visits = [s for s in sources if "VISIT" in s.columns]
        for source in sorted(of_visits, key=lambda s: -len(s.profiles[s.columns["VISIT"]].values)):
            if not self.visits:
                self.visits = [visit_term(code) for code in visit_order(source)]
                self.visits = [visit for visit in self.visits if visit != "UNSCHEDULED"]

    def codes(self, column: str, listed: str | tuple[str, ...], values: list[str]) -> str:
        """The name of the list that holds these codes; a new one where none does."""
        stem = {"C66742": "yesno"}.get(listed if isinstance(listed, str) else "", column.lower())
        ascii_only = all(value.isascii() for value in values)
        for (name, of), known in self.of.items():
            here = set(self.lists[known])
            joined = set(values) <= here or listed == "C66742" or listed == "visit" and set(values) & here
            if of == (listed, ascii_only) and joined:
                self._add(known, column, listed, values)
                return name
        name = stem if stem not in self.lists else f"{stem}_{sum(n.startswith(stem) for n in self.lists) + 1}"
        self.of[name, (listed, ascii_only)] = name
        self._add(name, column, listed, values)
        return name

    def _add(self, name: str, column: str, listed: str | tuple[str, ...], values: list[str]) -> None:
        codes, terms = self.lists.setdefault(name, []), self.terms.setdefault(name, {})
        for code in values:
            if code not in codes:
                codes.append(code)
                terms[code] = self._term(code, listed)

    def _term(self, code: str, listed: str | tuple[str, ...]) -> str:
        if listed == "sponsor":
            return code.upper() if code.isascii() else ""
        if listed == "visit":
            return visit_term(code) if visit_term(code) in {*self.visits, "UNSCHEDULED"} else ""
        if listed == "arm":
            reason = proposed_term(code, "C142179")
            if not reason and arm_code(code) not in self.arms:
                self.arms.append(arm_code(code))
            return reason or arm_code(code)
        if listed == "criterion":
            good = re.fullmatch(r"[A-Z][A-Z0-9_]{0,7}", code.upper())
            if good and code.upper() not in self.criteria:
                self.criteria.append(code.upper())
            return code.upper() if good else ""
        return proposed_term(code, listed)


def arm_code(code: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", code.upper())[:20] or DECIDE


def visit_term(code: str) -> str:
    return "UNSCHEDULED" if re.fullmatch(r"uns(ch(ed(uled)?)?)?\b.*|计划外.*", code.lower()) else code.upper()


def visit_order(source: Drafted) -> list[str]:
    """The visits in the order of their days since the subject's first."""
    rows = source.export.last
    visit = rows[source.columns["VISIT"]].map(lambda text: " ".join(text.split()))
    form = FORMS[source.form].columns
    day = next((raw for column, raw in source.columns.items() if form[column].metadata["kind"] == "date"), None)
    if day is None or "SUBJID" not in source.columns:
        return [value for value in dict.fromkeys(visit) if value]
    order, _ = date_order([source.profiles[day]])
    iso = rows[day].map(lambda text: read_date(text, order, 1930)[0])
    days = pd.to_datetime(iso, errors="coerce", format="ISO8601")
    since = days - days.groupby(rows[source.columns["SUBJID"]]).transform("min")
    found = since.groupby(visit).median().sort_values(kind="stable")
    return [value for value in found.index if value]


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key_text(k)} = {toml(v)}" for k, v in value.items()) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def key_text(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else toml(key)


def line(key: str, value: object, comment: str = "") -> str:
    return f"{key_text(key)} = {toml(value)}" + (f"  # {' '.join(comment.split())}" if comment else "")


def source_lines(source: Drafted, tables: Tables) -> list[str]:
    """One source of study.toml."""
    profiles, form = source.profiles, FORMS[source.form].columns
    used = {*source.columns.values(), *source.items.values()}
    used |= {c for record in source.records for key, c in record.items() if key != "VSTESTCD"}
    missing = sorted({code for c in used for code in profiles[c].missing if _can_be_missing(c, source)})
    reasons = dict.fromkeys(missing, "") | (CASTOR if {*missing} & CASTOR.keys() - {"-99"} else {})
    key, told = row_key(source)
    mode, why = export_mode(source, key)
    dates = [profiles[c] for c in used if profiles[c].kind == "date"]
    order, evidence = date_order(dates)
    lines = [f"[sources.{key_text(source.name)}]", line("form", source.form, *source.notes)]
    lines += [line("file", source.export.file)]
    lines += [line(name, value, comment) for name, (value, comment) in source.export.keys.items()]
    lines += [] if "mode" in source.export.keys else [line("mode", mode, why)]
    lines += [line("key", key, told)]
    lines += [line("date_order", order, evidence)]
    two = next((t for d in dates for t in d.values if re.fullmatch(r"\d{1,2}[-/. ]\w{1,3}[-/. ]\d{2}", t)), None)
    if two:
        lines.append(line("two_digit_years_from", 1930, f"{DECIDE}: years of two digits: which hundred?"))
    seen = f"{DECIDE}: what do they mean? a reason, or blank for not done" if missing else "none was seen"
    lines.append(line("missing", reasons, seen))
    if source.roles["updated"]:
        lines.append(line("updated", source.roles["updated"][0]))
    if source.roles["inactive"]:
        (column,) = source.roles["inactive"]
        off = [value for value in profiles[column].values if value.upper() != "ACTIVE"]
        doubt = "" if off else f"{DECIDE}: only ACTIVE was seen; what do rows say that were taken out?"
        lines.append(line("inactive", {"column": column, "values": off or ["INACTIVE"]}, doubt))
    if source.roles["identifying"]:
        words = f"{DECIDE}: these look like persons and will never be read; is that all, and right?"
        lines.append(line("identifying", source.roles["identifying"], words))
    earlier = {name: other for c in used for other in [c] for name in other_names(source, c)}
    everything = dict.fromkeys(name for _, rows in source.export.deliveries for name in rows)
    units = unit_column(source) if source.instrument and source.own is None else None
    taken = {*used, *earlier, *(column for columns in source.roles.values() for column in columns)} - {units}
    study = source.roles["study"]
    own = ODM_COLUMNS if source.export.keys["format"][0] == "odm" else ()
    left = [name for name in everything if name not in (*taken, *own, units)]
    if study + left:
        words = f"{DECIDE}: is nothing of this to be submitted? {_held(left, profiles)}" if left else ""
        lines.append(line("unused", study + left, words))
    if source.instrument:
        words = f"{DECIDE}: which version? {', '.join(PASI)}" if source.instrument in PASI else ""
        words = f"items and their ranges: instruments/{source.instrument}.csv" if source.own is not None else words
        lines.append(line("instrument", source.instrument, words))
    if source.form == "fa":
        lines.append(line("dataset", DECIDE, f"{DECIDE}: name of the dataset, FA and two letters; or another form?"))
    lines.append(f"[sources.{key_text(source.name)}.columns]")
    for column, schema in form.items():
        kind = schema.metadata["kind"]
        if column in source.columns:
            raw = source.columns[column]
            names = [raw, *other_names(source, raw)]
            if column == "SUBJID" and "SITEID" not in source.columns and (cut := cut_subject(source)):
                lines.append(line(column, cut[1]))
                continue
            given: object = names[0] if len(names) == 1 else list(reversed(names))
            if kind == "code":
                codes = [value for value in profiles[raw].values if value not in profiles[raw].missing]
                given = {"column": given, "codes": tables.codes(column, schema.metadata["codelist"], codes)}
                doubt = "" if codes else f"{DECIDE}: blank so far; which codes does the CRF offer?"
            else:
                doubt = ""
            lines.append(line(column, given, doubt or _doubt(source, column)))
        elif column == "SITEID" and (cut := cut_subject(source)):
            lines.append(line(column, cut[0], f"{DECIDE}: site and subject seem to be one text, e.g. {cut[2]}"))
        elif schema.required and not (source.records and column in ("VSTESTCD", "VSORRES", "VSORRESU")):
            words = f"{DECIDE}: no column was found ({schema.title}): a raw column's name, or this value in every row"
            lines.append(line(column, {"value": DECIDE}, words))
    for record in source.records:
        lines.append(f"[[sources.{key_text(source.name)}.records]]")
        again = sum(other["VSTESTCD"] == record["VSTESTCD"] for other in source.records) > 1
        words = f"{DECIDE}: one of several: which time point? then VSTPT and VSTPTNUM too" if again else ""
        lines.append(line("VSTESTCD", {"value": record["VSTESTCD"]}, words))
        lines.append(line("VSORRES", record["VSORRES"]))
        words = f"{DECIDE}: the usual unit; the export does not say it"
        lines.append(line("VSORRESU", {"value": SIGNS[record["VSTESTCD"]][1]}, words))
        lines += [line("VSTIM", record["VSTIM"])] if "VSTIM" in record else []
    if source.items:
        category = source.instrument if source.own is not None else instrument(source.instrument).category
        cats = "C118971" if source.form == "rs" else "C100129"
        if category not in codelist(cats).terms:
            tables.extensions.setdefault(cats, []).append(category)
        lines.append(f"[sources.{key_text(source.name)}.items]")
        for item, raw in source.items.items():
            names = [raw, *other_names(source, raw)]
            given = names[0] if len(names) == 1 else list(reversed(names))
            if profiles[raw].kind == "text" and profiles[raw].few:
                given = {"column": given, "codes": tables.codes(source.name, "item", profiles[raw].values)}
            if units:
                unit = {"column": units, "codes": tables.codes(f"{source.name}_unit", "C71620", profiles[units].values)}
                given = {"column": given, "unit": unit}
            lines.append(line(item, given))
        known = instrument(source.instrument).items if source.own is None else source.own.set_index("item")
        lacking = [item for item in known.index if item not in source.items]
        scored = [item for item in lacking if known.loc[item, "origin"] == "scored"]
        if scored:
            lines.append(f"# {DECIDE}: items without a column: {', '.join(scored)}")
    return [*lines, ""]


def cut_subject(source: Drafted) -> tuple[dict, dict, str] | None:
    """How site and subject stand in one column (701-1015), where they do, with an example."""
    raw = source.columns["SUBJID"]
    values = source.profiles[raw].values
    for mark in "-_/":
        sites = {value.split(mark)[0] for value in values}
        if all(value.count(mark) == 1 for value in values) and len(sites) < len(values):
            both = [{"column": raw, "split": mark, "part": part, "of": 2} for part in (1, 2)]
            return both[0], both[1], values[0]
    return None


def _held(left: list[str], profiles: dict[str, Profile]) -> str:
    return "; ".join(f"{name}: {seen(profiles[name]) or 'blank'}" for name in left if name in profiles)


def seen(found: Profile) -> str:
    """What a column holds, in a few words. No value is shown: nobody has said yet which columns tell of a person."""
    kind = found.kind if len(found.values) == 1 else f"{found.kind}s"
    return f"{len(found.values)} different {kind}" if found.values else ""


def _can_be_missing(column: str, source: Drafted) -> bool:
    """Ids, terms and free text may mean what they say."""
    kinds = [FORMS[source.form].columns[c].metadata["kind"] for c, raw in source.columns.items() if raw == column]
    return not set(kinds) & {"identifier", "record_id", "topic", "text"}


def _doubt(source: Drafted, column: str) -> str:
    """A comment where a name was only similar."""
    raw = source.columns[column]
    score = alike(plain(raw), words_of(source.form, column))
    return f"{DECIDE}: by a similar name; it holds {seen(source.profiles[raw]) or 'nothing yet'}" if score < 0.8 else ""


def unit_column(source: Drafted) -> str | None:
    return next((n for n, p in source.profiles.items() if "unit" in plain(n).split() and p.few), None)


def study_texts(
    exports: list[Export], others: list[tuple[str, str]], name: str, parameters: list[str]
) -> dict[str, str]:
    """The files of a drafted study: name -> text. `others` are files that are no export, and why."""
    sources: list[Drafted] = []
    for export in exports:
        source = drafted(export)
        if "SUBJID" not in source.columns:
            why = f"{DECIDE}: no column looks like a subject's number: {', '.join(export.last)}"
            others = [*others, (export.file, why)]
            continue
        again = sum(other.name.split("_")[0] == source.name for other in sources)
        sources.append(source._replace(name=f"{source.name}_{again + 1}") if again else source)
    sources.sort(key=lambda source: source.form != "dm")
    tables = Tables(sources)
    body = [text for source in sources for text in source_lines(source, tables)]
    if not any(source.form == "dm" for source in sources):
        body.append(f"# {DECIDE}: no export looks like demographics: one source must have form = \"dm\"")
    ids = [v for s in sources for c in s.roles["study"] for v in s.profiles[c].values[:1]]
    study = re.sub(r"[^A-Z0-9-]", "", (ids[0] if ids else name).upper())[:20] or "STUDY"
    doses = [s for s in sources if s.form == "ex"]
    head = [
        "#:schema ./study.schema.json",
        "# A draft: each line with DECIDE waits for a person. docs/new-study.md says how to go on.",
        "",
        "[study]",
        line("id", study, "from the exports" if ids else f"{DECIDE}: the study's identifier"),
        line("title", DECIDE, f"{DECIDE}: the study's title"),
        line("synthetic", False),
        *(line(key, value) for key, value in (("sdtmig", "3.4"), ("sdtm_ct", "2025-03-28"))),
        *(line(key, value) for key, value in (("adamig", "1.3"), ("adam_ct", "2025-03-28"))),
    ]
    head += choice_lines(sources)
    head += ["", "[submission]", line("ascii", "refuse", 'or "translate", "transliterate": docs/submission.md')]
    head += [line("left_out", [], "supplemental qualifiers that stay out of a submission")]
    head += ["", *dose_lines(doses[0] if doses else None)]
    head += ["[extensions]", *(line(key, terms) for key, terms in tables.extensions.items()), "", "[codelists]"]
    head += [f"# {DECIDE}: only codes that were seen are here: add those that the CRF offers besides"]
    head += [line(key, codes) for key, codes in tables.lists.items()]
    tail = [text for file, reason in others for text in ("[[unused]]", line("file", file), line("reason", reason), "")]
    return {
        "study.toml": "\n".join([*head, "", *body, *tail]),
        **{f"{table}.csv": text for table, text in table_texts(tables, parameters).items()},
        **{f"instruments/{s.instrument}.csv": s.own.to_csv(index=False) for s in sources if s.own is not None},
    }


def choice_lines(sources: list[Drafted]) -> list[str]:
    """The tables of study.toml that hold choices only: what every study needs, each with the choices there are."""
    lines = []
    for table, given in StudyFile.model_fields.items():
        shape = given.annotation
        if table == "study" or not (isinstance(shape, type) and issubclass(shape, Record)):
            continue
        lines += ["", f"[{table}]", *(policies_of_forms(sources) if table == "policies" else []), *choices(shape)]
        if table == "analysis" and any(source.form == "vs" for source in sources):
            lines += ["", "[analysis.vital_signs]", *choices(VitalSigns)]
    return lines


def choices(shape: type[Record]) -> list[str]:
    """The keys of one table that a study has to choose."""
    lines = []
    for name, field in shape.model_fields.items():
        kind = get_origin(field.annotation)
        if not field.is_required():
            continue
        if kind is Literal:
            options = get_args(field.annotation)
            value = CHOICES.get(name, options[0])
            others = ", ".join(toml(option) for option in options if option != value)
            lines.append(line(name, value, f"{DECIDE}: or {others}" if others else ""))
        else:
            value = {} if kind is dict else [] if kind is tuple else CHOICES.get(name, DECIDE)
            lines.append(line(name, value, f"{DECIDE}: docs/study-file.md says what it may be"))
    return lines


def policies_of_forms(sources: list[Drafted]) -> list[str]:
    """The policies that are needed only because of a form."""
    forms = {source.form for source in sources}
    comments = "co" in forms or any("COMMENT" in source.columns for source in sources)
    wanted = {
        "lab_units": ("lb" in forms, "si", 'or "conventional", "collected"'),
        "ex_from_ec": ("ec" in forms and "ex" not in forms, "each_record", 'or "constant_dosing"'),
        "comment_variables": (comments, 3, "a comment has at most so many times 200 characters"),
    }
    return [line(name, value, f"{DECIDE}: {words}") for name, (needed, value, words) in wanted.items() if needed]


def dose_lines(source: Drafted | None) -> list[str]:
    """The planned doses: one block, from what was given most often."""
    common = {}
    for column in ("VISIT", "EXTRT", "EXDOSE", "EXDOSU"):
        raw = source.columns.get(column) if source else None
        common[column] = source.profiles[raw].values[0] if raw and source.profiles[raw].values else None
    dose = common["EXDOSE"] or ""
    amount = float(dose.replace(",", ".")) if NUMBER.fullmatch(dose) and dose[0].isdigit() else 0
    return [
        "[[doses]]",
        line("visit", DECIDE, f"{DECIDE}: a visit of visits.csv; one block for each planned dose"),
        line("treatment", common["EXTRT"] or DECIDE, "" if common["EXTRT"] else f"{DECIDE}: what is given"),
        line("dose", amount or 1.0, f"{DECIDE}: " + (f"{amount:g} was given most often" if amount else "how much")),
        line("unit", common["EXDOSU"] or DECIDE, f"{DECIDE}: in which unit, per kg where it is"),
        "",
    ]


def table_texts(tables: Tables, parameters: list[str]) -> dict[str, str]:
    """The tables beside study.toml: what the exports tell, and DECIDE for what only the protocol knows."""

    def text(columns: str, rows: list[tuple]) -> str:
        return pd.DataFrame(rows, columns=columns.split(",")).to_csv(index=False)

    arms = tables.arms or [DECIDE]
    return {
        "codes": text(
            "codelist,code,term",
            [(name, code, term) for name, terms in tables.terms.items() for code, term in terms.items()],
        ),
        "visits": text(
            "VISITNUM,VISIT,VISITDY,EPOCH,ARMCD,TVSTRL,TVENRL,AVISIT,AVISITN,AWLO,AWHI",
            [(n, visit, "", "SCREENING" if visit.startswith("SCR") else "TREATMENT", "", DECIDE, "", "", "", "", "")
             for n, visit in enumerate(tables.visits or [DECIDE], 1)],
        ),
        "arms": text(
            "ARMCD,ARM,TAETORD,ETCD,ELEMENT,TABRANCH,TATRANS,EPOCH",
            [row for arm in arms for row in (
                (arm, DECIDE, 1, "SCREEN", "Screening", "", "", "SCREENING"),
                (arm, DECIDE, 2, "TREAT", "Treatment", "", "", "TREATMENT"),
            )],
        ),
        "elements": text(
            "ETCD,ELEMENT,TESTRL,TEENRL,TEDUR,STARTS_WITH",
            [("SCREEN", "Screening", "Informed consent", DECIDE, "", "informed_consent"),
             ("TREAT", "Treatment", "First dose", DECIDE, "", "first_exposure")],
        ),
        "criteria": text(
            "IETESTCD,IETEST,IECAT,TIVERS",
            [(one, DECIDE, "EXCLUSION" if one.startswith("EX") else "INCLUSION", "")
             for one in tables.criteria or [DECIDE]],
        ),
        "summary": text(
            "TSPARMCD,TSVAL,TSVALNF,TSVALCD,TSVCDREF,TSVCDVER",
            [(one, len(arms) if one == "NARMS" else "", "", "", "", "") for one in parameters],
        ),
    }  # fmt: skip
