"""What is wrong with what we were given, and where: the errors that are not ours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.sources import RawFile
    from schemas.study import Study


@dataclass(frozen=True)
class Problem:
    """file: in the study folder or the source folder. place: the key, line, row or column in it."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class BadUse(Exception):
    """The command line cannot be followed (exit status 2)."""


class SubmissionError(Exception):
    """The snapshot cannot become a submission package as it is (exit status 3)."""


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """The end of a message: the words that look like the one that is not known, if there are any."""
    by_fold = {other.casefold(): other for other in words}
    near = get_close_matches(word.casefold(), by_fold, n=2, cutoff=0.7)
    return f"; did you mean {' or '.join(by_fold[name] for name in near)}?" if near else ""


class StudyFileError(Exception):
    """The study file cannot be used (exit status 2). `study` is what of it could be read, for a further look."""

    def __init__(self, problems: list[Problem], study: Study | None = None, files: Iterable[RawFile] = ()):
        self.problems, self.study, self.files = problems, study, list(files)
        super().__init__("\n".join(map(str, problems)))


class RawFileError(Exception):
    """The raw files cannot be used as they are (exit status 3). `files` are those that can be."""

    def __init__(self, problems: list[Problem], files: Iterable[RawFile] = ()):
        self.problems, self.files = problems, list(files)
        super().__init__("\n".join(map(str, problems)))
