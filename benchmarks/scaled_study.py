"""SYNTHETIC DATA. Writes the psoriasis study with as many subjects as so many QS and RS records take:

    python benchmarks/scaled_study.py FOLDER --records 10000000

One delivery of the same files in the same dialects as studies/admsc_psoriasis, from twenty sites. The same
arguments give the same rows. About one row in a hundred has a defect.
"""
# ruff: noqa: E501 (the tables of values stand one row a line)

from __future__ import annotations

import argparse
import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv

ORIGINAL = Path(__file__).resolve().parents[1] / "studies" / "admsc_psoriasis"
STUDY, SITES = "ADMSCPSO", [f"{site:02}" for site in range(1, 21)]
DELIVERY = date(2025, 6, 30)
FIRST_DAY = date(2019, 12, 1)  # all days are counted from here
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
VISITS = ["SCR", "W0", "W4", "W8", "W12", "FU12", "FU24", "FU52"]
DAYS = np.array([-14, 0, 28, 56, 84, 168, 252, 448])  # since the first infusion
DIARY = [
    "Screening",
    "Baseline",
    "Week 4",
    "Week 8",
    "Week 12",
    "Follow-up month 3",
    "Follow-up month 6",
    "Follow-up month 12",
]
ITEMS = [
    f"{region}_{sign}"
    for region in ("HEAD", "UPPER", "TRUNK", "LOWER")
    for sign in ("ERY", "IND", "DESQ", "AREA")
]
DIRT = 0.001  # the share of the rows that each kind of defect falls on
ATTENDED = 0.985  # the share of the visits that take place while a subject is in the study
# how many of the visits a subject reaches, and how likely that is; the first is a screen failure
REACHED, LIKELY = [1, 2, 3, 4, 5, 6, 7, 8], [0.08, 0.03, 0.04, 0.05, 0.1, 0.08, 0.07, 0.55]
EVENTS = ["Transient fever", "发热", "Pharyngitis", "Headache", "头痛", "Myalgia", "Fatigue", "Dizziness", "Diarrhoea",
          "Infusion site pain", "Nausea", "Childhood eczema"]  # the last has no code  # fmt: skip
CAUSALITY = ["Not related", "Unlikely related", "Possibly related", "Likely related", "Related"]
DRUGS = [
    ("Ibuprofen", "Fever", "200", "mg", "Capsule", "As needed", "Oral"),
    ("Loratadine", "Itching", "10", "mg", "Tablet", "Once daily", "Oral"),
    ("White petrolatum", "Dry skin", "1", "application", "Ointment", "Twice daily", "Topical"),
    ("复方甘草酸苷片", "Liver protection", "50", "mg", "Tablet", "Three times daily", "Oral"),
    ("Metformin", "Type 2 diabetes mellitus", "500", "mg", "Tablet", "Twice daily", "Oral"),
    ("Herbal bath", "Itching", "1", "application", "Solution", "As needed", "Topical"),
]


def write(folder: Path, records: int, seed: int = 1) -> int:
    """Writes study and raw files into a new folder, and returns the number of subjects."""
    folder.mkdir(parents=True)
    for path in [*ORIGINAL.glob("*.csv"), ORIGINAL / "study.toml"]:
        if path.name != "defects.csv":
            shutil.copyfile(path, folder / path.name)
    toml = (folder / "study.toml").read_text(encoding="utf-8")
    workbook = 'file = "pharmacy_infusions.xlsx"\nformat = "xlsx"\nsheet = "Infusions"\nheader_row = 3\ndate_system = 1900\n'
    text = 'file = "pharmacy_infusions.csv"\nformat = "csv"\nencoding = "utf-8"\ndelimiter = ","\ndecimal = "."\n'
    assert workbook in toml, "the infusion log of the original is declared in another way"
    (folder / "study.toml").write_text(toml.replace(workbook, text), encoding="utf-8")
    # the original's corrections are of subjects that are not in here
    header = (ORIGINAL / "corrections.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "corrections.csv").write_text(header + "\n", encoding="utf-8")
    raw = folder / "raw" / DELIVERY.isoformat()
    raw.mkdir(parents=True)
    (raw / "delivery_note.txt").write_text(
        f"SYNTHETIC DATA\nDelivery of {DELIVERY}, study {STUDY}.\n", encoding="utf-8"
    )
    made = Made(np.random.default_rng(seed), records)
    for name in ("dm", "ie", "mh", "cm", "vs", "ds", "pasi", "bsa"):
        encoding = "utf-8-sig" if name == "mh" else "utf-8"
        write_csv(raw / f"edc_{name}.csv", getattr(made, name)(), ",", encoding, "\r\n")
    events, listing = made.ae_and_sae()
    write_csv(raw / "edc_ae.csv", events, ",", "utf-8", "\r\n")
    write_csv(raw / "sae_listing.csv", listing, ",", "gb18030", "\r\n")
    write_csv(raw / "diary_dlqi.csv", made.dlqi(), ";", "utf-8", "\n")
    write_csv(raw / "diary_vas.csv", made.vas(), ";", "utf-8", "\n")
    write_csv(raw / "pharmacy_infusions.csv", made.infusions(), ",", "utf-8", "\n")
    return made.subjects


def write_csv(path: Path, table: pa.Table, delimiter: str, encoding: str, end: str) -> None:
    options = pa.csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style="none")
    with path.open("wb") as file:
        header = delimiter.join(table.column_names) + "\n"
        for n, start in enumerate(range(0, max(1, table.num_rows), 1 << 18)):
            part = pa.BufferOutputStream()
            pa.csv.write_csv(table.slice(start, 1 << 18), part, options)
            text = header * (n == 0) + part.getvalue().to_pybytes().decode("utf-8")
            file.write(text.replace("\n", end).encode(encoding if n == 0 else encoding.removesuffix("-sig")))


def words(values: list[str], at: np.ndarray | int) -> pa.Array:
    """The words at the positions; -1 is blank."""
    return pa.array([*values, ""]).take(pa.array(np.where(np.asarray(at) < 0, len(values), at)))


def numbered(form: str, subject: np.ndarray) -> pa.Array:
    """The record ids of the EDC: 1, 2, ... within each subject, whose rows stand together."""
    starts = np.append(0, np.flatnonzero(np.diff(subject)) + 1)
    number = np.arange(len(subject)) - np.repeat(starts, np.diff(np.append(starts, len(subject)))) + 1
    return pa.array(
        [f"{form}-{s:05}-{n:02}" for s, n in zip((subject + 1).tolist(), number.tolist(), strict=True)]
    )


class Made:
    """The subjects, their visits, and the rows of each system about them. A day is a number, counted from FIRST_DAY."""

    def __init__(self, chance: np.random.Generator, records: int):
        self.chance = chance
        n = records // 100 + 100
        reached = chance.choice(REACHED, n, p=LIKELY)
        there = (np.arange(8) < reached[:, None]) & ((chance.random((n, 8)) < ATTENDED) | (np.arange(8) < 2))
        # 17 records a PASI, 11 or 12 a DLQI, one an itch scale
        given = np.cumsum(there @ np.array([18, 29.7, 29.7, 29.7, 29.7, 29.7, 29.7, 29.7]))
        n = self.subjects = int(np.searchsorted(given, records)) + 1
        self.there, self.reached = there[:n], reached[:n]
        self.number = [f"{subject:05}" for subject in range(1, n + 1)]
        self.site = np.sort(chance.integers(0, len(SITES), n))
        self.female = chance.random(n) < 0.3
        self.first = chance.integers(30, 1000, n)  # day of the first infusion
        self.weight = np.round(chance.normal(72, 9, n).clip(45, 120), 1)
        self.age = chance.integers(18, 66, n)
        slips = chance.integers(-3, 4, (n, 8)) * (np.arange(8) > 1)
        self.day = self.first[:, None] + DAYS + slips
        self.subject, self.visit = np.nonzero(self.there)  # of every visit that took place
        self.level = (chance.uniform(0.5, 0.9, n)[:, None] * (1 - 0.1 * np.arange(8).clip(0, 5)))[
            self.subject, self.visit
        ]
        days = [FIRST_DAY + timedelta(day) for day in range(2400)]
        self.edc_days = [f"{day.day:02} {MONTHS[day.month - 1]} {day.year}" for day in days]
        self.diary_days = [f"{day:%d-%m-%Y}" for day in days]
        self.chinese_days = [f"{day.year}年{day.month}月{day.day}日" for day in days]

    def some(self, size: int, share: float = DIRT) -> np.ndarray:
        """Which of the rows a defect falls on."""
        return self.chance.random(size) < share

    def edc_date(self, day: np.ndarray, share: float = DIRT) -> pa.Array:
        """Days as the EDC writes them; a few without their day, or without day and month, fewer that cannot be; -1: none."""
        months = [f"UN-{text[3:6]}-{text[7:]}" for text in self.edc_days]
        years = [f"UN/UNK/{text[7:]}" for text in self.edc_days]
        at = day + len(self.edc_days) * (self.some(len(day), share) + self.some(len(day), share)) * (day >= 0)
        at = np.where(self.some(len(day), share / 10) & (day >= 0), 3 * len(self.edc_days), at)
        return words([*self.edc_days, *months, *years, "31 FEB 2020"], at)

    def code(self, at: np.ndarray, codes: list[str], share: float = DIRT / 2) -> pa.Array:
        """Codes, with a few that are in no list."""
        return words([*codes, "Other text"], np.where(self.some(len(at), share), len(codes), at))

    def edc(self, form: str, subject: np.ndarray, day: np.ndarray, cells: dict) -> pa.Table:
        """A form of the EDC: the cells with what the EDC puts around them. Some rows are inactive, some were sent twice."""
        n = len(subject)
        entered = [
            f"{FIRST_DAY + timedelta(day)}T{9 + day % 8:02}:{day * 7 % 60:02}:00" for day in range(2400)
        ]
        table = pa.table(
            {
                "STUDY": words([STUDY], np.zeros(n, int)),
                "SITE": words(SITES, self.site[subject]),
                "SUBJECT": words(self.number, subject),
                "RECORD_ID": numbered(form, subject),
                **cells,
                "STATUS": words(
                    ["ACTIVE", "INACTIVE"], self.some(n).astype(int) * (form not in ("DM", "DS"))
                ),
                "LAST_UPDATED": words(entered, day),
            }
        )
        twice = np.flatnonzero(self.some(n))
        return table.take(pa.array(np.sort(np.append(np.arange(n), twice))))

    def dm(self) -> pa.Table:
        n = self.subjects
        subject, consent = np.arange(n), self.day[:, 0]
        born = 2019 - self.age
        month, day = self.chance.integers(0, 12, n), self.chance.integers(1, 29, n)
        birth = [
            f"{d:02} {MONTHS[m]} {y}"
            for d, m, y in zip(day.tolist(), month.tolist(), born.tolist(), strict=True)
        ]
        cells = {
            "FULL_NAME": pa.array([f"Example {number}" for number in self.number]),
            "INITIALS": words(["AE", "BE", "CE", "DE"], subject % 4),
            "TELEPHONE": pa.array([f"000-{number}" for number in self.number]),
            "CONSENT_DATE": self.edc_date(consent, 0),
            "BIRTH_DATE": pa.array(birth),
            "SEX": self.code(self.female.astype(int), ["Male", "Female"]),
            "RACE": words(["Asian", "Other"], self.some(n, 0.02).astype(int)),
            "ARM": words(["AD-MSC", "Screen failure"], (self.reached == 1).astype(int)),
        }
        return self.edc("DM", subject, consent, cells)

    def ie(self) -> pa.Table:
        lines = (ORIGINAL / "criteria.csv").read_text(encoding="utf-8").splitlines()[1:]
        criteria = [line.split(",")[0] for line in lines]
        subject, which = np.divmod(np.arange(self.subjects * len(criteria)), len(criteria))
        failed = (self.reached[subject] == 1) & (which == subject % len(criteria))
        yes = np.array([criterion.startswith("INCL") for criterion in criteria])[which] != failed
        day = self.day[subject, 0]
        cells = {
            "CRITERION": words(criteria, which),
            "ANSWER": self.code(1 - yes, ["Yes", "No"]),
            "ASSESSED_ON": self.edc_date(day),
        }
        return self.edc("IE", subject, day, cells)

    def mh(self) -> pa.Table:
        conditions = [
            "PLAQUE PSORIASIS",
            "Hypertension",
            "2型糖尿病",
            "Hyperlipidaemia",
            "Allergic rhinitis",
            "Childhood eczema",
        ]
        rows = 1 + self.chance.integers(0, 3, self.subjects)
        subject = np.repeat(np.arange(self.subjects), rows)
        psoriasis = np.append(True, np.diff(subject) > 0)
        which = np.where(psoriasis, 0, self.chance.integers(1, len(conditions), len(subject)))
        starts = [
            form.format(year)
            for form in ("UN/UNK/{}", "UN-MAR-{}", "14 MAY {}")
            for year in range(1985, 2019)
        ]
        asked = np.where(psoriasis, 0, -1)
        day = self.day[subject, 0]
        cells = {
            "CONDITION": words(conditions, which),
            "CATEGORY": words(["PSORIASIS", "GENERAL"], (~psoriasis).astype(int)),
            "ASKED_BY_NAME": words(["Yes"], asked),
            "OCCURRED": words(["Yes"], asked),
            "COLLECTED_ON": self.edc_date(day, 0),
            "START_DATE": words(starts, self.chance.integers(0, len(starts), len(subject))),
            "END_DATE": words([""], np.zeros(len(subject), int)),
            "ONGOING": self.code(np.zeros(len(subject), int), ["Yes", "No"]),
        }
        return self.edc("MH", subject, day, cells)

    def cm(self) -> pa.Table:
        subject = np.repeat(np.arange(self.subjects), self.chance.integers(0, 5, self.subjects))
        which = self.chance.integers(0, len(DRUGS), len(subject))
        start = self.day[subject, 0] + self.chance.integers(0, 90, len(subject))
        ended = self.some(len(subject), 0.7)
        end = np.where(ended, start + self.chance.integers(0, 30, len(subject)), -1)
        names = ["MEDICATION", "INDICATION", "DOSE", "UNIT", "FORM", "FREQUENCY", "ROUTE"]
        cells = {
            name: words(list(values), which)
            for name, values in zip(names, zip(*DRUGS, strict=True), strict=True)
        }
        cells["DOSE"] = self.code(which, [drug[2] for drug in DRUGS])
        cells |= {"START_DATE": self.edc_date(start), "END_DATE": self.edc_date(end)}
        cells["ONGOING"] = words(["No", "Yes"], (~ended).astype(int))
        return self.edc("CM", subject, start, cells)

    def vs(self) -> pa.Table:
        n = len(self.subject)
        tenths = [f"{number / 10:.1f}" for number in range(2000)] + ["ND", "see source"]
        infused = (self.visit > 0) & (self.visit < 4)

        def measured(value: np.ndarray, where: np.ndarray) -> pa.Array:
            at = np.round(value * 10).astype(int)
            at = np.where(self.some(n), 2000, np.where(self.some(n, DIRT / 2), 2001, at))
            return words(tenths, np.where(where, at, -1))

        always = np.ones(n, bool)
        day = self.day[self.subject, self.visit]
        cells = {
            "VISIT": self.code(self.visit, VISITS),
            "MEASURED_ON": self.edc_date(day),
            "WEIGHT": measured(self.weight[self.subject] + self.chance.uniform(-1, 1, n), always),
            "TEMP": measured(self.chance.uniform(36.2, 37, n), ~infused),
            "TEMP_TIME": words(["11:20"], np.where(~infused & self.some(n, 0.5), 0, -1)),
            "TEMP_PRE": measured(self.chance.uniform(36.2, 37, n), infused),
            "TEMP_PRE_TIME": words(["08:50", "08:55", "09:05"], np.where(infused, self.visit % 3, -1)),
            "TEMP_POST": measured(self.chance.uniform(36.2, 38.6, n), infused),
            "TEMP_POST_TIME": words(
                ["15:10", "15:20", "15:40", "25:10"],
                np.where(infused, np.where(self.some(n), 3, self.visit % 3), -1),
            ),
        }
        return self.edc("VS", self.subject, day, cells)

    def ds(self) -> pa.Table:
        """Consent, then how screening or treatment ended, then how follow-up ended."""
        n, reached = self.subjects, self.reached
        subject = np.repeat(np.arange(n), 2 + (reached > 4))
        step = np.concatenate([[0], np.where(np.diff(subject) > 0, 0, 1)])
        step = step + np.append(0, (step[:-1] == 1) & (np.diff(subject) == 0))
        reasons = ["Informed consent obtained", "Completed", "Screen failure", "Lack of efficacy", "Withdrawal by subject",
                   "Lost to follow-up", "Adverse event", "Physician decision"]  # fmt: skip
        left = 3 + subject % 5
        treated = np.where(
            reached == 1, 2, np.where(reached > 4, 1, left[np.searchsorted(subject, np.arange(n))])
        )
        why = np.choose(step, [0 * subject, treated[subject], np.where(reached[subject] == 8, 1, left)])
        last = self.day[np.arange(n), np.minimum(reached, 5) - 1] + 1
        end = self.day[np.arange(n), reached - 1] + 2
        day = np.choose(
            step,
            [self.day[subject, 0], np.where(reached == 1, self.day[:, 0] + 2, last)[subject], end[subject]],
        )
        period = np.where((step == 0) | (reached[subject] == 1), 0, step)
        cells = {
            "CATEGORY": words(["Milestone", "Disposition"], (step > 0).astype(int)),
            "PERIOD": words(["Screening", "Treatment", "Follow-up"], period),
            "AS_REPORTED": words([reason.upper() for reason in reasons], why),
            "REASON": self.code(why, reasons, DIRT / 10),
            "EVENT_DATE": self.edc_date(day, 0),
        }
        return self.edc("DS", subject, day, cells)

    def ae_and_sae(self) -> tuple[pa.Table, pa.Table]:
        treated = np.flatnonzero(self.reached > 1)
        subject = np.repeat(treated, self.chance.poisson(2.3, len(treated)))
        n = len(subject)
        start = self.first[subject] + self.chance.integers(0, 85, n)
        end = start + self.chance.integers(0, 10, n)
        which, grade = (
            self.chance.integers(0, len(EVENTS), n),
            self.chance.choice(4, n, p=[0.7, 0.2, 0.08, 0.02]),
        )
        serious = grade == 3
        ongoing = ~serious & self.some(n, 0.03)
        fever = which < 2
        causality = self.chance.integers(0, len(CAUSALITY), n)
        cells = {
            "EVENT": words(
                [*EVENTS, "Acute appendicitis"],
                np.where(serious, len(EVENTS), np.where(self.some(n, DIRT / 10), -1, which)),
            ),
            "START_DATE": self.edc_date(start, 5 * DIRT),
            "START_TIME": words(
                ["14:30", "15:20", "16:05", "18:40"], np.where(fever & ~serious, start % 4, -1)
            ),
            "END_DATE": self.edc_date(np.where(ongoing, -1, end), 5 * DIRT),
            "ONGOING": words(["No", "Yes"], ongoing.astype(int)),
            "GRADE": self.code(np.minimum(grade, 2), ["Grade 1", "Grade 2", "Grade 3"]),
            "SERIOUS": words(["No", "Yes"], serious.astype(int)),
            "CAUSALITY": self.code(causality, CAUSALITY),
            "ACTION": self.code(self.some(n, 0.02).astype(int), ["Dose not changed", "Drug interrupted"]),
            "OTHER_ACTION": words(["Rest at home", "物理降温"], np.where(self.some(n, 0.03), start % 2, -1)),
            "OUTCOME": self.code(ongoing.astype(int), ["Recovered", "Recovering"]),
            "TREATED": words(["Yes", "No"], subject % 2),
        }
        here = np.flatnonzero(serious)
        rows = len(here)
        zeros = np.zeros(rows, int)
        hospital = self.some(rows, 0.9)
        listing = {
            "序号": pa.array([str(number) for number in range(1, rows + 1)]),
            "中心编号": words(SITES, self.site[subject[here]]),
            "受试者编号": words(self.number, subject[here]),
            "受试者姓名": words(["示例"], zeros),
            "性别": words(["男", "女"], self.female[subject[here]].astype(int)),
            "事件名称": words(["急性阑尾炎"], zeros),
            "发生日期": words(self.chinese_days, start[here] + self.some(rows, 0.02)),
            "结束日期": words(self.chinese_days, end[here] + 1),
            "导致死亡": words(["否"], zeros),
            "危及生命": words(["否", "/"], self.some(rows, 0.02).astype(int)),
            "导致住院": words(["否", "是"], hospital.astype(int)),
            "导致残疾": words(["否"], zeros),
            "先天异常": words(["否"], zeros),
            "其他重要医学事件": words(["否", "是"], (~hospital).astype(int)),
            "与研究药物关系": words(["无关", "可能无关", "可能有关", "很可能有关", "有关"], causality[here]),
            "转归": words(["痊愈"], zeros),
            "报告日期": words(self.chinese_days, start[here] + 2),
        }
        return self.edc("AE", subject, start, cells), pa.table(listing)

    def pasi(self) -> pa.Table:
        """Screening has the scores of other visits' kind; a few items and totals are wrong, a few not done."""
        n = len(self.subject)
        signs = np.round(4 * self.level[:, None] + self.chance.uniform(-1, 1, (n, 16))).astype(int).clip(1, 4)
        signs[:, 3::4] = (signs[:, 3::4] + self.chance.integers(0, 2, (n, 4))).clip(1, 6)
        regions = signs.reshape(n, 4, 4)
        tenths = (regions[:, :, :3].sum(axis=2) * regions[:, :, 3]) @ np.array([1, 2, 3, 4])
        tenths = np.where(self.some(n), tenths + 10, tenths)
        scores = [str(score) for score in range(8)] + ["ND"]
        day = self.day[self.subject, self.visit]
        cells = {
            "VISIT": self.code(self.visit, VISITS),
            "ASSESSED_ON": self.edc_date(day),
            "ASSESSOR": words(["Dr Example"], np.zeros(n, int)),
        }
        for number, item in enumerate(ITEMS):
            at = np.where(self.some(n, DIRT / 4), 7, signs[:, number])  # beyond the range
            cells[item] = words(
                scores, np.where(self.some(n, DIRT / 4), 8, np.where(self.some(n, DIRT / 4), -1, at))
            )
        cells["PASI_TOTAL"] = words(
            [f"{number / 10:.1f}" for number in range(800)], np.where(self.some(n), -1, tenths)
        )
        return self.edc("PASI", self.subject, day, cells)

    def bsa(self) -> pa.Table:
        n = len(self.subject)
        percent = np.round(400 * self.level + self.chance.uniform(0, 60, n)).astype(int)
        day = self.day[self.subject, self.visit]
        cells = {
            "VISIT": self.code(self.visit, VISITS),
            "ASSESSED_ON": self.edc_date(day),
            "ASSESSOR": words(["Dr Example"], np.zeros(n, int)),
            "BSA_PERCENT": words(
                [f"{number / 10:.1f}" for number in range(1000)] + ["ND"],
                np.where(self.some(n), 1000, percent),
            ),
        }
        return self.edc("BSA", self.subject, day, cells)

    def diary(self, rows: np.ndarray, cells: dict) -> pa.Table:
        subject, visit = self.subject[rows], self.visit[rows]
        day = self.day[subject, visit]
        around = {
            "site": words(SITES, self.site[subject]),
            "patient": words(self.number, subject),
            "nickname": words(["ae", "be", "ce", "de"], subject % 4),
            "visit": self.code(visit, DIARY),
            "filled_in": words(
                [*self.diary_days, "31-02-2020"], np.where(self.some(len(rows)), len(self.diary_days), day)
            ),
        }
        table = pa.table({**around, **cells, "device": words(["phone", "tablet"], subject % 2)})
        twice = np.flatnonzero(self.some(len(rows)))
        return table.take(pa.array(np.sort(np.append(np.arange(len(rows)), twice))))

    def dlqi(self) -> pa.Table:
        """Question 7 has a second part after No. A blank is -97, -98 or -99 in the diary."""
        rows = np.flatnonzero(self.visit > 0)
        n = len(rows)
        answers = (
            np.round(3 * self.level[rows][:, None] + self.chance.uniform(-0.9, 0.9, (n, 10)))
            .astype(int)
            .clip(0, 3)
        )
        prevented = answers[:, 6] == 3
        part_two = np.where(prevented, -1, np.round(2 * self.level[rows]).astype(int).clip(0, 2))
        total = answers.sum(axis=1) - answers[:, 6] + np.where(prevented, 3, part_two) + self.some(n)
        degrees = ["0", "1", "2", "3", "9", "-97", "-98", "-99", "8"]
        cells = {}
        for question in range(10):
            at = np.where(self.some(n, DIRT / 4), 5 + rows % 4, answers[:, question])
            if question == 6:
                cells["q7"] = words(["0", "1", "9"], prevented.astype(int))
                cells["q7b"] = words(degrees, part_two)
            else:
                cells[f"q{question + 1}"] = words(degrees, at)
        cells["total"] = words([str(score) for score in range(32)], total)
        return self.diary(rows, cells)

    def vas(self) -> pa.Table:
        """In millimetres; some in centimetres, some without a unit, some beyond the scale."""
        n = len(self.subject)
        tenths = np.round(850 * self.level + self.chance.uniform(-60, 60, n)).astype(int).clip(20, 1000)
        cm = self.some(n)
        at = np.where(cm, tenths // 10, np.where(self.some(n, DIRT / 2), tenths + 1000, tenths))
        numbers = [f"{number / 10:.1f}".replace(".", ",") for number in range(2001)] + ["-95", "-99"]
        cells = {
            "itch": words(numbers, np.where(self.some(n, 2 * DIRT), 2001 + tenths % 2, at)),
            "itch_unit": words(["mm", "cm"], np.where(self.some(n), -1, cm.astype(int))),
        }
        return self.diary(np.arange(n), cells)

    def infusions(self) -> pa.Table:
        """The pharmacy's log. CSV here and not a workbook: at this size nobody sends one, and the floor reads it too."""
        rows = np.flatnonzero((self.visit > 0) & (self.visit < 4))
        subject, visit = self.subject[rows], self.visit[rows]
        weight = np.round(self.weight[subject] + (visit - 2) * 0.3, 1)
        given = np.where(self.some(len(rows), 0.01), 0.45, 0.5)
        days = (np.datetime64(FIRST_DAY) + self.day[subject, visit]).astype("datetime64[D]")
        dates, at_date = np.unique(days, return_inverse=True)
        dates, at_lot = dates.astype(str), at_date
        return pa.table(
            {
                "Log no.": pa.array([f"L{log:06}" for log in range(1, len(rows) + 1)]),
                "Site": words(SITES, self.site[subject]),
                "Subject": words(list(self.number), subject),
                "Infusion": words(["Infusion 1", "Infusion 2", "Infusion 3"], visit - 1),
                "Product": words(["AD-MSC"], np.zeros(len(rows), int)),
                "Lot": words([f"LOT-{day[2:4]}{day[5:7]}" for day in dates], at_lot),
                "Date": words(list(dates), at_date),
                "Start": words(["09:30"], np.zeros(len(rows), int)),
                "End": words(["10:15"], np.zeros(len(rows), int)),
                "Weight (kg)": pa.array(weight.astype(str)),
                "Dose planned (10^6/kg)": words(["0.5"], np.zeros(len(rows), int)),
                "Dose given (10^6/kg)": words(["0.45", "0.5"], (given == 0.5).astype(int)),
                "Dose unit": words(["10^6/kg"], np.zeros(len(rows), int)),
                "Total cells (10^6)": pa.array(np.round(weight * given, 2).astype(str)),
                "Cells per bag (10^6)": words(["50"], np.zeros(len(rows), int)),
                "Reason for deviation": words(["Fewer viable cells after thawing"], np.where(given < 0.5, 0, -1)),
                "Prepared by": words(["Pharmacist Example"], np.zeros(len(rows), int)),
            }
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Write the psoriasis study at any size (SYNTHETIC DATA).")
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--records", type=int, default=10_000_000, help="QS and RS records wanted in SDTM, about"
    )
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(f"{write(asked.folder, asked.records, asked.seed)} subjects")
