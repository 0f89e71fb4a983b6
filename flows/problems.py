"""What is wrong with what we were given, and where: the two errors that are not ours."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """file: in the study folder or the source folder. place: the key, line, row or column in it."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class StudyFileError(Exception):
    """The study file cannot be used (exit status 2)."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


class RawFileError(Exception):
    """The raw files cannot be used as they are (exit status 3)."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
