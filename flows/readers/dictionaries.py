"""Coding dictionaries of the user's: a folder of MedDRA ASCII files ($ between fields), or one CSV file. They lie
outside the study's folder, are licensed to the user, and are copied nowhere but into the study's archive."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from flows.fingerprint import dictionary_path
from flows.problems import Problem
from schemas.study import Dictionary
from transforms.dictionaries import CODES, MEDDRA, csv_terms, meddra_terms


def terms(folder: Path, key: str, given: Dictionary) -> tuple[pd.DataFrame | None, list[Problem]]:
    """The terms of the dictionary `key` of a study folder's study file, or what is wrong with it."""
    place = f"dictionaries.{key}"
    path = dictionary_path(folder, key, given.path)
    if not (path.is_dir() if given.format == "meddra" else path.is_file()):
        kind = "folder" if given.format == "meddra" else "file"
        return None, [Problem("study.toml", f"{place}.path", f"{given.path} is no {kind} that is there")]
    try:
        if given.format == "csv":
            return _csv(path, place, given)
        return _meddra(path, place, given)
    except UnicodeDecodeError as error:
        words = f"{given.name} is not {given.encoding}: {error.reason}"
        return None, [Problem("study.toml", f"{place}.encoding", words)]
    except (ValueError, csv.Error) as error:
        return None, [Problem("study.toml", place, f"{given.name} cannot be read: {error}")]


def _meddra(folder: Path, place: str, given: Dictionary) -> tuple[pd.DataFrame | None, list[Problem]]:
    there = {path.name.casefold(): path for path in sorted(folder.iterdir())}
    if lacking := sorted(MEDDRA.keys() - there.keys()):
        return None, [Problem("study.toml", f"{place}.path", f"{', '.join(lacking)} is missing in {given.path}")]
    files, problems = {}, []
    for name, columns in MEDDRA.items():
        lines = there[name].read_text(encoding=given.encoding).splitlines()
        rows = [line.split("$") for line in lines if line]
        short = next((n for n, row in enumerate(rows, 1) if len(row) <= max(columns)), None)
        if short:
            words = f"line {short} of {name} has {len(rows[short - 1])} fields: MedDRA has more than {max(columns)}"
            problems.append(Problem("study.toml", place, words))
            continue
        cells = [[row[at].strip() for at in columns] for row in rows]
        files[name] = pd.DataFrame(cells, columns=list(columns.values()))
        for code in files[name].columns.intersection(CODES):
            files[name][code] = pd.to_numeric(files[name][code])
    return (None, problems) if problems else (meddra_terms(files), [])


def _csv(path: Path, place: str, given: Dictionary) -> tuple[pd.DataFrame | None, list[Problem]]:
    with path.open(encoding=given.encoding, newline="") as file:
        header, *rows = csv.reader(file, delimiter=given.delimiter)
    header[0] = header[0].removeprefix("\ufeff")
    if lacking := [column for column in given.columns.values() if column not in header]:
        words = f"{', '.join(lacking)} is no column of {path.name}: {', '.join(header)}"
        return None, [Problem("study.toml", f"{place}.columns", words)]
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            words = f"row {number} of {path.name} has {len(row)} columns, its header {len(header)}"
            return None, [Problem("study.toml", place, words)]
    return csv_terms(pd.DataFrame(rows, columns=header, dtype="str"), given.columns), []
