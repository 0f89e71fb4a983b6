"""SYNTHETIC DATA. Writes raw/ and defects.csv of the psoriasis study, byte for byte the same each time:

    python studies/admsc_psoriasis/synthetic.py

One row of facts per subject stands below; the rows of the four systems follow from it, then the dirt is
planted. Only the counts that the abstract gives are facts of the trial: everything about a subject is invented.
"""
# ruff: noqa: E501 (the tables of facts and defects stand one row a line)

from __future__ import annotations

import csv
import io
import os
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

os.environ["OPENPYXL_LXML"] = "False"  # the same bytes whether lxml happens to be installed or not
from openpyxl import Workbook  # noqa: E402

HERE = Path(__file__).parent
DELIVERIES = (date(2020, 2, 28), date(2020, 5, 29), date(2021, 5, 28))
LAST = DELIVERIES[2].isoformat()
STUDY, SITE = "ADMSCPSO", "01"
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]

# fmt: off
# subject: name, initials, telephone, sex, birth, consent, first infusion (None: not enrolled), body weight
SUBJECTS = {
    "001": ("Aidan Example", "AE", "000-0001", "Male", date(1971, 6, 14), date(2019, 12, 2), date(2019, 12, 16), 71.4),
    "002": ("Bao Example", "BE", "000-0002", "Male", date(1984, 12, 9), date(2019, 12, 9), date(2019, 12, 23), 82.0),
    "003": ("Cai Example", "CE", "000-0003", "Male", date(1978, 3, 2), date(2019, 12, 11), None, 68.3),
    "004": ("Dan Example", "DE", "000-0004", "Female", date(1967, 8, 21), date(2019, 12, 16), date(2019, 12, 30), 72.0),
    "005": ("Enlai Example", "EE", "000-0005", "Male", date(1953, 12, 24), date(2019, 12, 23), date(2020, 1, 6), 66.0),
    "006": ("Feng Example", "FE", "000-0006", "Male", date(1975, 2, 17), date(2019, 12, 30), date(2020, 1, 13), 68.5),
    "007": ("Gao Example", "GE", "000-0007", "Male", date(1962, 10, 5), date(2020, 1, 6), date(2020, 1, 20), 75.2),
    "008": ("Hui Example", "HE", "000-0008", "Female", date(1981, 5, 30), date(2020, 1, 8), None, 58.1),
    "009": ("Jian Example", "JE", "000-0009", "Male", date(1965, 11, 11), date(2020, 1, 20), date(2020, 2, 3), 79.6),
}
# Visits after the first infusion, in days since it. Follow-up visits slip a little.
VISITS = {"W0": 0, "W4": 28, "W8": 56, "W12": 84, "FU12": 168, "FU24": 252, "FU52": 448}
SLIPS = {("001", "FU12"): 3, ("002", "FU12"): -2, ("006", "FU24"): 4, ("006", "FU52"): 2, ("004", "FU24"): -3}
DIARY = {"SCR": "Screening", "W0": "Baseline", "W4": "Week 4", "W8": "Week 8", "W12": "Week 12", "FU12": "Follow-up month 3",
         "FU24": "Follow-up month 6", "FU52": "Follow-up month 12"}

# PASI by subject and visit: erythema, induration, desquamation, area; head, upper limbs, trunk, lower limbs. SCR is as W0.
PASI = {
    "001": {"W0": "2222 2223 3233 2333", "W4": "2112 2122 2223 2233", "W8": "1112 2112 2122 2223", "W12": "1111 1112 2112 2123",
            "FU12": "1111 1112 1112 2113", "FU24": "1011 1112 1112 2113", "FU52": "1111 1112 2112 2113"},
    "002": {"W0": "2222 3233 3224 3334", "W4": "2222 2223 2224 3234", "W8": "2112 2123 2223 2234", "W12": "1112 2112 2123 2123",
            "FU12": "2112 2123 2223 2233"},
    "003": {"SCR": "1111 1112 1122 1122"},
    "004": {"W0": "1111 2223 2223 2223", "W4": "1111 2123 2123 2213", "W8": "1011 2122 2113 2123", "W12": "1011 1112 2112 2113",
            "FU12": "1011 2112 2122 2123", "FU24": "1111 2223 2224 2223"},
    "005": {"W0": "3222 3234 3334 3335", "W4": "3222 3234 3234 3335", "W8": "2222 3234 3234 3334"},
    "006": {"W0": "1112 2223 2223 3233", "W4": "1112 2122 2123 2233", "UNS": "1112 2122 2123 2223", "W8": "1111 1112 2122 2223",
            "W12": "0000 1112 1112 2123", "FU12": "0000 1111 1112 2113", "FU24": "0000 1111 1111 2113", "FU52": "0000 1112 1111 2113"},
    "007": {"W0": "1112 2222 2223 2223", "W4": "0000 2122 2123 2223"},
    "008": {"SCR": "1112 2222 2223 2223"},
    "009": {"W0": "2112 2223 2323 3233", "W4": "2112 2123 2223 2233", "W8": "1112 2122 2123 2223"},
}
UNSCHEDULED = {"006": date(2020, 2, 20)}
ITEMS = [f"{region}_{sign}" for region in ("HEAD", "UPPER", "TRUNK", "LOWER") for sign in ("ERY", "IND", "DESQ", "AREA")]

# subject, event, start, end, grade, causality, other action, treated. 16 treatment-emergent, then the serious one in follow-up.
EVENTS = [
    ("001", "Transient fever", "16 DEC 2019", "17 DEC 2019", 1, "Likely related", "", "Yes"),
    ("001", "Headache", "18 JAN 2020", "20 JAN 2020", 1, "Unlikely related", "NA", "No"),
    ("001", "Myalgia", "12 FEB 2020", "14 FEB 2020", 1, "Possibly related", "", "No"),
    ("002", "Transient\nfever ", "23 DEC 2019", "24 DEC 2019", 1, "Likely related", "", "Yes"),
    ("002", "Pharyngitis", "05 FEB 2020", "UN/UNK/2020", 1, "Unlikely related", "", "No"),
    ("004", "发热", "27 JAN 2020", "28 JAN 2020", 1, "Likely related", "", "No"),
    ("004", "Fatigue", "03 MAR 2020", "10 MAR 2020", 2, "Unlikely related", "Rest at home", "No"),
    ("005", "Pharyngitis", "20 JAN 2020", "27 JAN 2020", 1, "Unlikely related", "", "Yes"),
    ("005", "Dizziness", "10 FEB 2020", "10 FEB 2020", 1, "Not related", "", "No"),
    ("006", "Transient fever", "13 JAN 2020", "14 JAN 2020", 1, "Likely related", "物理降温", "No"),
    ("006", "头痛", "24 FEB 2020", "27 FEB 2020", 1, "Unlikely related", "", "Yes"),
    ("006", "Diarrhoea", "20 MAR 2020", "22 MAR 2020", 1, "Not related", "", "Yes"),
    ("007", "Pharyngitis", "01 FEB 2020", "08 FEB 2020", 1, "Unlikely related", "", "No"),
    ("007", "Infusion site pain", "17 FEB 2020", "17 FEB 2020", 1, "Possibly related", "", "No"),
    ("009", "Transient fever", "30 MAR 2020", "31 MAR 2020", 1, "Likely related", "", "Yes"),
    ("009", "Nausea", "UN-MAR-2020", "28 MAR 2020", 1, "Possibly related", "", "No"),
    ("002", "Acute appendicitis", "20 JUN 2020", "29 JUN 2020", 3, "Not related", "Operation", "Yes"),
]
FEVER_TIMES = {"001": "15:20", "002": "16:05", "004": "18:40", "006": "14:30", "009": "17:15"}

# subject, period, as reported, reason, date. The treatment period ends on the day after the visit at week 12.
DISPOSITION = [
    ("003", "Screening", "Inclusion criterion 2 not met", "Screen failure", date(2019, 12, 16)),
    ("008", "Screening", "Exclusion criterion 4 met", "Screen failure", date(2020, 1, 13)),
    ("001", "Treatment", "COMPLETED", "Completed", date(2020, 3, 10)),
    ("002", "Treatment", "COMPLETED", "Completed", date(2020, 3, 17)),
    ("004", "Treatment", "COMPLETED", "Completed", date(2020, 3, 24)),
    ("006", "Treatment", "COMPLETED", "Completed", date(2020, 4, 7)),
    ("005", "Treatment", "No benefit seen by the patient", "Lack of efficacy", date(2020, 3, 23)),
    ("007", "Treatment", "Moved to another province", "Withdrawal by subject", date(2020, 3, 4)),
    ("009", "Treatment", "Three calls without answer", "Lost to follow-up", date(2020, 4, 30)),
    ("002", "Follow-up", "Further visits not advisable after surgery", "Physician decision", date(2020, 7, 13)),
    ("004", "Follow-up", "Psoriasis returned, started a biologic", "Disease relapse", date(2020, 9, 28)),
    ("001", "Follow-up", "COMPLETED", "Completed", date(2021, 3, 8)),
    ("006", "Follow-up", "COMPLETED", "Completed", date(2021, 4, 7)),
]

# subject, condition, category, start, end
HISTORY = [
    ("001", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/2005", ""),
    ("002", "PLAQUE PSORIASIS", "PSORIASIS", "UN-MAR-2011", ""),
    ("003", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/2015", ""),
    ("004", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/1998", ""),
    ("005", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/1989", ""),
    ("006", "PLAQUE PSORIASIS", "PSORIASIS", "UN-SEP-2008", ""),
    ("007", "PLAQUE PSORIASIS", "PSORIASIS", "14 MAY 2012", ""),
    ("008", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/2010", ""),
    ("009", "PLAQUE PSORIASIS", "PSORIASIS", "UN/UNK/2001", ""),
    ("002", "Ｈｙｐｅｒｔｅｎｓｉｏｎ", "GENERAL", "UN/UNK/2016", ""),
    ("002", "Childhood eczema", "GENERAL", "UN/UNK/1986", "UN/UNK/1995"),
    ("004", "2型糖尿病", "GENERAL", "UN-JUN-2014", ""),
    ("005", "Hypertension", "GENERAL", "UN/UNK/2004", ""),
    ("006", "Hyperlipidaemia", "GENERAL", "02 APR 2018", ""),
    ("009", "Allergic rhinitis", "GENERAL", "UN/UNK/1990", ""),
]

# subject, medication, indication, dose, unit, form, frequency, route, start, end, first delivery with it, last delivery with it
MEDICATION = [
    ("001", "Ibuprofen", "Fever", "200", "mg", "Capsule", "As needed", "Oral", "16 DEC 2019", "17 DEC 2019", 0, 2),
    ("001", "Loratadine", "Itching", "10", "mg", "Tablet", "Once daily", "Oral", "UN/UNK/2019", "12 JAN 2020", 0, 2),
    ("001", "White petrolatum", "Dry skin", "1", "application", "Ointment", "Twice daily", "Topical", "02 DEC 2019", "", 2, 2),
    ("002", "Ibuprofen", "Fever", "200", "mg", "Capsule", "Once", "Oral", "23 DEC 2019", "23 DEC 2019", 0, 2),
    ("002", "复方甘草酸苷片", "Liver protection", "50", "mg", "Tablet", "Three times daily", "Oral", "UN-NOV-2019", "20 JAN 2020", 0, 2),
    ("002", "Compound “Qingkailing” granules", "Sore throat", "3", "g", "Granules", "Twice daily", "Oral", "06 FEB 2020", "11 FEB 2020", 0, 2),
    ("002", "Cefuroxime", "Acute appendicitis", "500", "mg", "Tablet", "Twice daily", "Oral", "24 JUN 2020", "01 JUL 2020", 2, 2),
    ("004", "Metformin", "Type 2 diabetes mellitus", "500", "mg", "Tablet", "Twice daily", "Oral", "UN-JUN-2014", "", 0, 2),
    ("004", "Urea cream", "Dry skin", "1", "application", "Cream", "Once daily", "Topical", "UN/UNK/2018", "", 0, 2),
    ("005", "Amlodipine", "Hypertension", "5", "mg", "Tablet", "Once daily", "Oral", "UN/UNK/2004", "", 0, 2),
    ("005", "Azithromycin", "Pharyngitis", "500", "mg", "Tablet", "Once daily", "Oral", "21 JAN 2020", "24 JAN 2020", 0, 2),
    ("006", "Paracetamol", "Headache", "500", "mg", "Tablet", "Once", "Oral", "25 FEB 2020", "25 FEB 2020", 1, 2),
    ("006", "Montmorillonite powder", "Diarrhoea", "3", "g", "Granules", "Three times daily", "Oral", "20 MAR 2020", "22 MAR 2020", 1, 2),
    ("006", "Vitamin D", "Supplement", "", "", "Capsule", "Once daily", "Oral", "31 FEB 2020", "", 1, 2),
    ("007", "White petrolatum", "皮肤干燥", "1", "application", "Ointment", "Once daily", "Topical", "UN/UNK/2019", "", 0, 2),
    ("007", "Calcipotriol ointment", "Psoriasis", "1", "application", "Ointment", "Once daily", "Topical", "03 FEB 2020", "10 FEB 2020", 0, 1),
    ("009", "Ibuprofen", "Fever", "200", "mg", "Capsule", "Once", "Oral", "30 MAR 2020", "30 MAR 2020", 1, 2),
    ("009", "Herbal bath", "Itching", "1", "application", "Solution", "As needed", "Topical", "UN/UNK/2019", "", 0, 2),
]

# fmt: on


def dmy(day: date | None) -> str:
    return f"{day.day:02d} {MONTHS[day.month - 1]} {day.year}" if day else ""


def latest(text: str) -> date:
    """The last day that a date as written may mean (for the day on which the site knew it)."""
    parts = re.split(r"[ /-]", text)
    month = MONTHS.index(parts[1]) + 1 if parts[1] in MONTHS else 12
    first_of_next = date(int(parts[2]) + month // 12, month % 12 + 1, 1)
    last = first_of_next - timedelta(1)
    return min(last, last.replace(day=1) + timedelta(int(parts[0]) - 1)) if parts[0].isdigit() else last


def visit_date(subject: str, visit: str) -> date:
    consent, first = SUBJECTS[subject][5:7]
    if visit == "SCR":
        return consent
    return (
        UNSCHEDULED[subject]
        if visit == "UNS"
        else first + timedelta(VISITS[visit] + SLIPS.get((subject, visit), 0))
    )


def attended(subject: str) -> list[str]:
    return ["SCR", *(visit for visit in PASI[subject] if visit != "SCR")]


def signs(subject: str, visit: str) -> list[int]:
    by_visit = PASI[subject]
    return [int(digit) for digit in by_visit.get(visit, by_visit.get("W0", "")).replace(" ", "")]


def pasi(items: list[int]) -> float:
    return (
        sum(
            (sum(items[i : i + 3]) * items[i + 3]) * weight
            for i, weight in zip((0, 4, 8, 12), (1, 2, 3, 4), strict=True)
        )
        / 10
    )


def cumulative(rows: list[tuple[date, dict]], delivery: date) -> list[dict]:
    """What an export shows on a day: the rows entered before it."""
    return [dict(row) for entered, row in rows if entered <= delivery - timedelta(2)]


# --- the systems: (day of entry, row), as they would be without a single error ------------------------------------------------


def edc(subject: str, number: int, form: str, entered: date, **cells) -> tuple[date, dict]:
    return entered, {
        "STUDY": STUDY,
        "SITE": SITE,
        "SUBJECT": subject,
        "RECORD_ID": f"{form}-{subject}-{number:02d}",
        **cells,
        "STATUS": "ACTIVE",
        "LAST_UPDATED": f"{entered.isoformat()}T{9 + number % 8:02d}:{number * 7 % 60:02d}:00",
    }


def dm_rows():
    for subject, (name, initials, phone, sex, born, consent, first, _) in SUBJECTS.items():
        arm = "AD-MSC" if first else "Screen failure"
        yield edc(
            subject,
            1,
            "DM",
            consent,
            FULL_NAME=name,
            INITIALS=initials,
            TELEPHONE=phone,
            CONSENT_DATE=dmy(consent),
            BIRTH_DATE=dmy(born),
            SEX=sex,
            RACE="Asian",
            ARM=arm,
        )


def ie_rows():
    criteria = [row["IETESTCD"] for row in csv.DictReader((HERE / "criteria.csv").open(encoding="utf-8"))]
    not_met = {("003", "INCL02"), ("008", "EXCL04")}
    for subject, facts in SUBJECTS.items():
        for number, criterion in enumerate(criteria, 1):
            yes = criterion.startswith("INCL") != ((subject, criterion) in not_met)
            yield edc(
                subject,
                number,
                "IE",
                facts[5],
                CRITERION=criterion,
                ANSWER="Yes" if yes else "No",
                ASSESSED_ON=dmy(facts[5]),
            )


def mh_rows():
    numbers: dict[str, int] = {}
    for subject, condition, category, start, end in HISTORY:
        numbers[subject] = numbers.get(subject, 0) + 1
        asked = category == "PSORIASIS"
        yield edc(
            subject,
            numbers[subject],
            "MH",
            SUBJECTS[subject][5],
            CONDITION=condition,
            CATEGORY=category,
            ASKED_BY_NAME="Yes" if asked else "",
            OCCURRED="Yes" if asked else "",
            COLLECTED_ON=dmy(SUBJECTS[subject][5]),
            START_DATE=start,
            END_DATE=end,
            ONGOING="No" if end else "Yes",
        )


def cm_rows(delivery: int):
    numbers: dict[str, int] = {}
    for subject, drug, why, dose, unit, form, often, route, start, end, since, until in MEDICATION:
        numbers[subject] = numbers.get(subject, 0) + 1
        if since <= delivery <= until:
            entered = max(
                SUBJECTS[subject][5], min(latest(end or start), DELIVERIES[delivery] - timedelta(3))
            )
            if since:
                entered = max(entered, DELIVERIES[since - 1])
            yield edc(
                subject,
                numbers[subject],
                "CM",
                entered,
                MEDICATION=drug,
                INDICATION=why,
                DOSE=dose,
                UNIT=unit,
                FORM=form,
                FREQUENCY=often,
                ROUTE=route,
                START_DATE=start,
                END_DATE=end,
                ONGOING="No" if end else "Yes",
            )


def vs_rows():
    chance = random.Random(1)
    for subject, facts in SUBJECTS.items():
        for number, visit in enumerate(attended(subject), 1):
            day, infused = visit_date(subject, visit), visit in ("W0", "W4", "W8")
            fever = any(
                event.strip().startswith(("Transient", "发热")) and start == dmy(day) and who == subject
                for who, event, start, *_ in EVENTS
            )
            normal = [round(36.3 + chance.random() * 0.6, 1) for _ in range(2)]
            after = round(38.0 + chance.random() * 0.6, 1) if fever else normal[1]
            yield edc(
                subject,
                number,
                "VS",
                day,
                VISIT=visit,
                MEASURED_ON=dmy(day),
                WEIGHT="" if visit == "UNS" else f"{facts[7] + round(chance.random() - 0.5, 1):.1f}",
                TEMP="" if infused else f"{37.9 if visit == 'UNS' else normal[0]:.1f}",
                TEMP_TIME="11:20" if visit == "UNS" else "",
                TEMP_PRE=f"{normal[0]:.1f}" if infused else "",
                TEMP_PRE_TIME="08:50" if infused else "",
                TEMP_POST=f"{after:.1f}" if infused else "",
                TEMP_POST_TIME="15:10" if infused else "",
            )


def ds_rows():
    numbers: dict[str, int] = {}
    milestones = [
        (s, "Screening", "INFORMED CONSENT OBTAINED", "Informed consent obtained", f[5])
        for s, f in SUBJECTS.items()
    ]
    for subject, period, reported, reason, day in [*milestones, *DISPOSITION]:
        numbers[subject] = numbers.get(subject, 0) + 1
        yield edc(
            subject,
            numbers[subject],
            "DS",
            day,
            CATEGORY="Milestone" if numbers[subject] == 1 else "Disposition",
            PERIOD=period,
            AS_REPORTED=reported,
            REASON=reason,
            EVENT_DATE=dmy(day),
        )


def ae_rows(delivery: int):
    numbers: dict[str, int] = {}
    for subject, event, start, end, grade, causality, other, treated in EVENTS:
        numbers[subject] = numbers.get(subject, 0) + 1
        entered = min(latest(start), latest(end))
        over = delivery > 0 if end.startswith("UN") else latest(end) <= DELIVERIES[delivery] - timedelta(2)
        serious = grade == 3
        yield edc(
            subject,
            numbers[subject],
            "AE",
            entered,
            EVENT=event,
            START_DATE=start,
            START_TIME=FEVER_TIMES.get(subject, "") if "ever" in event or event == "发热" else "",
            END_DATE=end if over else "",
            ONGOING="No" if over else "Yes",
            GRADE=f"Grade {grade}",
            SERIOUS="Yes" if serious else "No",
            CAUSALITY=causality,
            ACTION="Not applicable" if serious else "Dose not changed",
            OTHER_ACTION=other,
            OUTCOME="Recovered" if over else "Recovering",
            TREATED=treated,
        )


def pasi_rows():
    for subject in PASI:
        for number, visit in enumerate(attended(subject), 1):
            items, day = signs(subject, visit), visit_date(subject, visit)
            yield edc(
                subject,
                number,
                "PASI",
                day,
                VISIT=visit,
                ASSESSED_ON=dmy(day),
                ASSESSOR="Dr Example",
                **dict(zip(ITEMS, map(str, items), strict=True)),
                PASI_TOTAL=f"{pasi(items):.1f}",
            )


def bsa_rows():
    for subject in PASI:
        for number, visit in enumerate((v for v in attended(subject) if v != "UNS"), 1):
            total, day = pasi(signs(subject, visit)), visit_date(subject, visit)
            percent = total if subject == "003" else round(total * 1.2 + 0.4, 1)
            yield edc(
                subject,
                number,
                "BSA",
                day,
                VISIT=visit,
                ASSESSED_ON=dmy(day),
                ASSESSOR="Dr Example",
                BSA_PERCENT=f"{percent:g}",
            )


def infusion_rows():
    header = [
        "Log no.",
        "Site",
        "Subject",
        "Infusion",
        "Product",
        "Lot",
        "Date",
        "Start",
        "End",
        "Weight (kg)",
        "Dose planned (10^6/kg)",
        "Dose given (10^6/kg)",
        "Dose unit",
        "Total cells (10^6)",
        "Cells per bag (10^6)",
        "Reason for deviation",
        "Prepared by",
    ]
    rows = []
    for subject in SUBJECTS:
        for number, visit in enumerate(("W0", "W4", "W8"), 1):
            if visit in PASI[subject]:
                rows.append((visit_date(subject, visit), subject, number))
    for log, (day, subject, number) in enumerate(sorted(rows), 1):
        weight = round(SUBJECTS[subject][7] + (number - 2) * 0.3, 1)
        given, why = (
            (0.45, "Fewer viable cells after thawing") if (subject, number) == ("005", 2) else (0.5, "")
        )
        values = [
            f"L{log:03d}",
            SITE,
            subject,
            f"Infusion {number}",
            "AD-MSC",
            f"LOT-{day:%y%m}{number}",
            day,
            "09:30",
            "10:15",
            weight,
            0.5,
            given,
            "10^6/kg",
            round(weight * given, 2),
            50,
            why,
            "Pharmacist Example",
        ]
        yield day, dict(zip(header, values, strict=True))


def level(subject: str, visit: str) -> float:
    """How bad the patient feels, 0 to 1: follows the PASI."""
    return min(1.0, pasi(signs(subject, visit)) / 30 + 0.08)


def dlqi_rows():
    chance = random.Random(2)
    for subject in PASI:
        if SUBJECTS[subject][6]:
            for visit in attended(subject):
                if visit in ("SCR", "UNS"):
                    continue
                day = visit_date(subject, visit)
                answers = {
                    i: min(3, max(0, round(3 * level(subject, visit) + chance.uniform(-0.9, 0.9))))
                    for i in range(1, 11)
                }
                prevented = answers.pop(7) == 3
                part_two = "" if prevented else min(2, round(2 * level(subject, visit)))
                total = sum(answers.values()) + (3 if prevented else part_two)
                row = {f"q{i}": str(answers[i]) for i in range(1, 7)} | {
                    "q7": "1" if prevented else "0",
                    "q7b": str(part_two),
                }
                row |= {f"q{i}": str(answers[i]) for i in range(8, 11)} | {"total": str(total)}
                yield day, diary(subject, visit, day) | row | {"device": "phone"}


def vas_rows():
    chance = random.Random(3)
    for subject in PASI:
        for visit in attended(subject):
            if visit != "UNS":
                day = visit_date(subject, visit)
                itch = max(2.0, round(100 * level(subject, visit) * 0.85 + chance.uniform(-6, 6), 1))
                yield (
                    day,
                    diary(subject, visit, day)
                    | {"itch": f"{itch:.1f}".replace(".", ","), "itch_unit": "mm", "device": "phone"},
                )


def diary(subject: str, visit: str, day: date) -> dict:
    return {
        "site": SITE,
        "patient": subject,
        "nickname": SUBJECTS[subject][1].lower(),
        "visit": DIARY[visit],
        "filled_in": f"{day:%d-%m-%Y}",
    }


def sae_rows(delivery: int):
    header = [
        "序号",
        "中心编号",
        "受试者编号",
        "受试者姓名",
        "性别",
        "事件名称",
        "发生日期",
        "结束日期",
        "导致死亡",
        "危及生命",
        "导致住院",
        "导致残疾",
        "先天异常",
        "其他重要医学事件",
        "与研究药物关系",
        "转归",
        "报告日期",
    ]
    no = "否"
    rows = [
        (
            "1",
            SITE,
            "005",
            "示例戊",
            "男",
            "右手骨折",
            "2020年5月3日",
            "2020年4月20日",
            no,
            no,
            "是",
            no,
            no,
            no,
            "无关",
            "好转",
            "2020年5月8日",
        ),
        (
            "2",
            SITE,
            "002",
            "示例乙",
            "男",
            "急性阑尾炎",
            "2020年6月21日",
            "2020年6月29日",
            no,
            no,
            "是",
            no,
            no,
            no,
            "无关",
            "痊愈",
            "2020年6月23日",
        ),
    ]
    return header, [dict(zip(header, row, strict=True)) for row in rows[:delivery]]


# --- the dirt ------------------------------------------------------------------------------------------------------------------


def found(rows: list[dict], **cells) -> dict:
    """The one row with these cells."""
    (row,) = [row for row in rows if all(row.get(name) == value for name, value in cells.items())]
    return row


def copied_after(rows: list[dict], row: dict, **changes) -> None:
    rows.insert(rows.index(row) + 1, {**row, **changes})


def soil(files: dict[str, list[dict]], delivery: int) -> None:
    """Plants the defects of one delivery; each stands in DEFECTS below."""
    vs, ae, cm, pasi_form, bsa = (files[f"edc_{form}.csv"] for form in ("vs", "ae", "cm", "pasi", "bsa"))
    dlqi, vas, log = files["diary_dlqi.csv"], files["diary_vas.csv"], files["pharmacy_infusions.xlsx"]
    middle, end = delivery >= 1, delivery == 2

    found(vs, SUBJECT="005", VISIT="W4")["WEIGHT"] = "66.1" if end else "60.1"
    if middle:
        found(vs, SUBJECT="004", VISIT="W12")["WEIGHT"] = "72 (query: please confirm)"
        found(vs, SUBJECT="006", VISIT="W8")["WEIGHT"] = "６８．５"
    found(vs, SUBJECT="009", VISIT="W0")["TEMP_POST_TIME"] = "25:10"
    if end:
        found(vs, SUBJECT="001", VISIT="FU12")["WEIGHT"] = "ND"

    pharyngitis = found(ae, SUBJECT="005", EVENT="Pharyngitis")
    copied_after(ae, pharyngitis, RECORD_ID="AE-005-07", LAST_UPDATED="2020-02-20T16:42:00")
    fever = found(ae, SUBJECT="001", EVENT="Transient fever")
    copied_after(ae, fever, RECORD_ID="AE-001-08", EVENT="", LAST_UPDATED="2020-02-03T09:12:00")
    congestion = {
        "RECORD_ID": "AE-007-06",
        "EVENT": "Nasal congestion",
        "START_DATE": "30 JAN 2020",
        "END_DATE": "31 JAN 2020",
        "STATUS": "INACTIVE",
        "LAST_UPDATED": "2020-02-12T13:33:00",
    }
    copied_after(ae, found(ae, SUBJECT="007", EVENT="Pharyngitis"), **congestion)
    if end:
        found(ae, SUBJECT="005", EVENT="Dizziness")["OUTCOME"] = "Recoverd"
        for row in ae:
            row["SPECIAL_INTEREST"] = "Yes" if "ever" in row["EVENT"] else "No"

    metformin = found(cm, SUBJECT="004", MEDICATION="Metformin")
    copied_after(cm, metformin)
    copied_after(
        cm,
        found(cm, SUBJECT="009", MEDICATION="Herbal bath"),
        SUBJECT="",
        RECORD_ID="CM-XXX-01",
        MEDICATION="Loratadine",
    )
    if middle:
        found(cm, MEDICATION="Vitamin D")["ONGOING"] = ""
    if delivery == 1:
        found(cm, SUBJECT="005", MEDICATION="Azithromycin")["END_DATE"] = "24 JAN 2019"

    found(pasi_form, SUBJECT="002", VISIT="W4")["UPPER_AREA"] = "5"
    found(pasi_form, SUBJECT="005", VISIT="W4")["HEAD_ERY"] = "5"
    found(pasi_form, SUBJECT="007", VISIT="W4").update(HEAD_ERY="1", HEAD_IND="1")
    if middle:
        found(pasi_form, SUBJECT="009", VISIT="W8")["PASI_TOTAL"] = "15.3"
    if end:
        for number, row in enumerate(pasi_form):
            pasi_form[number] = {
                "PASI_TOT" if name == "PASI_TOTAL" else name: value for name, value in row.items()
            }

    if delivery == 0:
        found(bsa, SUBJECT="001", VISIT="W4")["BSA_PERCENT"] = "30.2"
    copied_after(
        bsa, found(bsa, SUBJECT="005", VISIT="W4"), BSA_PERCENT="43.5", LAST_UPDATED="2020-02-10T15:00:00"
    )

    if middle:
        week_8 = found(dlqi, patient="006", visit="Week 8")
        week_8["total"] = str(int(week_8["total"]) - int(week_8["q6"]))
        week_8["q6"] = "-97"
        found(dlqi, patient="009", visit="Week 4").update(q4="-98", q9="-99", total="")
        off = found(dlqi, patient="005", visit="Week 8")
        off["total"] = str(int(off["total"]) + 2)
    prevented = found(dlqi, patient="002", visit="Week 8")
    prevented["total"] = str(int(prevented["total"]) - int(prevented["q7b"]) + 3)
    prevented.update(q7="1", q7b="-96")

    if middle:
        found(vas, patient="006", visit="Week 8").update(itch="5,4", itch_unit="cm")
    found(vas, patient="004", visit="Week 4").update(itch="48,0", itch_unit="")
    found(vas, patient="005", visit="Week 4").update(itch="-95", itch_unit="")
    copied_after(vas, found(vas, patient="007", visit="Week 4"), itch="61,0")
    vas.append({**vas[0], "patient": "019", "nickname": "zz"})
    if end:
        found(vas, patient="002", visit="Follow-up month 3")["itch"] = "104,0"

    if delivery != 1:  # corrected, and wrong again: its query is opened, closed and reopened
        found(log, Subject="002", Infusion="Infusion 2")["Weight (kg)"] = 28.0


# fmt: off
# delivery (0, 1, 2), file, cells that find the row (and which one of several), column, defect, expected outcome in words,
# outcome of the row, rule of the finding or of the reason, then one check of the SDTM: dataset, key, variable, value
# (variable "RECORDS": how many records have this key). ~ stands for the USUBJID prefix.
D = STUDY + "-" + SITE + "-"
DEFECTS = [
    # dates
    (2, "edc_mh.csv", {"SUBJECT": "001", "CATEGORY": "PSORIASIS"}, "START_DATE", "day and month unknown (UN/UNK/2005)", "the year is kept, nothing imputed", "kept", "", "MH", "USUBJID=~001;MHTERM=PLAQUE PSORIASIS", "MHSTDTC", "2005"),
    (2, "edc_ae.csv", {"SUBJECT": "002", "EVENT": "Pharyngitis"}, "END_DATE", "day and month unknown (UN/UNK/2020)", "the year is kept, nothing imputed", "kept", "", "AE", "USUBJID=~002;AETERM=Pharyngitis", "AEENDTC", "2020"),
    (2, "edc_ae.csv", {"SUBJECT": "009", "EVENT": "Nausea"}, "START_DATE", "day unknown (UN-MAR-2020)", "year and month are kept; treatment-emergent whatever the day", "kept", "", "AE", "USUBJID=~009;AETERM=Nausea", "AESTDTC", "2020-03"),
    (2, "edc_cm.csv", {"SUBJECT": "001", "MEDICATION": "Loratadine"}, "END_DATE", "month as a word (12 JAN 2020)", "read as 2020-01-12", "kept", "", "CM", "USUBJID=~001;CMTRT=Loratadine", "CMENDTC", "2020-01-12"),
    (2, "edc_cm.csv", {"SUBJECT": "006", "MEDICATION": "Vitamin D"}, "START_DATE", "impossible date (31 FEB 2020)", "the date is blank, with a finding; the record stays", "kept", "DATE", "CM", "USUBJID=~006;CMTRT=Vitamin D", "CMSTDTC", ""),
    (2, "edc_vs.csv", {"SUBJECT": "009", "VISIT": "W0"}, "TEMP_POST_TIME", "impossible time (25:10)", "the time is blank, with a finding; date and temperature stay", "kept", "DATE", "VS", "USUBJID=~009;VISIT=WEEK 0;VSTESTCD=TEMP;VSTPTNUM=2", "VSDTC", "2020-02-03"),
    (1, "edc_cm.csv", {"SUBJECT": "005", "MEDICATION": "Azithromycin"}, "END_DATE", "end date before start date, corrected by the site later", "superseded by the newer version of the row", "superseded", "NEWER", "CM", "USUBJID=~005;CMTRT=Azithromycin", "CMENDTC", "2020-01-24"),
    (2, "sae_listing.csv", {"序号": "1"}, "结束日期", "end date before start date", "a finding; the dates stay as listed", "kept", "DATE-ORDER", "", "", "", ""),
    (0, "pharmacy_infusions.xlsx", {"Subject": "001", "Infusion": "Infusion 1"}, "Date", "date as a serial number (43815)", "read in the 1900 date system; the newest version is used", "superseded", "NEWER", "EX", "USUBJID=~001;EXSPID=L001", "EXSTDTC", "2019-12-16T09:30"),
    (2, "pharmacy_infusions.xlsx", {"Subject": "007", "Infusion": "Infusion 1"}, "Date", "date as a serial number among date cells", "read in the 1900 date system", "kept", "", "EX", "USUBJID=~007;EXSPID=L008", "EXSTDTC", "2020-01-20T09:30"),
    # rows
    (2, "edc_ae.csv", {"RECORD_ID": "AE-007-06"}, "STATUS", "row inactivated by the site", "superseded", "superseded", "INACTIVE", "AE", "USUBJID=~007;AETERM=Nasal congestion", "RECORDS", "0"),
    (2, "edc_ae.csv", {"RECORD_ID": "AE-005-07"}, "RECORD_ID", "event entered a second time under another record id", "one record, the other row superseded, with a finding", "superseded", "DUPLICATE", "AE", "USUBJID=~005;AETERM=Pharyngitis", "RECORDS", "1"),
    (2, "edc_cm.csv", {"SUBJECT": "004", "MEDICATION": "Metformin", "#": 1}, "", "row exported twice", "one record, the other row superseded", "superseded", "DUPLICATE", "CM", "USUBJID=~004;CMTRT=Metformin", "RECORDS", "1"),
    (2, "edc_bsa.csv", {"SUBJECT": "005", "VISIT": "W4", "#": 1}, "LAST_UPDATED", "two rows of one key, the other one changed later", "the row changed last is used", "superseded", "NEWER", "FAMH", "USUBJID=~005;VISIT=WEEK 4", "FASTRESN", "43.5"),
    (2, "diary_vas.csv", {"patient": "007", "visit": "Week 4", "#": 1}, "itch", "two rows of one key with different values, no time of change", "a finding; one record", "", "DUPLICATE-KEY", "QS", "USUBJID=~007;VISIT=WEEK 4;QSTESTCD=PVAS01", "RECORDS", "1"),
    (0, "edc_bsa.csv", {"SUBJECT": "001", "VISIT": "W4"}, "BSA_PERCENT", "value corrected in the next delivery", "superseded by the newer version", "superseded", "NEWER", "FAMH", "USUBJID=~001;VISIT=WEEK 4", "FASTRESN", "20.3"),
    (0, "pharmacy_infusions.xlsx", {"Subject": "002", "Infusion": "Infusion 2"}, "Weight (kg)", "digits swapped, corrected in the next delivery", "superseded by the newer version", "superseded", "NEWER", "", "", "", ""),
    (2, "pharmacy_infusions.xlsx", {"Subject": "002", "Infusion": "Infusion 2"}, "Weight (kg)", "digits swapped again, as before the correction", "a finding: the weight measured is another; its query is reopened", "kept", "EX-WEIGHT-AGAINST-VS", "", "", "", ""),
    (2, "edc_cm.csv", {"SUBJECT": "001", "MEDICATION": "White petrolatum"}, "", "row added afterwards, its dates lie before the first delivery", "a record like any other", "kept", "", "CM", "USUBJID=~001;CMTRT=White petrolatum", "RECORDS", "1"),
    (1, "edc_cm.csv", {"SUBJECT": "007", "MEDICATION": "Calcipotriol ointment"}, "", "row missing from the next cumulative export", "deleted: superseded, no record", "superseded", "DELETED", "CM", "USUBJID=~007;CMTRT=Calcipotriol ointment", "RECORDS", "0"),
    (2, "diary_vas.csv", {"patient": "019"}, "patient", "subject unknown to demographics", "the row is set aside", "rejected", "SUBJECT", "QS", "USUBJID=~019", "RECORDS", "0"),
    (2, "edc_ae.csv", {"RECORD_ID": "AE-001-08"}, "EVENT", "no event term", "the row is set aside", "rejected", "REQUIRED", "AE", "USUBJID=~001", "RECORDS", "3"),
    (2, "edc_cm.csv", {"RECORD_ID": "CM-XXX-01"}, "SUBJECT", "no subject", "the row is set aside", "rejected", "REQUIRED", "CM", "CMTRT=Loratadine", "RECORDS", "1"),
    (2, "edc_pasi.csv", {"SUBJECT": "006", "VISIT": "UNS"}, "VISIT", "unscheduled visit with PASI", "kept, with a visit number between week 4 and week 8", "kept", "", "RS", "USUBJID=~006;RSDTC=2020-02-20;RSTESTCD=PASI0229", "RSSTRESN", "14.3"),
    (2, "edc_vs.csv", {"SUBJECT": "006", "VISIT": "UNS"}, "VISIT", "unscheduled visit with temperature", "kept", "kept", "", "VS", "USUBJID=~006;VSDTC=2020-02-20T11:20;VSTESTCD=TEMP", "VSSTRESN", "37.9"),
    # files and columns
    (2, "edc_pasi.csv", None, "PASI_TOT", "column renamed (PASI_TOTAL before)", "read under its declared other name", "", "", "RS", "USUBJID=~001;VISIT=FOLLOW-UP WEEK 52;RSTESTCD=PASI0229", "RSSTRESN", "8.7"),
    (2, "edc_ae.csv", None, "SPECIAL_INTEREST", "column that the study file does not know", "a finding; nothing else changes", "", "NEW-COLUMN", "AE", "USUBJID=~002", "RECORDS", "3"),
    (2, "edc_qc.csv", None, "", "file that the study file does not know", "a finding; nothing else changes", "", "NEW-FILE", "", "", "", ""),
    (2, "edc_mh.csv", None, "STUDY", "byte-order mark before the first column name", "not part of the name", "", "", "MH", "USUBJID=~009;MHTERM=Allergic rhinitis", "RECORDS", "1"),
    (0, "sae_listing.csv", None, "", "no rows yet", "read as empty", "", "", "", "", "", ""),
    # codes and numbers
    (2, "edc_ae.csv", {"SUBJECT": "005", "EVENT": "Dizziness"}, "OUTCOME", "outcome misspelt (Recoverd)", "the event is kept, its outcome blank, with a finding", "kept", "CODE", "AE", "USUBJID=~005;AETERM=Dizziness", "AEOUT", ""),
    (2, "edc_vs.csv", {"SUBJECT": "004", "VISIT": "W12"}, "WEIGHT", "text of a query in a number", "kept as collected, no standard result, with a finding", "kept", "NUMBER", "VS", "USUBJID=~004;VISIT=WEEK 12;VSTESTCD=WEIGHT", "VSSTRESN", ""),
    (2, "edc_vs.csv", {"SUBJECT": "006", "VISIT": "W8"}, "WEIGHT", "full-width digits", "read as 68.5", "kept", "", "VS", "USUBJID=~006;VISIT=WEEK 8;VSTESTCD=WEIGHT", "VSSTRESN", "68.5"),
    (2, "edc_vs.csv", {"SUBJECT": "001", "VISIT": "FU12"}, "WEIGHT", "not done (ND)", "a record with status NOT DONE, reason NO REASON GIVEN", "kept", "", "VS", "USUBJID=~001;VISIT=FOLLOW-UP WEEK 12;VSTESTCD=WEIGHT", "VSSTAT", "NOT DONE"),
    # instruments
    (2, "edc_pasi.csv", {"SUBJECT": "009", "VISIT": "W8"}, "PASI_TOT", "the site's total differs from its items (14.3)", "a finding; the site's total stays as collected", "kept", "PASI-TOTAL", "", "", "", ""),
    (2, "edc_pasi.csv", {"SUBJECT": "005", "VISIT": "W4"}, "HEAD_ERY", "erythema of 5 where 0 to 4 is possible", "kept as collected, no standard result, with a finding", "kept", "RANGE", "RS", "USUBJID=~005;VISIT=WEEK 4;RSTESTCD=PASI0201", "RSSTRESN", ""),
    (2, "edc_pasi.csv", {"SUBJECT": "007", "VISIT": "W4"}, "HEAD_AREA", "area 0 but symptoms above 0", "a finding; the values stay", "kept", "PASI-AREA", "RS", "USUBJID=~007;VISIT=WEEK 4;RSTESTCD=PASI0201", "RSSTRESN", "1"),
    (2, "diary_dlqi.csv", {"patient": "006", "visit": "Week 8"}, "q6", "one item not asked (-97)", "the item is NOT DONE with its reason; the score counts it as 0 (policy)", "kept", "", "QS", "USUBJID=~006;VISIT=WEEK 8;QSTESTCD=DLQI106", "QSREASND", "NOT ASKED"),
    (2, "diary_dlqi.csv", {"patient": "009", "visit": "Week 4"}, "q9", "two items missing (-98, -99)", "no score", "kept", "", "QS", "USUBJID=~009;VISIT=WEEK 4;QSTESTCD=DLQI104", "QSREASND", "ASKED BUT UNKNOWN"),
    (2, "diary_dlqi.csv", {"patient": "002", "visit": "Week 8"}, "q7b", "second part of question 7 not applicable (-96) after Yes", "no record: it is asked only after No", "kept", "", "QS", "USUBJID=~002;VISIT=WEEK 8;QSTESTCD=DLQI107A", "RECORDS", "0"),
    (2, "diary_dlqi.csv", {"patient": "005", "visit": "Week 8"}, "total", "the diary's total differs from its items", "a finding; the diary's total stays as collected", "kept", "DLQI-TOTAL", "", "", "", ""),
    (2, "diary_vas.csv", {"patient": "006", "visit": "Week 8"}, "itch_unit", "cm where all others are mm", "converted to mm", "kept", "", "QS", "USUBJID=~006;VISIT=WEEK 8;QSTESTCD=PVAS01", "QSSTRESN", "54"),
    (2, "diary_vas.csv", {"patient": "004", "visit": "Week 4"}, "itch_unit", "no unit", "kept as collected, no standard result, with a finding", "kept", "UNIT", "QS", "USUBJID=~004;VISIT=WEEK 4;QSTESTCD=PVAS01", "QSSTRESN", ""),
    (2, "diary_vas.csv", {"patient": "002", "visit": "Follow-up month 3"}, "itch", "104 mm on a scale of 100 mm", "kept as collected, no standard result, with a finding", "kept", "RANGE", "QS", "USUBJID=~002;VISIT=FOLLOW-UP WEEK 12;QSTESTCD=PVAS01", "QSSTRESN", ""),
    (2, "diary_vas.csv", {"patient": "005", "visit": "Week 4"}, "itch", "measurement failed (-95)", "NOT DONE with its reason", "kept", "", "QS", "USUBJID=~005;VISIT=WEEK 4;QSTESTCD=PVAS01", "QSREASND", "MEASUREMENT FAILED"),
    # text
    (2, "edc_ae.csv", {"SUBJECT": "002", "RECORD_ID": "AE-002-01"}, "EVENT", "line break and blank at the end", "one blank, none at the end", "kept", "", "AE", "USUBJID=~002;AETERM=Transient fever", "RECORDS", "1"),
    (2, "edc_ae.csv", {"SUBJECT": "004", "EVENT": "发热"}, "EVENT", "Chinese term with a translation", "its English; the original is kept beside it", "kept", "", "AE", "USUBJID=~004;AETERM=Fever", "RECORDS", "1"),
    (2, "edc_ae.csv", {"SUBJECT": "006", "RECORD_ID": "AE-006-01"}, "OTHER_ACTION", "Chinese text without a translation", "a finding; the record stays", "kept", "TRANSLATION", "AE", "USUBJID=~006;AETERM=Transient fever", "RECORDS", "1"),
    (2, "edc_cm.csv", {"SUBJECT": "007", "MEDICATION": "White petrolatum"}, "INDICATION", "Chinese text without a translation", "a finding; the record stays", "kept", "TRANSLATION", "CM", "USUBJID=~007;CMTRT=White petrolatum", "RECORDS", "1"),
    (2, "edc_mh.csv", {"SUBJECT": "002", "RECORD_ID": "MH-002-02"}, "CONDITION", "full-width letters", "plain letters, coded", "kept", "", "MH", "USUBJID=~002;MHTERM=Hypertension", "MHDECOD", "Hypertension"),
    (2, "edc_mh.csv", {"SUBJECT": "004", "RECORD_ID": "MH-004-02"}, "CONDITION", "Chinese term with a translation", "its English, coded", "kept", "", "MH", "USUBJID=~004;MHTERM=Type 2 diabetes mellitus", "MHDECOD", "Type 2 diabetes mellitus"),
    (2, "edc_mh.csv", {"SUBJECT": "002", "RECORD_ID": "MH-002-03"}, "CONDITION", "term not in coding.csv", "a finding; not coded", "kept", "CODING", "MH", "USUBJID=~002;MHTERM=Childhood eczema", "MHDECOD", ""),
    (2, "edc_cm.csv", {"SUBJECT": "009", "MEDICATION": "Herbal bath"}, "MEDICATION", "term not in coding.csv", "a finding; not coded", "kept", "CODING", "CM", "USUBJID=~009;CMTRT=Herbal bath", "CMDECOD", ""),
    (2, "edc_cm.csv", {"SUBJECT": "002", "RECORD_ID": "CM-002-03"}, "MEDICATION", "typographic quotation marks", "a finding (characters beyond ASCII); the record stays", "kept", "TRANSLATION", "CM", "USUBJID=~002;CMINDC=Sore throat", "RECORDS", "1"),
    (2, "edc_ae.csv", {"SUBJECT": "001", "EVENT": "Headache"}, "OTHER_ACTION", "NA as an answer, not as a missing value", "kept as text", "kept", "", "AE", "USUBJID=~001;AETERM=Headache", "AEACNOTH", "NA"),
    # reconciliation and corrections
    (2, "sae_listing.csv", {"序号": "2"}, "发生日期", "start date a day later than in the EDC", "a finding; the EDC's date stands", "kept", "SAE-RECONCILE", "AE", "USUBJID=~002;AETERM=Acute appendicitis", "AESTDTC", "2020-06-20"),
    (2, "sae_listing.csv", {"序号": "2"}, "导致住院", "seriousness criterion that only the listing has", "joins the event of the EDC", "kept", "", "AE", "USUBJID=~002;AETERM=Acute appendicitis", "AESHOSP", "Y"),
    (2, "sae_listing.csv", {"序号": "1"}, "事件名称", "serious event that the EDC does not have", "a finding; no record", "kept", "SAE-RECONCILE", "AE", "USUBJID=~005", "RECORDS", "2"),
    (2, "edc_pasi.csv", {"SUBJECT": "002", "VISIT": "W4"}, "UPPER_AREA", "typing error, in corrections.csv", "corrected from 5 to 3", "kept", "", "RS", "USUBJID=~002;VISIT=WEEK 4;RSTESTCD=PASI0208", "RSSTRESN", "3"),
    (2, "edc_vs.csv", {"SUBJECT": "005", "VISIT": "W4"}, "WEIGHT", "an entry of corrections.csv that the site has overtaken", "a finding; the site's value stands", "kept", "CORRECTION", "VS", "USUBJID=~005;VISIT=WEEK 4;VSTESTCD=WEIGHT", "VSSTRESN", "66.1"),
    (2, "edc_dm.csv", {"SUBJECT": "001"}, "FULL_NAME", "name, initials and telephone of the subject", "never read: only the archive has them", "kept", "", "DM", "USUBJID=~001", "RECORDS", "1"),
]
# fmt: on
COLUMNS = [
    "delivery",
    "file",
    "row",
    "column",
    "defect",
    "expected",
    "outcome",
    "rule",
    "dataset",
    "key",
    "variable",
    "value",
]


# --- writing -------------------------------------------------------------------------------------------------------------------


def deliveries() -> list[dict[str, list[dict]]]:
    """Of each delivery: file name -> its rows. A row that changes between two deliveries gets a new time of change."""
    content = [delivered(number) for number in range(3)]
    for before, after in pairwise(content):
        for name, rows in after.items():
            old = dict(numbered(before[name]))
            for record, row in numbered(rows):
                if "LAST_UPDATED" in row and record in old:
                    same = all(
                        row.get(column, value) == value
                        for column, value in old[record].items()
                        if column != "LAST_UPDATED"
                    )
                    changed = f"{DELIVERIES[content.index(after)] - timedelta(3)}T10:05:00"
                    row["LAST_UPDATED"] = old[record]["LAST_UPDATED"] if same else changed
    return content


def numbered(rows: list[dict]) -> Iterator[tuple[tuple[str, int], dict]]:
    """Each row with its record id and which row of that id it is."""
    seen: Counter[str] = Counter()
    for row in rows:
        record = row.get("RECORD_ID", "")
        seen[record] += 1
        yield (record, seen[record]), row


def delivered(delivery: int) -> dict[str, list[dict]]:
    """File name -> its rows, as the systems and the dirt have them."""
    day = DELIVERIES[delivery]
    files = {
        "edc_dm.csv": dm_rows(),
        "edc_ie.csv": ie_rows(),
        "edc_mh.csv": mh_rows(),
        "edc_cm.csv": cm_rows(delivery),
        "edc_vs.csv": vs_rows(),
        "edc_ds.csv": ds_rows(),
        "edc_ae.csv": ae_rows(delivery),
        "edc_pasi.csv": pasi_rows(),
        "edc_bsa.csv": bsa_rows(),
        "pharmacy_infusions.xlsx": infusion_rows(),
        "diary_dlqi.csv": dlqi_rows(),
        "diary_vas.csv": vas_rows(),
    }
    rows = {name: cumulative(list(content), day) for name, content in files.items()}
    soil(rows, delivery)
    rows["sae_listing.csv"] = sae_rows(delivery)[1]
    return rows


def csv_bytes(header: list[str], rows: list[dict], delimiter: str, encoding: str, end: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_bytes(rows: list[dict], delivery: int) -> bytes:
    """The pharmacy's workbook. Zip entries and document properties get a fixed date, so that the bytes repeat."""
    book = Workbook()
    notes = book.active
    notes.title = "README"
    for line in (
        "SYNTHETIC DATA",
        "Infusion log of the hospital pharmacy, study ADMSCPSO",
        "One row per infusion on sheet Infusions",
        "Doses in 10^6 viable cells per kg of body weight",
    ):
        notes.append([line])
    sheet = book.create_sheet("Infusions")
    sheet.append(["Infusion log (SYNTHETIC DATA)"])
    sheet.append([])
    sheet.append(list(rows[0]))
    for row in rows:
        if delivery == 0 or row["Subject"] == "007":
            row["Date"] = (row["Date"] - date(1899, 12, 30)).days
        sheet.append(list(row.values()))
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    stamp = DELIVERIES[delivery]
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", f"{stamp}T00:00:00Z".encode(), content)
            entry = zipfile.ZipInfo(name, (stamp.year, stamp.month, stamp.day, 0, 0, 0))
            entry.create_system = 0
            target.writestr(entry, content)
    return fixed.getvalue()


def write(folder: Path) -> None:
    """Writes raw/<delivery>/ and defects.csv into a folder."""
    content = deliveries()
    for number, day in enumerate(DELIVERIES):
        target = folder / "raw" / day.isoformat()
        target.mkdir(parents=True, exist_ok=True)
        for name, rows in content[number].items():
            if name.endswith(".xlsx"):
                data = xlsx_bytes(rows, number)
            elif name.startswith("diary"):
                data = csv_bytes(list(rows[0]), rows, ";", "utf-8", "\n")
            elif name == "sae_listing.csv":
                data = csv_bytes(sae_rows(number)[0], rows, ",", "gb18030", "\r\n")
            else:
                data = csv_bytes(
                    list(rows[0]), rows, ",", "utf-8-sig" if name == "edc_mh.csv" else "utf-8", "\r\n"
                )
            (target / name).write_bytes(data)
        note = f"SYNTHETIC DATA\nDelivery of {day}, study {STUDY}, site {SITE}. All exports are cumulative.\n"
        (target / "delivery_note.txt").write_text(note, encoding="utf-8", newline="\n")
    quality = [{"STUDY": STUDY, "SITE": SITE, "FORM": "PASI", "CHECKED_ON": "2021-05-20"}]
    (folder / "raw" / LAST / "edc_qc.csv").write_bytes(
        csv_bytes(list(quality[0]), quality, ",", "utf-8", "\r\n")
    )
    (folder / "defects.csv").write_bytes(
        csv_bytes(COLUMNS, [defect_row(content, *given) for given in DEFECTS], ",", "utf-8", "\n")
    )


def defect_row(
    content, delivery, file, cells, column, defect, expected, outcome, rule, dataset, key, variable, value
) -> dict:
    row: int | str = ""
    if cells is not None:
        wanted = dict(cells)
        which = wanted.pop("#", 1)
        rows = content[delivery][file]
        hits = [
            number
            for number, row in enumerate(rows)
            if all(row[name] == cell for name, cell in wanted.items())
        ]
        if len(hits) != max(which, 2 if "#" in cells else 1):
            raise ValueError(f"{file}: {cells} is in rows {hits}")
        row = hits[which - 1] + (4 if file.endswith(".xlsx") else 2)
    day = DELIVERIES[delivery].isoformat()
    values = (
        day,
        f"{day}/{file}",
        row,
        column,
        defect,
        expected,
        outcome,
        rule,
        dataset,
        key.replace("~", D),
        variable,
        value,
    )
    return dict(zip(COLUMNS, values, strict=True))


if __name__ == "__main__":
    write(HERE)
