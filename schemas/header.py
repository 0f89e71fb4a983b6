"""What the header of a SQL file says: its first sentence is the grain; then `Key: words`, each on lines of its own (a
line that goes on is indented)."""

from __future__ import annotations

import re
from collections.abc import Collection


def header(name: str, sql: str, keys: Collection[str]) -> tuple[str, list[tuple[str, str]]]:
    """The grain, and each key with its words, in the order they stand there."""
    comment = re.match(r"(?:--.*\n)+", sql)
    if not comment:
        raise ValueError(f"{name}: has no header")
    text = re.sub(r"^-- ?", "", comment[0], flags=re.MULTILINE)
    grain, *said = [" ".join(part.split()) for part in re.split(rf"^({'|'.join(keys)}): ", text, flags=re.MULTILINE)]
    return grain, list(zip(said[::2], said[1::2], strict=True))
