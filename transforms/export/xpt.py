"""One SAS transport file (XPORT version 5, SAS technical note TS-140) per dataset; no clock.

What the format cannot hold is refused and never cut: `ascii_frame` and `split_long` make a frame fit,
`text_lengths` says how wide its variables are over all datasets of the study, `write_xpt` writes it.
"""

import re
import struct
import unicodedata
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Literal, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandera.pandas import Column, DataFrameSchema

from schemas.sdtm import DATASETS as SDTM
from transforms.distinct import distinct, mapped, spread, stacked
from transforms.export.parquet import TEXT, arrow_array, arrow_table

LIMIT = 200  # bytes in a text value
FILE_LIMIT = 5_000_000_000  # bytes in a file (FDA Study Data Technical Conformance Guide, section 3.3.2)
ROWS = 32_768  # written at a time
GO_ON = ("COVAL", "TSVAL")  # in COVAL1, TSVAL1 and so on (SDTMIG 3.4 sections 5.1 and 7.4)
FORMATS = {"date": ("DATE", 9), "datetime": ("DATETIME", 20)}
SAS_DAY_ZERO = (np.datetime64("1970-01-01") - np.datetime64("1960-01-01")).astype(int)
NAMESTR = struct.Struct(">4h8s40s8s3h2s8s2hl52x")
WRITTEN = "01JAN60:00:00:00"  # the same every night

NUMBER_SIGNS = re.compile(r"(?<=\d)(?=[⁰¹²³⁴-⁹⁺⁻])")  # 10⁶ is 10^6, not 106
FRACTIONS = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")  # 1½ is 1 1/2, not 11/2
# What Unicode's own decomposition (NFKD) leaves over, or would give another meaning. The C1 characters are
# Windows-1252 punctuation that was read as Latin-1.
ASCII = str.maketrans(
    dict.fromkeys("‘’‚‛′´ʼ\x91\x92", "'")
    | dict.fromkeys("“”„‟″«»\x93\x94", '"')
    | dict.fromkeys("‐‑‒–—―−\x96\x97", "-")
    | dict.fromkeys("\t\n\r\v\f\u2028\u2029", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", "")
    | dict.fromkeys("•·\x95", "*")
    | dict.fromkeys("µμ", "u")
    | {"±": "+/-", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "×": "x", "÷": "/", "⁄": "/", "°": "deg"}
    | {"→": "->", "←": "<-", "®": "(R)", "©": "(C)", "\x85": "..."}
    | {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda", "ω": "omega"}
    | {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ł": "l", "Ł": "L", "ı": "i", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
)


class XptError(ValueError):
    """One line per variable: what a transport file cannot hold: dataset, variable, record."""


class Variable(NamedTuple):
    """One record per variable of a file: its name, label, bytes, SAS format with width; text or a number."""

    name: str
    label: str
    width: int
    format: tuple[str, int]
    text: bool


def write_xpt(
    frame: pd.DataFrame,
    schema: DataFrameSchema,
    lengths: Mapping[str, int],
    file: BinaryIO,
    *,
    name: str | None = None,
    encoding: Literal["ascii", "utf-8"] = "ascii",
) -> None:
    """One observation per row, in the rows' order, into the open binary `file`.

    The schema gives labels and types, `lengths` the bytes of each text variable. Missing text is blank, a
    missing number is `.`; dates are SAS dates with DATE9., datetimes with DATETIME20.
    `name` is another name than the schema's: of one part of a split dataset.
    A utf-8 file says nowhere that it is one: only for an agency that asks for it.
    """
    name = name or schema.name
    variables = described(frame, schema, lengths)
    record = record_type(variables)
    file.write(header(name, schema.title, variables, record))
    for start in range(0, len(frame), ROWS):
        table = arrow_table(frame.iloc[start : start + ROWS], schema)
        rows = np.empty(table.num_rows, record)
        for variable, values in zip(variables, table.columns, strict=True):
            values, place = values.combine_chunks(), f"{name}.{variable.name}"
            if variable.text:
                rows[variable.name] = text_bytes(values, variable.width, encoding, place, start)
            else:
                rows[variable.name] = ibm_floats(sas_numbers(values), place, start)
        file.write(rows.tobytes())
    file.write(b" " * (-len(frame) * record.itemsize % 80))


def text_lengths(datasets: Iterable[tuple[str, pd.DataFrame]]) -> dict[str, dict[str, int]]:
    """Per dataset, one number per text variable: the bytes of its longest value in any dataset of the study.

    FDA Technical Conformance Guide section 3.3.3. The parts of a split dataset so get equal lengths. Each
    SUPP-- counts for itself; trailing blanks do not count. At least 1. Frames are looked at one at a time.
    """
    return common_lengths({name: longest_texts(frame) for name, frame in datasets})


def longest_texts(frame: pd.DataFrame) -> dict[str, int]:
    """Per text variable the bytes of its longest value in one dataset."""
    return {variable: longest_text(frame[variable]) for variable in text_variables(frame)}


def common_lengths(longest: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """`text_lengths` from the `longest_texts` of every dataset."""
    common: dict[str, int] = {}
    for own in (own for name, own in longest.items() if not name.startswith("SUPP")):
        common |= {variable: max(length, common.get(variable, 1)) for variable, length in own.items()}
    return {
        name: dict(own) if name.startswith("SUPP") else {variable: common[variable] for variable in own}
        for name, own in longest.items()
    }


def longest_text(values: pd.Series) -> int:
    """The bytes of the longest text; 1 where there is none."""
    parts = (arrow_array(values.iloc[start : start + ROWS]) for start in range(0, len(values), ROWS))
    return max((pc.max(pc.binary_length(trimmed(part.dictionary))).as_py() or 1 for part in parts), default=1)


def rows_per_part(
    frame: pd.DataFrame, schema: DataFrameSchema, lengths: Mapping[str, int], limit: int = FILE_LIMIT
) -> int:
    """How many rows of the dataset a file of at most `limit` bytes holds."""
    variables = described(frame, schema, lengths)
    record = record_type(variables)
    head = header(schema.name, schema.title, variables, record)
    return (limit - len(head)) // 80 * 80 // record.itemsize


def ascii_frame(
    frame: pd.DataFrame,
    dataset: str,
    policy: Literal["refuse", "translate", "transliterate"],
    table: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """The same records with every text in printable ASCII; a text for which the policy has none is refused.

    translate: by the study's table of whole texts. transliterate: that, then `transliterated`.
    """
    table = table or {}
    changed, refused = {}, []
    for name in text_variables(frame):
        values, positions = distinct(frame[name])
        foreign = not_ascii(pa.array(values, pa.string()))
        if foreign.any() and policy != "refuse":
            texts = values.to_numpy(dtype=object, copy=True)
            new = [table.get(text, text) for text in texts[foreign]]
            new = new if policy == "translate" else [transliterated(text) for text in new]
            texts[foreign] = [text.strip(" ") or None for text in new]
            values = pd.Series(texts, dtype="str")
            changed[name] = spread(values, positions, frame[name])
            foreign = not_ascii(pa.array(values, pa.string()))
        if foreign.any():
            refused.append(
                foreign_text(f"{dataset}.{name}", pa.array(values, pa.string()), foreign, positions)
            )
    if refused:
        raise XptError("\n".join(refused))
    return frame.assign(**changed)


def transliterated(text: str) -> str:
    """The text with letters, signs and punctuation as ASCII writes them; Chinese, for one, stays as it is."""
    text = FRACTIONS.sub(" ", NUMBER_SIGNS.sub("^", text)).translate(ASCII)
    letters: list[str] = []
    for letter in unicodedata.normalize("NFKD", text):
        # an accent goes with its letter; struck through a sign it would turn the meaning round
        if not (
            unicodedata.combining(letter) and letters and letters[-1].isascii() and letters[-1].isalpha()
        ):
            letters.append(letter)
    return "".join(letters).translate(ASCII)


def split_text(values: pd.Series, limit: int = LIMIT) -> list[pd.Series]:
    """One column per part, as many as the longest text needs: none over `limit` bytes, cut between words.

    SDTMIG 3.4 section 4.5.3. The blank at a cut goes; a text without blanks is cut between characters.
    """
    texts, positions = distinct(values)
    parts = [pieces(text, limit) for text in texts]
    count = max(map(len, parts), default=1)
    if count == 1:
        return [values]
    columns = zip(*(part + [None] * (count - len(part)) for part in parts), strict=True)
    return [spread(pd.Series(column, dtype="str"), positions, values) for column in columns]


def pieces(text: str, limit: int) -> list[str]:
    """One text per part."""
    parts = []
    while len(data := text.encode()) > limit:
        head = data[:limit].decode(errors="ignore")
        if text[len(head)] != " ":  # a word would be cut
            head = head.rpartition(" ")[0].rstrip(" ") or head
        parts.append(head.rstrip(" "))
        text = text[len(head) :].strip(" ")
    return [*parts, text]


def split_long(
    frame: pd.DataFrame, schema: DataFrameSchema, limit: int = LIMIT
) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """The records with no text over `limit` bytes, and one SUPP-- record per part that is left over, or None.

    SDTMIG 3.4 section 4.5.3. COVAL and TSVAL go on in COVAL1, TSVAL1 and so on; QVAL in further
    records of its own dataset; any other variable in SUPP--: QNAM AETERM1, AETERM2, or AEACNOT1 where the
    name has eight letters already. TI and ADaM have no such place: there a long text is an error.
    """
    rest, frame = [], frame.reset_index(drop=True)
    for name in text_variables(frame):
        first, *more = split_text(frame[name], limit)
        if not more:
            continue
        frame = frame.assign(**{name: first})
        if name in GO_ON:
            if f"{name}1" in frame:
                raise XptError(
                    f"{schema.name}.{name}: a text of over {LIMIT} bytes, and {name}1 is there already"
                )
            for number, part in enumerate(more, 1):
                frame.insert(frame.columns.get_loc(name) + number, f"{name}{number}", part)
        elif name == "QVAL":
            frame = in_turn([frame, *(continued(frame, part, number) for number, part in enumerate(more, 1))])
        else:
            rest += [supplement(frame, schema, name, part, number) for number, part in enumerate(more, 1)]
    return frame, in_turn(rest) if rest else None


def continued(supp: pd.DataFrame, part: pd.Series, number: int) -> pd.DataFrame:
    """One SUPP-- record per QVAL that goes on."""
    rows = supp.assign(QVAL=part)[part.notna()]
    return rows.assign(
        QNAM=mapped(rows["QNAM"], lambda names: names.map(lambda name: numbered(name, number, 8))),
        QLABEL=mapped(rows["QLABEL"], lambda labels: labels.map(lambda label: numbered(label, number, 40))),
    )


def supplement(
    frame: pd.DataFrame, schema: DataFrameSchema, name: str, part: pd.Series, number: int
) -> pd.DataFrame:
    """One SUPP-- record per text of variable `name` that goes on; IDVAR is missing in DM alone."""
    seq = f"{schema.metadata['domain']}SEQ"
    supp = SDTM.get(f"SUPP{schema.name}")
    if supp is None or seq not in frame and schema.name != "DM":
        raise XptError(f"{schema.name}.{name}: a text of over {LIMIT} bytes, and no SUPP-- to go on in")
    rows, column = frame[part.notna()], schema.columns[name]
    facts = {
        "RDOMAIN": schema.metadata["domain"],
        "IDVAR": seq if seq in frame else None,
        "QNAM": numbered(name, number, 8),
        "QLABEL": numbered(column.title, number, 40),
        "QORIG": {"Collected": "CRF"}.get(column.metadata["origin"], column.metadata["origin"]),
        "QEVAL": None,
    }
    made = {
        key: pd.Series(value, index=rows.index, dtype="str").astype("category")
        for key, value in facts.items()
    }
    number_of_record = rows[seq].astype("int64").astype("str") if seq in frame else made["QEVAL"]
    made |= {"IDVARVAL": number_of_record.astype("category"), "QVAL": part[part.notna()]}
    return rows[["STUDYID", "USUBJID"]].assign(**made)[list(supp.columns)]


def numbered(text: str, number: int, length: int) -> str:
    """AETERM1 for AETERM; the end makes room where the text is full."""
    number = str(number) if length == 8 else f" {number}"
    return text[: length - len(number)] + number


def in_turn(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The records of all frames, those of the same index label together."""
    order = np.argsort(np.concatenate([frame.index for frame in frames]), kind="stable")
    return stacked(frames).iloc[order].reset_index(drop=True)


def described(frame: pd.DataFrame, schema: DataFrameSchema, lengths: Mapping[str, int]) -> list[Variable]:
    """One record per variable, in the frame's order."""
    texts, wrong = text_variables(frame), []
    variables = []
    for name in frame:
        column = column_of(schema, name)
        text = column.metadata["type"] == "Char"
        width = lengths[name] if text else 8
        shown = FORMATS.get(column.metadata.get("kind"), ("", 0))
        variables.append(Variable(name, column.title, width, shown, text))
        if text != (name in texts):
            wrong.append(f"{schema.name}.{name}: {column.metadata['type']} in the schema, not in the data")
        if not 1 <= width <= LIMIT:
            wrong.append(f"{schema.name}.{name}: {width} bytes, where a transport file holds 1 to {LIMIT}")
        if not re.fullmatch("[A-Z_][A-Z0-9_]{0,7}", name):
            wrong.append(f"{schema.name}.{name}: not a name of a variable")
        if len(column.title) > 40 or not column.title.isascii():
            wrong.append(f"{schema.name}.{name}: a label is up to 40 ASCII characters")
    if wrong:
        raise XptError("\n".join(wrong))
    return variables


def column_of(schema: DataFrameSchema, name: str) -> Column:
    """The column of a variable; TSVAL's for TSVAL1, which only goes on with it."""
    first = name.rstrip("0123456789")
    return schema.columns[first if first in GO_ON and name not in schema.columns else name]


def text_variables(frame: pd.DataFrame) -> list[str]:
    """One name per text variable, told from the data."""
    return [name for name in frame if arrow_array(frame[name].iloc[:0]).type == TEXT]


def record_type(variables: list[Variable]) -> np.dtype:
    """One observation, byte for byte."""
    return np.dtype([(variable.name, f"V{variable.width}") for variable in variables])


def header(name: str, label: str, variables: list[Variable], record: np.dtype) -> bytes:
    """Everything before the observations: library, member and one NAMESTR record a variable."""
    if not re.fullmatch("[A-Z][A-Z0-9]{0,7}", name) or len(label) > 40 or not label.isascii():
        raise XptError(
            f"{name} ({label}): a dataset has a name of up to 8 and a label of up to 40 characters"
        )
    names = b"".join(
        NAMESTR.pack(
            *(2 if variable.text else 1, 0, variable.width, number),
            *(variable.name.ljust(8).encode(), variable.label.ljust(40).encode()),
            *(variable.format[0].ljust(8).encode(), variable.format[1], 0, 0),
            *(b"", b" " * 8, 0, 0, record.fields[variable.name][1]),
        )
        for number, variable in enumerate(variables, 1)
    )
    return b"".join(
        [
            title("LIBRARY", "0" * 30),
            line("SAS     SAS     SASLIB  9.4     Linux".ljust(64) + WRITTEN),
            line(WRITTEN),
            title("MEMBER", "0" * 17 + "1600000000140"),
            title("DSCRPTR", "0" * 30),
            line(f"SAS     {name:8}SASDATA 9.4     Linux".ljust(64) + WRITTEN),
            line(f"{WRITTEN:32}{label}"),
            title("NAMESTR", f"000000{len(variables):04}" + "0" * 20),
            names + b" " * (-len(names) % 80),
            title("OBS", "0" * 30),
        ]
    )


def title(kind: str, numbers: str) -> bytes:
    """One card that opens a part of the header."""
    return line(f"HEADER RECORD*******{kind:8}HEADER RECORD!!!!!!!{numbers}")


def line(text: str) -> bytes:
    """One card: 80 bytes."""
    return text.ljust(80).encode("ascii")


def text_bytes(values: pa.DictionaryArray, width: int, encoding: str, place: str, start: int) -> np.ndarray:
    """Each row's text in `width` bytes, padded with blanks."""
    terms = trimmed(values.dictionary)
    codes = values.indices.fill_null(len(terms)).to_numpy()
    sizes = pc.binary_length(terms).to_numpy()
    if (sizes > width).any():
        row, _ = first(np.append(sizes > width, False), codes)
        raise XptError(
            f"{place}: {sizes[codes[row]]} bytes in record {start + row + 1}, where {width} were declared"
        )
    if encoding == "ascii" and (foreign := not_ascii(terms)).any():
        raise XptError(foreign_text(place, terms, foreign, codes, start))
    padded = pc.ascii_rpad(terms, width, padding=" ").cast(pa.binary()).to_pylist()  # it counts bytes
    return np.array([*padded, b" " * width], f"S{width}").view(f"V{width}")[codes]


def sas_numbers(values: pa.Array) -> np.ndarray:
    """Each row's number; days or seconds since 1960 for a date or a datetime."""
    if pa.types.is_date32(values.type):
        return values.cast(pa.int32()).to_numpy(zero_copy_only=False) + float(SAS_DAY_ZERO)
    if pa.types.is_timestamp(values.type):
        microseconds = values.cast(pa.timestamp("us")).cast(pa.int64()).to_numpy(zero_copy_only=False)
        return microseconds / 1e6 + SAS_DAY_ZERO * 86400.0
    return values.to_numpy(zero_copy_only=False).astype("float64")


def ibm_floats(numbers: np.ndarray, place: str, start: int) -> np.ndarray:
    """Each row's number in the 8 bytes of IBM's double.

    A bit of sign, seven for the power of 16 with 64 added, 56 of fraction. Exact: an IEEE double
    has 53 bits. NaN is the missing value `.`; what lies beyond 16**63 or is nearer to zero
    than 16**-65 has no place and is refused.
    """
    missing = np.isnan(numbers)
    fraction, exponent = np.frexp(np.where(missing, 0.0, np.abs(numbers)))
    power = -(-exponent // 4)
    outside = np.isinf(fraction) | ((fraction != 0) & ((power < -64) | (power > 63)))
    if outside.any():
        row = int(outside.argmax())
        raise XptError(
            f"{place}: {numbers[row]:g} in record {start + row + 1} is beyond what a transport file holds"
        )
    bits = np.ldexp(fraction, 56 + exponent - 4 * power).astype("u8")
    bits |= np.where(fraction != 0, power + 64, 0).astype("u8") << np.uint64(56)
    bits |= ((numbers < 0).astype("u8")) << np.uint64(63)
    bits[missing] = ord(".") << 56
    return bits.astype(">u8").view("V8")


def trimmed(terms: pa.Array) -> pa.Array:
    """Without trailing blanks, which in a transport file mean nothing."""
    return pc.ascii_rtrim(terms, " ")


def not_ascii(terms: pa.Array) -> np.ndarray:
    """True for each text with a character that is not printable ASCII."""
    return pc.match_substring_regex(terms, "[^ -~]").fill_null(False).to_numpy(zero_copy_only=False)


def first(bad: np.ndarray, codes: np.ndarray) -> tuple[int, int]:
    """The first row whose value is bad, and the number of such rows; the last of `bad` is for missing."""
    rows = bad[codes]
    return int(rows.argmax()), int(np.count_nonzero(rows))


def foreign_text(place: str, terms: pa.Array, foreign: np.ndarray, codes: np.ndarray, start: int = 0) -> str:
    """Where the first character is that has no ASCII; the text itself is not told."""
    row, count = first(np.append(foreign, False), codes)
    character = re.search("[^ -~]", terms[int(codes[row])].as_py())[0]
    more = f" and {count - 1:,} more" if count > 1 else ""
    return f"{place}: {character!r} (U+{ord(character):04X}) in record {start + row + 1}{more} is not ASCII"
