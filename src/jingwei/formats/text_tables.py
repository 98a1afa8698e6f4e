"""CSV and its cousins: which encoding, which delimiter, and the rows with the numbers a person sees."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from itertools import islice

from jingwei.formats.errors import FormatError
from jingwei.formats.guarding import unguard_cell
from jingwei.formats.rows import HEADER_WITHIN, Header, Row, Table, blank, find_header, normalise_header, required_found
from jingwei.formats.source import MB, Source, beginning, chunks, opened
from jingwei.kernel.errors import Refusal

MAX_BYTES = 2048 * MB
MAX_LINE = 4 * MB  # characters; one line without an end would otherwise fill the memory

_Record = tuple[int, int, list[str]]

_DELIMITERS = (",", "\t", ";")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# Almost every pair of bytes is something in GB18030. Read wrongly, Big5 and Shift-JIS come out as private-use
# signs, kana, Greek, Cyrillic, line drawings and ideographs that neither GB 2312 nor Big5 found common.
_ODD = re.compile("[\u0080-\u009f\u0370-\u04ff\u2500-\u259f\u3040-\u30ff\ue000-\uf8ff]")
_ODD_SHARE = 0.1
_ODD_NAMES = 3  # a short list may well hold a few rare names
_ASCII = re.compile("[\x00-\x7f]+")


def read_text_table(
    source: Source, *, required: Sequence[str] = (), delimiter: str | None = None, max_bytes: int = MAX_BYTES
) -> Table:
    """A delimited text as a table. The header is read now, the rows while you iterate."""
    encoding = detect_encoding(source, max_bytes)
    chosen = delimiter or _sniff_delimiter(source, encoding, required)
    with closing(_records(source, encoding, chosen)) as records:
        header = find_header((cells for _, _, cells in islice(records, HEADER_WITHIN)), required)
    return Table(
        kind="csv", columns=header.columns, header_number=header.number,
        rows=_rows(source, encoding, chosen, header), encoding=encoding, delimiter=chosen,
    )


def detect_encoding(source: Source, max_bytes: int = MAX_BYTES) -> str:
    """The Python name of a text's encoding, found by decoding all of it: utf-8-sig (with or without BOM),
    utf-16 (with BOM), gb18030 (which holds GBK and GB2312). Refuses NUL bytes, damage and everything else.
    """
    head = beginning(source, 2)
    if not head:
        raise Refusal(FormatError.FILE_EMPTY)
    if head in _UTF16:
        _check_utf16(chunks(source, max_bytes))
        return "utf-16"
    if _is_utf8(chunks(source, max_bytes)):
        return "utf-8-sig"
    if _is_gb18030(chunks(source, max_bytes)):
        return "gb18030"
    raise Refusal(FormatError.ENCODING_UNKNOWN)


def _is_utf8(pieces: Iterable[bytes]) -> bool:
    """False for another encoding; a text that is UTF-8 almost everywhere is refused with the line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, signs = 1, 0
    for piece in pieces:
        _refuse_nul(piece, line)
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as problem:
            text = piece.decode("utf-8", "replace")
            bad = text.count("\ufffd")
            if signs + len(_ASCII.sub("", text)) - bad > 4 * bad:
                bad_line = line + piece.count(b"\n", 0, problem.start)
                raise Refusal(FormatError.ENCODING_DAMAGED, line=bad_line) from None
            return False
        signs += (len(piece) - len(text)) // 2  # a Chinese sign takes three bytes
        line += piece.count(b"\n")
    if decoder.getstate()[0] and signs:
        raise Refusal(FormatError.ENCODING_DAMAGED, line=line)
    return not decoder.getstate()[0]


def _is_gb18030(pieces: Iterable[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("gb18030")()
    line, foreign, odd = 1, 0, 0
    try:
        for piece in pieces:
            _refuse_nul(piece, line)
            signs = Counter(_ASCII.sub("", decoder.decode(piece)))
            foreign += signs.total()
            odd += sum(count for sign, count in signs.items() if _odd(sign))
            line += piece.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return odd <= max(_ODD_NAMES, _ODD_SHARE * foreign)


def _odd(sign: str) -> bool:
    return _ODD.match(sign) is not None or not (sign.encode("gb2312", "ignore") or sign.encode("big5", "ignore"))


def _check_utf16(pieces: Iterable[bytes]) -> None:
    decoder = codecs.getincrementaldecoder("utf-16")()
    line = 1
    try:
        for piece in pieces:
            text = decoder.decode(piece)
            _refuse_nul(text.encode("utf-8"), line)
            line += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeError:
        raise Refusal(FormatError.ENCODING_UNKNOWN) from None


def _refuse_nul(piece: bytes, line: int) -> None:
    at = piece.find(0)
    if at >= 0:
        raise Refusal(FormatError.NUL_BYTES, line=line + piece.count(b"\n", 0, at))


def _sniff_delimiter(source: Source, encoding: str, required: Sequence[str]) -> str:
    """The delimiter that shows most required columns, then a header of several, then most rows as wide as it."""
    with opened(source) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        sample = text.read(256 * 1024)
        sample = sample if len(sample) < 256 * 1024 else sample[: sample.rfind("\n") + 1]
    if not sample.strip("".join(_DELIMITERS) + " \r\n\u3000"):
        return _DELIMITERS[0]
    needed = [normalise_header(name) for name in required]
    return max(_DELIMITERS, key=lambda delimiter: _delimiter_score(sample, delimiter, needed))


def _delimiter_score(sample: str, delimiter: str, needed: Sequence[str]) -> tuple[int, bool, int, int]:
    rows: list[list[str]] = []
    with suppress(csv.Error):
        # row by row: what was read before the error still counts
        for cells in islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), HEADER_WITHIN):
            rows.append(cells)
    rows = [cells for cells in rows if not blank(cells)]
    if not rows:
        return 0, False, 0, 0
    header = max(rows, key=lambda cells: required_found(cells, needed))
    width = len(header)
    return required_found(header, needed), width > 1, sum(len(cells) == width for cells in rows), width


def _records(source: Source, encoding: str, delimiter: str) -> Generator[_Record, None, None]:
    """(row, text line where it begins, cells); the row counts as a spreadsheet does."""
    number, start = 0, 1
    with opened(source) as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                number += 1
                yield number, start, cells
                start = reader.line_num + 1
        except csv.Error as problem:
            raise Refusal(_reason(str(problem)), number=number + 1, line=start) from None
        except UnicodeError:
            # the file changed since its encoding was found
            raise Refusal(FormatError.ENCODING_DAMAGED, line=start) from None


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    for line in iter(partial(text.readline, MAX_LINE), ""):
        if len(line) >= MAX_LINE:
            raise csv.Error("field larger than a line may be")
        yield line


def _reason(problem: str) -> FormatError:
    if "end of data" in problem:
        return FormatError.QUOTE_UNCLOSED
    if "larger" in problem:
        # an unclosed mark swallows the rest of the file into one cell
        return FormatError.CELL_TOO_LONG
    return FormatError.QUOTE_STRAY


def _rows(source: Source, encoding: str, delimiter: str, header: Header) -> Iterator[Row]:
    after = header.number
    for number, line, cells in _records(source, encoding, delimiter):
        if number <= after:
            continue
        joined = "".join(cells)
        if not joined.strip():
            continue
        if "'" in joined:
            cells = [unguard_cell(cell) for cell in cells]
        yield header.row(number, line, cells)
