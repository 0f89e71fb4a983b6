"""A document in headings, paragraphs, lists and tables, written as DOCX and as PDF; the same bytes each time.

Headings and tables number themselves. What only a person can know is an `Open` part: a short line that is found by
searching for `to be completed by the sponsor`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import BinaryIO, NamedTuple
from xml.sax.saxutils import escape

from docx import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageBreak, PageTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as PdfParagraph
from reportlab.platypus import Table as PdfTable
from reportlab.platypus.tableofcontents import TableOfContents, defaultTableStyle

from transforms.export.fonts import BOLD, PLAIN, has, runs

INK, LINE, HEAD, STRIPE, MARK, WARNING = "1F3A5F", "C9D1D9", "E8EDF3", "F7F9FB", "FFF3C4", "B3261E"
WIDTH = 174  # mm of an A4 page between its margins
MARGIN = 18
EMBEDDED = ("FONTNAME", (0, 0), (-1, -1), PLAIN)  # of cells without a paragraph; else the file names one that it lacks
LONG = 1500  # characters in a cell
NUMBER = re.compile(r"-?[\d,]*\.?\d+ ?%?|-|")


class Heading(NamedTuple):
    level: int  # 1, 2, 3; an appendix is of level 1 and has a letter
    text: str
    appendix: bool = False


class Paragraph(NamedTuple):
    text: str


class Open(NamedTuple):
    """What a person has to add."""

    what: str

    @property
    def text(self) -> str:
        return f"[to be completed by the sponsor: {self.what}]"


class Bullets(NamedTuple):
    items: Sequence[str]


class Table(NamedTuple):
    """`widths` are shares of the page's width. A cell may have several lines."""

    title: str
    columns: Sequence[str]
    widths: Sequence[float]
    rows: Sequence[Sequence[str]]


Part = Heading | Paragraph | Open | Bullets | Table


class Document(NamedTuple):
    """`about` are pairs for the title page, `warning` a line that stands on every page, `made` a time that the
    snapshot knows (ISO 8601): the only one in the document."""

    title: str
    study: str
    subtitle: str
    about: Sequence[tuple[str, str]]
    warning: str
    made: str
    parts: Sequence[Part]


class Numbered(NamedTuple):
    number: str  # 2.1, A; "Table 3"
    part: Part


def numbered(parts: Sequence[Part]) -> Iterator[Numbered]:
    """The parts with the numbers of headings and tables; other parts have none."""
    counts, tables, appendices = [0, 0, 0], 0, 0
    for part in parts:
        if isinstance(part, Heading) and part.appendix:
            appendices += 1
            yield Numbered(chr(64 + appendices), part)
        elif isinstance(part, Heading):
            counts[part.level - 1 :] = [counts[part.level - 1] + 1] + [0] * (3 - part.level)
            yield Numbered(".".join(map(str, counts[: part.level])), part)
        elif isinstance(part, Table):
            tables += 1
            yield Numbered(f"Table {tables}", part)
        else:
            yield Numbered("", part)


def heading_text(number: str, part: Heading) -> str:
    return f"Appendix {number}. {part.text}" if part.appendix else f"{number}  {part.text}"


def shares(widths: Sequence[float]) -> list[float]:
    return [WIDTH * width / sum(widths) for width in widths]


def numeric(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column holds numbers alone, which stand to the right."""
    return any(row[at] for row in rows) and all(NUMBER.fullmatch(row[at]) for row in rows)


# --- DOCX


def write_docx(document: Document, file: BinaryIO) -> None:
    """The document as Office Open XML, for people to complete: its table of contents is a field that has its page
    numbers when it is brought up to date (F9)."""
    book = DocxDocument()
    made = datetime.fromisoformat(document.made).replace(tzinfo=None, microsecond=0)
    core = book.core_properties
    core.title, core.subject, core.author = document.title, document.study, ""
    core.comments, core.keywords, core.last_modified_by = "", "", ""
    core.created = core.modified = made
    core.revision = 1
    styles(book)
    page(book, document)
    for _ in range(6):
        book.add_paragraph()
    line(book, document.title, 26, INK, bold=True)
    line(book, document.study, 18, INK)
    line(book, document.subtitle, 12, "333333")
    if document.warning:
        line(book, document.warning, 13, WARNING, bold=True)
    book.add_paragraph()
    docx_rows(book, [(name, value) for name, value in document.about], [1, 2.4], head=None)
    parts = list(numbered(document.parts))
    book.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    line(book, "Table of contents", 16, INK, bold=True, center=False)
    contents(book, parts)
    for at, (number, part) in enumerate(parts):
        docx_part(book, at, number, part)
    written = io.BytesIO()
    book.save(written)
    file.write(dated(written.getvalue(), made))


def styles(book) -> None:
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "SimSun")
    normal.paragraph_format.space_after = Pt(6)
    for level, size in ((1, 16), (2, 13), (3, 11)):
        style = book.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), True
        style.font.color.rgb = RGBColor.from_string(INK)
        fonts = style.element.rPr.rFonts
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name}"), None)
        fonts.set(qn("w:eastAsia"), "SimSun")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(14 if level < 3 else 9), Pt(5)


def page(book, document: Document) -> None:
    """A4, with the study in its header and the page's number in its footer."""
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(24), Mm(20)
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.style.paragraph_format.tab_stops.clear_all()
    head.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(f"{document.study}: {document.title}").font.size = Pt(8.5)
    if document.warning:
        run = head.add_run(f"\t{document.warning}")
        run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(WARNING)
    foot = section.footer.paragraphs[0]
    foot.alignment, foot.style.font.size = WD_ALIGN_PARAGRAPH.CENTER, Pt(8.5)
    for text in ("Page ", "PAGE", " of ", "NUMPAGES"):
        run = foot.add_run("" if text.isupper() else text)
        if text.isupper():
            field(run, text, "1")


def field(run, instruction: str, shown: str) -> None:
    """A field of Word's in a run, with what it shows until it is brought up to date."""
    for kind in ("begin", "instruction", "separate", "text", "end"):
        if kind == "instruction":
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = f" {instruction} "
        elif kind == "text":
            part = OxmlElement("w:t")
            part.text = shown
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def line(book, text: str, size: float, colour: str, bold: bool = False, center: bool = True) -> None:
    paragraph = book.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if center else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, RGBColor.from_string(colour)


def contents(book, parts: Sequence[Numbered]) -> None:
    """The table of contents: a field that holds one line a heading, each a link to it."""
    shown = [(at, number, part) for at, (number, part) in enumerate(parts) if isinstance(part, Heading)]
    shown = [one for one in shown if one[2].level < 3]
    for turn, (at, number, part) in enumerate(shown):
        paragraph = book.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm(6 * (part.level - 1))
        paragraph.paragraph_format.space_after = Pt(2)
        if turn == 0:
            for kind, text in (("begin", None), (None, ' TOC \\o "1-2" \\h \\z \\u '), ("separate", None)):
                element = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    element.set(qn("w:fldCharType"), kind)
                else:
                    element.set(qn("xml:space"), "preserve")
                    element.text = text
                paragraph.add_run()._r.append(element)
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), f"part{at}")
        run = paragraph.add_run(heading_text(number, part))
        run.font.bold = part.level == 1
        link.append(run._r)
        paragraph._p.append(link)
        if turn == len(shown) - 1:
            end = OxmlElement("w:fldChar")
            end.set(qn("w:fldCharType"), "end")
            paragraph.add_run()._r.append(end)


def docx_part(book, at: int, number: str, part: Part) -> None:
    if isinstance(part, Heading):
        paragraph = book.add_heading(heading_text(number, part), part.level)
        paragraph.paragraph_format.page_break_before = part.level == 1 and not part.appendix
        for place, kind in ((0, "bookmarkStart"), (len(paragraph._p), "bookmarkEnd")):
            mark = OxmlElement(f"w:{kind}")
            mark.set(qn("w:id"), str(at))
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), f"part{at}")
                place = 1 if paragraph._p.pPr is not None else 0
            else:
                place = len(paragraph._p)
            paragraph._p.insert(place, mark)
    elif isinstance(part, Open):
        run = book.add_paragraph().add_run(part.text)
        shade(run._r.get_or_add_rPr(), MARK)
    elif isinstance(part, Bullets):
        for item in part.items:
            book.add_paragraph(item, style="List Bullet").paragraph_format.space_after = Pt(2)
    elif isinstance(part, Table):
        caption = book.add_paragraph()
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(6), Pt(3)
        run = caption.add_run(f"{number}. {part.title}")
        run.font.bold, run.font.size = True, Pt(9.5)
        docx_rows(book, part.rows, part.widths, part.columns)
        book.add_paragraph().paragraph_format.space_after = Pt(4)
    else:
        book.add_paragraph(part.text)


def docx_rows(book, rows: Sequence[Sequence[str]], widths: Sequence[float], head: Sequence[str] | None) -> None:
    """A table with a row of headings that repeats on each page; a row is not broken over two."""
    size, given = [Mm(share) for share in shares(widths)], [*([head] if head else []), *rows]
    table = book.add_table(len(given), len(widths))
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    edges(table)
    for column, width in zip(table.columns, size, strict=True):
        column.width = width
    right = [numeric(rows, at) for at in range(len(widths))]
    for turn, (row, texts) in enumerate(zip(table.rows, given, strict=True)):
        is_head = bool(head) and turn == 0
        properties = row._tr.get_or_add_trPr()
        for name in ("cantSplit", *(("tblHeader",) if is_head else ())):
            properties.append(OxmlElement(f"w:{name}"))
        for at, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = size[at]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            paragraph.paragraph_format.keep_with_next = is_head or None
            if right[at]:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(8), is_head or (head is None and at == 0)
            if is_head:
                shade(cell._tc.get_or_add_tcPr(), HEAD)


def edges(table) -> None:
    """Thin lines, and little room beside a text."""
    found = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            edge.set(qn(f"w:{key}"), value)
        found.append(edge)
    table._tbl.tblPr.append(found)
    room = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "60")
        edge.set(qn("w:type"), "dxa")
        room.append(edge)
    table._tbl.tblPr.append(room)


def shade(properties, colour: str) -> None:
    found = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        found.set(qn(f"w:{key}"), value)
    properties.append(found)


def dated(content: bytes, made: datetime) -> bytes:
    """A container with one date in place of every time of writing, its members in order."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(target, "w") as fixed:
        names = sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            fixed.writestr(entry, given.read(name))
    return target.getvalue()


# --- PDF


def write_pdf(document: Document, file: BinaryIO) -> None:
    """The document as PDF with bookmarks, a table of contents that leads to its parts, and numbered pages."""
    has()
    base = ParagraphStyle("base", fontName=PLAIN, fontSize=9, leading=13, spaceAfter=6, bulletFontName=PLAIN)
    style = partial(ParagraphStyle, parent=base)
    looks = {
        "text": base,
        "open": style("open", backColor=HexColor(f"#{MARK}"), borderPadding=2),
        "bullet": style("bullet", leftIndent=12, bulletIndent=3, spaceAfter=2),
        "cell": style("cell", fontSize=7.2, leading=9.4, spaceAfter=0),
        "number": style("number", fontSize=7.2, leading=9.4, spaceAfter=0, alignment=TA_RIGHT),
        "head": style("head", fontSize=7.2, leading=9.4, spaceAfter=0, fontName=BOLD),
        "caption": style("caption", fontSize=8, leading=11, spaceAfter=0, fontName=BOLD),
    }
    for level, size in ((1, 16), (2, 12.5), (3, 10.5)):
        name = f"heading{level}"
        looks[name] = style(
            name,
            fontName=BOLD,
            fontSize=size,
            leading=size * 1.25,
            textColor=HexColor(f"#{INK}"),
            spaceBefore=10 if level > 1 else 0,
            spaceAfter=5,
        )
    written = Pages(file, document)
    story: list = [Spacer(1, 60 * mm)]
    for text, size, colour in (
        (document.title, 24, INK),
        (document.study, 17, INK),
        (document.subtitle, 11.5, "333333"),
        (document.warning, 12.5, WARNING),
    ):
        if text:
            look = style(
                f"title{size}",
                fontSize=size,
                leading=size * 1.3,
                alignment=TA_CENTER,
                textColor=HexColor(f"#{colour}"),
                fontName=BOLD if colour != "333333" else PLAIN,
                spaceAfter=size * 0.6,
            )
            story.append(PdfParagraph(marked(text), look))
    story += [Spacer(1, 12 * mm), pdf_rows(document.about, [1, 2.4], None, None, looks), PageBreak()]
    story.append(PdfParagraph("Table of contents", looks["heading1"]))
    toc = TableOfContents(dotsMinLevel=0, tableStyle=TableStyle([*defaultTableStyle.getCommands(), EMBEDDED]))
    toc.levelStyles = [
        style("toc0", fontName=BOLD, spaceBefore=4, spaceAfter=1, leading=12, rightIndent=12),
        style("toc1", leftIndent=14, spaceAfter=0, leading=11.5, rightIndent=12),
    ]
    story.append(toc)
    following = [*document.parts[1:], None]
    for at, ((number, part), after) in enumerate(zip(numbered(document.parts), following, strict=True)):
        story += pdf_part(at, number, part, after, looks)
    written.multiBuild(story)


class Pages(BaseDocTemplate):
    """A4 pages with the study above and the page's number below; it tells bookmarks and the table of contents of each
    heading as it is placed. Pages are counted in one pass and written in the next."""

    def __init__(self, file: BinaryIO, document: Document):
        super().__init__(
            file,
            pagesize=A4,
            leftMargin=MARGIN * mm,
            rightMargin=MARGIN * mm,
            topMargin=24 * mm,
            bottomMargin=20 * mm,
            title=f"{document.title}, {document.study}",
            author=document.study,
            subject=document.subtitle,
            creator="trialmill",
            initialFontName=PLAIN,
            invariant=1,
            lang="en",
        )
        self.about, self.total, self.counted = document, 0, 0
        frame = Frame(self.leftMargin, self.bottomMargin, self.width, self.height, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self.around))

    def beforeDocument(self) -> None:
        self.total = self.counted
        self.canv.showOutline()

    def around(self, canvas, _) -> None:
        canvas.saveState()
        canvas.setFont(PLAIN, 7.5)
        canvas.setFillColor(HexColor("#57606A"))
        width, height = A4
        if canvas.getPageNumber() > 1:
            canvas.drawString(MARGIN * mm, height - 15 * mm, f"{self.about.study}: {self.about.title}")
            canvas.setStrokeColor(HexColor(f"#{LINE}"))
            canvas.line(MARGIN * mm, height - 17 * mm, width - MARGIN * mm, height - 17 * mm)
        canvas.drawCentredString(width / 2, 11 * mm, f"Page {canvas.getPageNumber()} of {self.total}")
        if self.about.warning:
            canvas.setFillColor(HexColor(f"#{WARNING}"))
            canvas.drawRightString(width - MARGIN * mm, height - 15 * mm, self.about.warning)
        canvas.restoreState()

    def afterPage(self) -> None:
        self.counted = self.page

    def afterFlowable(self, flowable) -> None:
        if (place := getattr(flowable, "place", None)) is None:
            return
        key, level, text = place
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level, closed=level > 0)
        if level < 2:
            self.notify("TOCEntry", (level, marked(text), self.page, key))


def pdf_part(at: int, number: str, part: Part, after: Part | None, looks: dict) -> list:
    if isinstance(part, Heading):
        text = heading_text(number, part)
        heading = PdfParagraph(marked(text), looks[f"heading{part.level}"])
        heading.place = (f"part{at}", part.level - 1, text)
        # never alone at the foot of a page: a table needs room for its own headings
        room = CondPageBreak((52 if isinstance(after, Table | Heading) else 30) * mm)
        return [PageBreak() if part.level == 1 and not part.appendix else room, heading]
    if isinstance(part, Open):
        return [PdfParagraph(marked(part.text), looks["open"])]
    if isinstance(part, Bullets):
        return [PdfParagraph(marked(item), looks["bullet"], bulletText="•") for item in part.items] + [Spacer(1, 5)]
    if isinstance(part, Table):
        made = pdf_rows(part.rows, part.widths, part.columns, f"{number}. {part.title}", looks)
        return [CondPageBreak(28 * mm), Spacer(1, 3), made, Spacer(1, 9)]
    return [PdfParagraph(marked(part.text), looks["text"])]


def pdf_rows(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    head: Sequence[str] | None,
    title: str | None,
    looks: dict,
) -> PdfTable:
    """A table whose title and headings stand on each page that it takes."""
    right = [numeric(rows, at) for at in range(len(widths))]
    first = looks["head"] if head is None else looks["cell"]
    cells = [
        [
            PdfParagraph(marked(text), looks["number"] if right[at] else first if at == 0 else looks["cell"])
            for at, text in enumerate(row)
        ]
        for row in rows
    ]
    top = 0
    if head:
        cells = [[PdfParagraph(marked(text), looks["head"]) for text in head], *cells]
        cells = [[PdfParagraph(marked(title), looks["caption"]), *[""] * (len(widths) - 1)], *cells]
        top = 1
    long = any(len(text) > LONG for row in rows for text in row)  # a row that may be higher than a page
    size = [share * mm for share in shares(widths)]
    table = PdfTable(cells, size, repeatRows=2 if head else 0, splitInRow=int(long))
    look = [
        ("GRID", (0, top), (-1, -1), 0.4, HexColor(f"#{LINE}")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        EMBEDDED,
        ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    if head:
        look += [
            ("SPAN", (0, 0), (-1, 0)),
            ("LEFTPADDING", (0, 0), (-1, 0), 0),
            ("BACKGROUND", (0, 1), (-1, 1), HexColor(f"#{HEAD}")),
            ("ROWBACKGROUNDS", (0, 2), (-1, -1), [None, HexColor(f"#{STRIPE}")]),
        ]
    table.setStyle(look)
    return table


def marked(text: str) -> str:
    """A text as reportlab reads it, each piece in a font that has its characters."""
    shown = []
    for piece, font in ((piece, font) for line in text.split("\n") for font, piece in [*runs(line), ("", "\n")]):
        shown.append("<br/>" if piece == "\n" else in_font(escape(piece), font))
    return "".join(shown[:-1])


def in_font(text: str, font: str) -> str:
    return text if font == PLAIN else f'<font name="{font}">{text}</font>'
