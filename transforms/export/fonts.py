"""The fonts of the PDFs: they come with the project (standards/fonts), and what a document uses of them is embedded, so
that it reads the same everywhere, Chinese, Japanese and Korean included."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from schemas.text import text_folder

PLAIN, BOLD, EAST_ASIAN = "Open Sans", "Open Sans Bold", "Droid Sans Fallback"
FILES = {
    PLAIN: "open-sans-1.11-regular.ttf",
    BOLD: "open-sans-1.11-bold.ttf",
    EAST_ASIAN: "droid-sans-fallback-6.0.1r16.ttf",
}


@cache
def has() -> dict[str, frozenset[int]]:
    """Font -> the characters that it has; registers the fonts with reportlab."""
    found = {}
    for name, file in FILES.items():
        font = TTFont(name, str(text_folder("standards") / "fonts" / file))
        pdfmetrics.registerFont(font)
        found[name] = frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(PLAIN, PLAIN, BOLD, PLAIN, BOLD)
    return found


def runs(text: str, font: str = PLAIN) -> Iterator[tuple[str, str]]:
    """The text in pieces with the font of each; a character that no font has is shown by its number, [U+2076]."""
    piece, of = "", font
    for char in text:
        code = ord(char)
        fits = font if code in has()[font] else EAST_ASIAN if code in has()[EAST_ASIAN] else None
        if fits is None:
            char, fits = f"[U+{code:04X}]", font
        if fits != of and piece:
            yield of, piece
            piece = ""
        piece, of = piece + char, fits
    if piece:
        yield of, piece


def width(text: str, size: float, font: str = PLAIN) -> float:
    """How wide a text is, in points."""
    return sum(pdfmetrics.stringWidth(piece, of, size) for of, piece in runs(text, font))


def lines(text: str, room: float, size: float, font: str = PLAIN) -> list[str]:
    """The text in lines that are no wider than `room`: cut at blanks, and within a word that is wider, or has none."""
    found = [""]
    for word in text.split():
        joined = f"{found[-1]} {word}" if found[-1] else word
        if width(joined, size, font) <= room:
            found[-1] = joined
            continue
        if found[-1] and width(word, size, font) <= room:
            found.append(word)
            continue
        found[-1] += " " if found[-1] else ""
        for char in word:
            if width(found[-1] + char, size, font) > room:
                found[-1] = found[-1].rstrip()
                found.append("")
            found[-1] += char
    return [line for line in found if line] or [""]
