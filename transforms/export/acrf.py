"""The annotated CRF (acrf.pdf), drawn from the study file: one form a source, its fields as the site's export names
them, and beside each the SDTM variables that it feeds. As CDISC's guideline for annotated CRFs has it: a colour for
each dataset, the datasets named at the top of the page, `VARIABLE when CONDITION`, [NOT SUBMITTED], bookmarks by visit
and by form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import BinaryIO, NamedTuple

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from schemas.sdtm import DATASETS
from schemas.study import Study
from transforms.export import fonts
from transforms.export.fonts import BOLD, PLAIN, width
from transforms.review.annotations import Annotation, Field, Form, Pairs, forms

WIDE, HIGH = A4
LEFT, RIGHT, TOP, BOTTOM = 42, WIDE - 42, HIGH - 62, 52
NAME, ANSWER, NOTE = LEFT, LEFT + 158, LEFT + 306  # where the three columns begin
GAP = 12
# first, second ... dataset of a form: blue, yellow, green, orange, as the guideline has them; and two more
FILLS = [HexColor(code) for code in ("#BFFFFF", "#FFFF96", "#96FF96", "#FFBE9B", "#E3CCFF", "#FFD6EC")]
BLACK, GREY, LIGHT, RULE = HexColor("#1A1A1A"), HexColor("#5F6B76"), HexColor("#F2F4F6"), HexColor("#C9D1D9")
BLUE, RED, WHITE = HexColor("#1F3A5F"), HexColor("#B3261E"), HexColor("#FFFFFF")
LONG = 8  # a list of more codes, used by several forms, stands at the end and once
MOST = 30  # codes in one row of a form
ORDERS = {"dmy": ("day", "month", "year"), "mdy": ("month", "day", "year"), "ymd": ("year", "month", "day")}
CELLS = {"day": 2, "month": 3, "year": 4, "hour": 2, "minute": 2}
Pages = dict[tuple, list[int]]
Draw = Callable[[Canvas], None]


class Acrf(NamedTuple):
    """Where the annotations stand: pages of a variable, and pages of a variable where others have these values."""

    variables: dict[tuple[str, str], list[int]]
    values: dict[tuple[str, str, Pairs], list[int]]

    def pages(self, dataset: str, variable: str, where: Iterable[tuple[str, str]] = ()) -> list[int]:
        """The pages of a variable, under these values of others: of every annotation that says nothing else."""
        wanted = dict(where)
        if not wanted:
            return self.variables.get((dataset, variable), [])
        found: set[int] = set()
        for (of, name, told), pages in self.values.items():
            if (of, name) == (dataset, variable) and all(wanted.get(key, value) == value for key, value in told):
                found |= set(pages)
        return sorted(found)

    @property
    def origins(self) -> dict[tuple[str, str], list[int]]:
        """Pages of a variable, and of a result or qualifier per test: ("VS", "VSORRES.TEMP"), as Define-XML asks."""
        found = {key: list(pages) for key, pages in self.variables.items()}
        for (dataset, variable, where), pages in self.values.items():
            for test in (value for name, value in where if name.endswith(("TESTCD", "QNAM"))):
                own = found.setdefault((dataset, f"{variable}.{test}"), [])
                own[:] = sorted({*own, *pages})
        return found


def write_acrf(study: Study, file: BinaryIO, submitted: Mapping[str, Collection[str]] | None = None) -> Acrf:
    """The annotated CRF of a study into the open binary `file`; returns where each variable stands.

    `submitted`: SDTM dataset -> its variables, of a SUPP-- its QNAMs; without it every variable
    that the study file maps is annotated."""
    every = forms(study, submitted)
    book = Book(study)
    shared = _shared_lists(every)
    contents = _Contents(book, study, every)
    for form in every:
        _draw_form(book, form, shared)
    if shared:
        _draw_lists(book, study, shared)
    contents.draw()
    book.write(file, every)
    return book.acrf


class Book:
    """The pages as they are laid out: what is drawn on each, and what stands where. They are drawn at the end, when the
    number of each is known."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.pages: list[list[Draw]] = []
        self.titles: list[str] = []
        self.starts: dict[str, int] = {}  # form, or list of codes -> its page
        self.acrf = Acrf({}, {})
        self.y = TOP

    @property
    def number(self) -> int:
        return len(self.pages)

    def page(self, title: str) -> None:
        self.pages.append([])
        self.titles.append(title)
        self.y = TOP

    def draw(self, what: Draw) -> None:
        self.pages[-1].append(what)

    def text(self, x: float, y: float, words: str, size: float = 8.5, font: str = PLAIN, color: Color = BLACK) -> None:
        self.draw(lambda canvas: put(canvas, x, y, words, size, font, color))

    def paragraph(
        self, words: str, size: float = 8.5, font: str = PLAIN, color: Color = BLACK, x: float = LEFT,
        room: float = RIGHT - LEFT, lead: float = 1.38,
    ) -> None:  # fmt: skip
        """A paragraph at the cursor, which moves below it."""
        for line in fonts.lines(words, room, size, font):
            self.text(x, self.y - size, line, size, font, color)
            self.y -= size * lead

    def box(
        self, x: float, y: float, wide: float, high: float, fill: Color | None, edge: Color = BLACK, dash=None
    ) -> None:
        """A rectangle whose upper left corner is at x, y."""

        def draw(canvas: Canvas) -> None:
            canvas.saveState()
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(edge)
            if fill is not None:
                canvas.setFillColor(fill)
            if dash:
                canvas.setDash(*dash)
            canvas.rect(x, y - high, wide, high, fill=int(fill is not None), stroke=1)
            canvas.restoreState()

        self.draw(draw)

    def rule(self, y: float, color: Color = RULE, x: float = LEFT, to: float = RIGHT, thick: float = 0.5) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setLineWidth(thick)
            canvas.setStrokeColor(color)
            canvas.line(x, y, to, y)

        self.draw(draw)

    def link(self, key: str, x: float, y: float, wide: float, high: float) -> None:
        self.draw(lambda canvas: canvas.linkRect("", key, (x, y - high, x + wide, y), relative=0, thickness=0))

    def told(self, note: Annotation, form: Form) -> None:
        """An annotation stands on this page, and the variables of its condition with it."""
        for name in (note.variable, *(name for name, _ in condition(note, form))):
            _add(self.acrf.variables, (note.dataset, name), self.number)
        _add(self.acrf.values, (note.dataset, note.variable, note.where), self.number)

    def write(self, file: BinaryIO, every: list[Form]) -> None:
        study, about = self.study, self.study.file.study
        fonts.has()
        canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1, lang="en", initialFontName=PLAIN)
        canvas.setTitle(f"Annotated CRF, study {study.id}")
        canvas.setSubject(about.title)
        canvas.setAuthor("")
        canvas.setCreator("trialmill")
        marks = list(self._bookmarks(every))
        keys: dict[int, list[str]] = {}
        places = [*self.starts.items(), *((f"mark.{n}", number) for n, (_, number, _) in enumerate(marks))]
        for key, number in places:
            keys.setdefault(number, []).append(key)
        for number, (drawn, title) in enumerate(zip(self.pages, self.titles, strict=True), 1):
            for key in keys.get(number, ()):
                canvas.bookmarkPage(key)
            if number > 1:
                put(canvas, LEFT, HIGH - 40, f"{study.id}: annotated CRF", 8, PLAIN, GREY)
                put(canvas, RIGHT - width(title, 8), HIGH - 40, title, 8, PLAIN, GREY)
                if about.synthetic:
                    words = "SYNTHETIC DATA"
                    put(canvas, (WIDE - width(words, 8, BOLD)) / 2, HIGH - 40, words, 8, BOLD, RED)
                canvas.setStrokeColor(RULE)
                canvas.setLineWidth(0.5)
                canvas.line(LEFT, HIGH - 46, RIGHT, HIGH - 46)
            for draw in drawn:
                draw(canvas)
            foot = f"Page {number} of {len(self.pages)}"
            put(canvas, (WIDE - width(foot, 8)) / 2, 34, foot, 8, PLAIN, GREY)
            canvas.showPage()
        for n, (title, _, level) in enumerate(marks):
            canvas.addOutlineEntry(title, f"mark.{n}", level, closed=level == 1)
        canvas.showOutline()
        canvas.save()

    def _bookmarks(self, every: list[Form]) -> Iterator[tuple[str, int, int]]:
        """Title, page and level of each: the forms twice, as reviewers look for them under visits and by name."""
        visits: dict[str, list[Form]] = {visit.VISIT: [] for visit in self.study.plan}
        for form in every:
            for visit in form.visits or ():
                visits.setdefault(visit, []).append(form)
        visits["At no visit of their own"] = [form for form in every if form.visits is None]
        yield "About this document", 1, 0
        timed = {visit: found for visit, found in visits.items() if found}
        yield "Visits", self._start(next(iter(timed.values()))[0]), 0
        for visit, found in timed.items():
            yield visit, self._start(found[0]), 1
            for form in found:
                yield form.title, self._start(form), 2
        yield "Forms", self._start(every[0]), 0
        for form in every:
            yield form.title, self._start(form), 1
        if "lists" in self.starts:
            yield "Lists of codes", self.starts["lists"], 0

    def _start(self, form: Form) -> int:
        return self.starts[_key(form.name)]


def put(canvas: Canvas, x: float, y: float, words: str, size: float, font: str, color: Color) -> None:
    """A text with its foot at y, each character in a font that has it."""
    canvas.setFillColor(color)
    for of, piece in fonts.runs(words, font):
        canvas.setFont(of, size)
        canvas.drawString(x, y, piece)
        x += canvas.stringWidth(piece, of, size)


def _key(form: str) -> str:
    return f"form.{form}"


def _add(found: Pages, key: tuple, page: int) -> None:
    pages = found.setdefault(key, [])
    if page not in pages:
        pages.append(page)


def _shared_lists(every: list[Form]) -> list[str]:
    """The long lists of codes that several fields use."""
    counts: dict[str, int] = {}
    for field in (field for form in every for field in form.fields if field.codelist and len(field.codes) > LONG):
        counts[field.codelist] = counts.get(field.codelist, 0) + 1
    return [name for name, count in counts.items() if count > 1]


def condition(note: Annotation, form: Form) -> list[tuple[str, str]]:
    """What is said of the records that an annotation is for: the test, and what does not hold for all of the form."""
    always = {(one.variable, one.value) for one in form.always}
    return [pair for pair in note.where if pair[0].endswith(("TESTCD", "QNAM")) or pair not in always]


def words_of(note: Annotation, form: Form) -> str:
    """An annotation in words: `AETERM`, `COUNTRY = CHN`, `VSORRES when VSTESTCD = TEMP`. A variable of another
    dataset has that before its name. What holds for every record of the form is said once, at its head."""
    domain = DATASETS[note.dataset].metadata["domain"] if note.dataset in DATASETS else note.dataset
    main = form.datasets[0]
    named = note.dataset == main or note.variable.startswith(domain)
    words = note.variable if named else f"{note.dataset}.{note.variable}"
    if note.value is not None:
        words += f" = {note.value}"
    always = {(one.variable, one.value) for one in form.always}
    told = [
        (name, value) for name, value in note.where if name.endswith(("TESTCD", "QNAM")) or (name, value) not in always
    ]
    if told:
        words += " when " + " and ".join(f"{name} = {value}" for name, value in told)
    return f"{words} ({note.words})" if note.words else words


def _fill(form: Form, dataset: str) -> Color:
    return FILLS[form.datasets.index(dataset.removeprefix("SUPP")) % len(FILLS)]


def _label(words: str, room: float, size: float = 7.6) -> tuple[list[str], float, float]:
    """The lines, width and height of an annotation's box."""
    found = fonts.lines(words, room - 8, size, BOLD)
    return found, max(width(line, size, BOLD) for line in found) + 8, len(found) * size * 1.28 + 4.5


def _put_label(book: Book, x: float, y: float, words: str, room: float, fill: Color | None, size: float = 7.6) -> float:
    """An annotation's box with its upper left corner at x, y; returns its height."""
    found, wide, high = _label(words, room, size)
    plain = fill is None
    book.box(x, y, wide, high, WHITE if plain else fill, GREY if plain else BLACK, (1.5, 1.5) if plain else None)
    for n, line in enumerate(found):
        book.text(x + 4, y - 1.2 - size - n * size * 1.28, line, size, BOLD, GREY if plain else BLACK)
    return high


def _labels_in_rows(book: Book, notes: Iterable[tuple[str, Color]], size: float = 7.6) -> None:
    """Boxes side by side at the cursor, as many rows as they need."""
    x, tallest = LEFT, 0.0
    for words, fill in notes:
        _, wide, high = _label(words, RIGHT - LEFT, size)
        if x > LEFT and x + wide > RIGHT:
            x, book.y, tallest = LEFT, book.y - tallest - 4, 0.0
        _put_label(book, x, book.y, words, RIGHT - LEFT, fill, size)
        x, tallest = x + wide + 5, max(tallest, high)
    book.y -= tallest + 4


def _head(book: Book, form: Form, again: bool) -> None:
    """The head of a page of a form: its name, its datasets, and on the first one what holds for all its fields."""
    book.page(form.title)
    book.paragraph(form.title + (" (continued)" if again else ""), 14, BOLD, BLUE)
    book.y -= 2
    _labels_in_rows(book, [(f"{name} = {DATASETS[name].title}", _fill(form, name)) for name in form.datasets], 9)
    if not again:
        source = form.source
        book.paragraph(form.about, 8.5, PLAIN, GREY)
        part = ", ".join(filter(None, (source.sheet and f"sheet {source.sheet}", source.part)))
        facts = [f"Export: {source.file}" + (f" ({part})" if part else "")]
        if source.date_order != "none":
            facts.append("dates: " + ", ".join(ORDERS[source.date_order]))
        codes = "; ".join(f"{code} ({reason})" if reason else code for code, reason in source.missing.items())
        facts.append(f"no value: blank{', ' + codes if codes else ''}")
        book.paragraph(". ".join(fact[0].upper() + fact[1:] for fact in facts) + ".", 8, PLAIN, GREY)
        if form.visits:
            book.paragraph(f"Visits: {', '.join(form.visits)}.", 8, PLAIN, GREY)
        for words, notes in (
            ("On every record; no field of the form, the study file says so:", form.always),
            ("Where what was asked for was not given:", form.not_done),
        ):
            if notes:
                book.y -= 3
                book.paragraph(words, 8, PLAIN, GREY)
                book.y -= 1
                _labels_in_rows(book, [(words_of(note, form), _fill(form, note.dataset)) for note in notes])
                for note in notes:
                    book.told(note, form)
    book.y -= 4
    book.box(LEFT, book.y, RIGHT - LEFT, 14, LIGHT, LIGHT)
    for x, words in ((NAME, "Field"), (ANSWER, "Answer"), (NOTE, "SDTM")):
        book.text(x + 3, book.y - 10, words, 8, BOLD, GREY)
    book.y -= 18


def _draw_form(book: Book, form: Form, shared: list[str]) -> None:
    _head(book, form, False)
    book.starts[_key(form.name)] = book.number
    for field in form.fields:
        parts = [field]
        if field.codelist not in shared and len(field.codes) > MOST:
            cuts = range(0, len(field.codes), MOST)
            parts = [field._replace(codes=field.codes[cut : cut + MOST]) for cut in cuts]
            parts[1:] = [part._replace(prompt="(continued)") for part in parts[1:]]
        for part in parts:
            high = _row(None, form, part, shared)
            if book.y - high < BOTTOM:
                _head(book, form, True)
            _row(book, form, part, shared)
            book.y -= high
            book.rule(book.y + 3)


def _row(book: Book | None, form: Form, field: Field, shared: list[str]) -> float:
    """One field at the cursor; without a book only how high it is."""
    top = book.y if book else 0.0
    room = ANSWER - NAME - GAP
    y = top
    for words, size, font, color in (
        (field.name, 9, BOLD, BLACK),
        (f"also: {', '.join(field.also)}" if field.also else "", 7.5, PLAIN, GREY),
        (field.prompt, 8, PLAIN, GREY),
    ):
        for line in fonts.lines(words, room, size, font) if words else ():
            if book:
                book.text(NAME + 3, y - size, line, size, font, color)
            y -= size * 1.34
    lowest = min(y, _answer(book, form, field, shared, top), _notes(book, form, field, top))
    return top - lowest + (8 if field.kind else 5)


def _notes(book: Book | None, form: Form, field: Field, top: float) -> float:
    """The annotations of a field; returns where they end."""
    x, y, room, tallest = NOTE, top, RIGHT - NOTE, 0.0
    labels = [("USUBJID", _fill(form, form.datasets[0]), ())] if field.note == "USUBJID" else []
    for note in field.annotations:
        labels.append((words_of(note, form), _fill(form, note.dataset), (note, *_tests(form, note))))
    for words, fill, notes in labels or [("[NOT SUBMITTED]", None, ())]:
        _, wide, high = _label(words, room)
        if x > NOTE and x + wide > RIGHT:
            x, y, tallest = NOTE, y - tallest - 3, 0.0
        if book:
            _put_label(book, x, y, words, room, fill)
            for note in notes:
                book.told(note, form)
        x, tallest = x + wide + 4, max(tallest, high)
    if not labels and field.note:
        beside = fonts.lines(field.note, RIGHT - x, 7.2)
        if book:
            for n, line in enumerate(beside):
                book.text(x + 1, y - 9.5 - n * 9, line, 7.2, PLAIN, GREY)
        tallest = max(tallest, len(beside) * 9 + 2)
    return y - tallest - (3 if labels else 1)


def _tests(form: Form, note: Annotation) -> list[Annotation]:
    """Where the test is a field itself, a result is one of each of its terms."""
    if note.where or not note.variable.endswith(("ORRES", "ORRESU")):
        return []
    testcd = note.variable[:2] + "TESTCD"
    fields = [field for field in form.fields if any(one.variable == testcd for one in field.annotations)]
    terms = dict.fromkeys(term for field in fields for _, term in field.codes)
    return [note._replace(where=((testcd, term),)) for term in terms]


def _answer(book: Book | None, form: Form, field: Field, shared: list[str], top: float) -> float:
    """How a field is answered: its codes with what each is mapped to, or room for what is written; returns where it
    ends."""
    room, y = NOTE - ANSWER - GAP, top
    if field.codelist in shared:
        if book:
            _reference(book, field.codelist, y)
        return y - 12
    if field.codes:
        for code, term in field.codes:
            words = code if code == term else f"{code} = {term}"
            for n, line in enumerate(fonts.lines(words, room - 11, 8)):
                if book:
                    if n == 0:
                        _circle(book, ANSWER + 4, y - 5.2)
                    book.text(ANSWER + 11, y - 8, line, 8)
                y -= 11
        if field.answers:
            if book:
                book.text(ANSWER, y - 7.5, field.answers, 7.5, PLAIN, GREY)
            y -= 10
        return y
    if not field.kind:
        return y
    parts = {"time": ("hour", "minute")}.get(field.kind)
    if field.kind == "date":
        only = [note.words for note in field.annotations if note.words in CELLS]
        parts = only[:1] or ORDERS.get(form.source.date_order, ())
    if parts:
        if book:
            _cells(book, parts, y)
        return y - 22
    wide = room if field.kind in ("text", "topic") else 74
    if book:
        book.box(ANSWER, y, wide, 13, None, GREY)
        if field.answers:
            at = (ANSWER, y - 22) if wide == room else (ANSWER + wide + 5, y - 10)
            book.text(*at, field.answers, 8, PLAIN, GREY)
    return y - (24 if field.answers and wide == room else 13)


def _circle(book: Book, x: float, y: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(GREY)
        canvas.circle(x, y, 2.8, stroke=1, fill=0)

    book.draw(draw)


def _cells(book: Book, parts: Iterable[str], y: float) -> None:
    """A cell for each digit of a date's or a time's parts, their names below."""
    x = ANSWER
    for part in parts:
        for _ in range(CELLS[part]):
            book.box(x, y, 10, 13, None, GREY)
            x += 10
        book.text(x - CELLS[part] * 10, y - 20, part, 6.5, PLAIN, GREY)
        x += 6


def _reference(book: Book, name: str, y: float) -> None:
    """Where a shared list of codes stands, as a link."""

    def draw(canvas: Canvas) -> None:
        words = f"one of the list “{name}”, page {book.starts[f'list.{name}']}"
        put(canvas, ANSWER, y - 8, words, 8, PLAIN, BLUE)
        canvas.linkRect("", f"list.{name}", (ANSWER, y - 11, ANSWER + width(words, 8), y), relative=0, thickness=0)

    book.draw(draw)


def _draw_lists(book: Book, study: Study, shared: list[str]) -> None:
    """The lists of codes that several forms use, with what each code is mapped to."""
    book.page("Lists of codes")
    book.starts["lists"] = book.number
    book.paragraph("Lists of codes", 14, BOLD, BLUE)
    book.paragraph(
        "Lists that several forms use: the code as the site sends it, and the term that it is mapped to.", 8.5
    )
    for name in shared:
        if book.y - 60 < BOTTOM:
            book.page("Lists of codes")
        book.y -= 10
        book.starts[f"list.{name}"] = book.number
        book.paragraph(name, 11, BOLD, BLUE)
        for code in study.file.codelists[name]:
            if book.y - 14 < BOTTOM:
                book.page("Lists of codes")
                book.paragraph(f"{name} (continued)", 11, BOLD, BLUE)
            _circle(book, LEFT + 4, book.y - 7)
            book.text(LEFT + 12, book.y - 9.5, code, 8.5)
            book.text(LEFT + 200, book.y - 9.5, study.code_terms[name].get(code, ""), 8.5)
            book.y -= 13
            book.rule(book.y, LIGHT)


class _Contents:
    """The first pages: what this is, how to read it, and where each form stands. They are laid out before the forms,
    and drawn when the pages of those are known."""

    def __init__(self, book: Book, study: Study, every: list[Form]) -> None:
        self.book, self.study, self.every = book, study, every
        self.rows: list[tuple[int, float, Form]] = []
        about = study.file.study
        book.page("About this document")
        book.starts["about"] = book.number
        book.y = HIGH - 90
        book.paragraph("Annotated Case Report Form", 22, BOLD, BLUE)
        book.y -= 6
        book.paragraph(f"Study {study.id}", 13, BOLD)
        book.paragraph(about.title, 11)
        book.y -= 8
        if about.synthetic:
            book.box(LEFT, book.y, RIGHT - LEFT, 24, None, RED)
            book.text(
                LEFT + 8,
                book.y - 16,
                "SYNTHETIC DATA: the study file says so. No record stands for a real person.",
                10,
                BOLD,
                RED,
            )
            book.y -= 36
        words = (
            "Drawn from the study file, which is all that was known of the CRF: a form here is one of the site's "
            "exports, its fields have the names that the export gives them, and the words beside them are those of the "
            f"form's description, not of the page that a site saw. Annotated for SDTMIG {about.sdtmig} with the "
            f"controlled terminology of {about.sdtm_ct}."
        )
        book.paragraph(words, 9.5)
        book.y -= 8
        book.paragraph("How to read it", 12, BOLD, BLUE)
        book.y -= 2
        fill = FILLS[0]
        for label, words in (
            ("AE = Adverse Events", "a dataset of the form; its variables have its colour, and so have its SUPP--"),
            ("AETERM", "the variable that holds the field"),
            ("VSORRES when VSTESTCD = TEMP", "the record of several that holds it"),
            ("SV.VISIT", "a variable of another dataset"),
            ("COUNTRY = CHN", "the variable always has this value"),
            ("[NOT SUBMITTED]", "no variable holds the field as it is"),
        ):
            _put_label(book, LEFT, book.y, label, 190, None if label[0] == "[" else fill)
            book.text(LEFT + 200, book.y - 10, words, 9)
            book.y -= 18
        words = (
            "Beside each code stands the term that it is mapped to. A form is bookmarked under each visit that its "
            "list of visits names."
        )
        book.paragraph(words, 9)
        book.y -= 10
        book.paragraph("Forms", 12, BOLD, BLUE)
        for form in every:
            if book.y - 16 < BOTTOM:
                book.page("About this document")
            book.y -= 15
            self.rows.append((book.number, book.y, form))
        unused = study.file.unused
        if unused:
            if book.y - 50 - 12 * len(unused) < BOTTOM:
                book.page("About this document")
            book.y -= 16
            book.paragraph("Files that are not submitted", 12, BOLD, BLUE)
            for one in unused:
                book.paragraph(f"{one.file}: {one.reason}", 9)

    def draw(self) -> None:
        """Writes the page of each form into its row."""
        for page, y, form in self.rows:
            number = self.book.starts[_key(form.name)]
            drawn = self.book.pages[page - 1]
            names = ", ".join(form.datasets)
            room = RIGHT - 40 - (LEFT + 220)
            while width(names, 9) > room:
                names = names[: names.rindex(", ")] + " ..." if ", " in names else names[:20]
            drawn.append(_row_of(y, form, names, number))


def _row_of(y: float, form: Form, names: str, number: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        put(canvas, LEFT, y, form.title, 9, PLAIN, BLUE)
        put(canvas, LEFT + 220, y, names, 9, PLAIN, GREY)
        put(canvas, RIGHT - width(str(number), 9), y, str(number), 9, PLAIN, BLACK)
        canvas.setStrokeColor(LIGHT)
        canvas.line(LEFT, y - 4, RIGHT, y - 4)
        canvas.linkRect("", _key(form.name), (LEFT, y - 4, RIGHT, y + 10), relative=0, thickness=0)

    return draw
