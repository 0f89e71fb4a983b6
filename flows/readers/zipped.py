"""ZIP archives, read with suspicion. A member is read under the name it has; nothing is unpacked to a place that the
archive chooses, and nothing is read that claims, or turns out, to be larger than a delivery is."""

from __future__ import annotations

import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from flows.problems import Problem, RawFileError

MEMBER_BYTES = 4 << 30  # one member, unpacked
TOTAL_BYTES = 16 << 30  # all of them
RATIO = 400  # unpacked to packed; a table of blanks reaches 100, a bomb 1,000
RATIO_FROM = 16 << 20  # smaller members may be as empty as they like
BLOCK = 1 << 20
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


def members(file: Path | BinaryIO, place: str) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name. Raises RawFileError with everything that speaks against reading it."""
    try:
        with zipfile.ZipFile(file) as archive:
            found = [info for info in archive.infolist() if not info.is_dir()]
    except BROKEN as error:
        raise RawFileError([Problem(place, "", f"is no ZIP that can be read: {error}")]) from None
    problems, named = [], {}
    for info in found:
        if words := _against(info):
            problems.append(Problem(f"{place}/{info.filename}", "", words))
        elif info.filename in named:
            problems.append(Problem(f"{place}/{info.filename}", "", "stands more than once in the ZIP"))
        named[info.filename] = info
    total = sum(info.file_size for info in found)
    if total > TOTAL_BYTES:
        problems.append(Problem(place, "", f"unpacks to {total:,} bytes; {TOTAL_BYTES:,} are the most"))
    if problems:
        raise RawFileError(problems)
    return named


def _against(info: zipfile.ZipInfo) -> str | None:
    name = info.orig_filename
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or re.search(r"\\|\0|^[A-Za-z]:", name):
        return "has a name that leaves the folder"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, no file"
    if info.flag_bits & 0x1:
        return "is encrypted: deliver it decrypted, by a channel that is safe"
    if info.file_size > MEMBER_BYTES:
        return f"unpacks to {info.file_size:,} bytes; {MEMBER_BYTES:,} are the most"
    if info.file_size > RATIO_FROM and info.file_size > RATIO * info.compress_size:
        return f"unpacks to more than {RATIO} times its size, as a ZIP bomb does"
    return None


def blocks(file: Path | BinaryIO, member: str, place: str) -> Iterator[bytes]:
    """The content of a member; no more than it claims to be, and the sum over it is checked."""
    try:
        with zipfile.ZipFile(file) as archive, archive.open(member) as content:
            while block := content.read(BLOCK):
                yield block
    except BROKEN as error:
        raise RawFileError([Problem(place, "", f"cannot be unpacked: {error}")]) from None


@contextmanager
def unpacked(file: Path, member: str, place: str) -> Iterator[Path]:
    """A member as a file of its own, readable by its owner alone and gone afterwards."""
    with tempfile.NamedTemporaryFile() as copy:
        for block in blocks(file, member, place):
            copy.write(block)
        copy.flush()
        yield Path(copy.name)
