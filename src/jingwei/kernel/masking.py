"""Telephone and identity numbers in free Chinese text: found on entry, replaced by tokens, put back on demand.

In doubt a number that could reach or name a person is masked. House and case numbers, coordinates, dates and
sums of money stay readable, because the work needs them. Numbers written in words are not found.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

Kind = Literal["phone", "identity"]

_WORDS: dict[Kind, str] = {"phone": "电话", "identity": "证件"}
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Found:
    """`text`: as written. `number`: digits only (and a capital X), without country prefix and extension, for
    keyed hashes; the same person's number written twice gives the same `number`.
    """

    token: str
    kind: Kind
    text: str
    number: str


@dataclass(frozen=True, slots=True)
class Masked:
    """`values`: in the order of the text, one for each way of writing."""

    text: str
    values: tuple[Found, ...]


def mask(text: str) -> Masked:
    """The text with 〔电话1〕, 〔证件1〕 … in place of numbers. A token that already stands in the text is passed
    over in counting, so that `unmask` gives back exactly what was written.
    """
    if sum(sign.isdecimal() for sign in text) < _FEWEST_DIGITS:
        return Masked(text, ())
    values: dict[str, Found] = {}
    names = {kind: _unused_tokens(word, text) for kind, word in _WORDS.items()}
    # a number that hid behind another shows once the first is gone
    while hits := _numbers(text):
        text = _replaced(text, hits, values, names)
    return Masked(text, tuple(sorted(values.values(), key=lambda found: text.index(found.token))))


def unmask(text: str, values: Iterable[Found]) -> str:
    """The text with every known token replaced by what had been written."""
    written = {value.token: value.text for value in values}
    if not written:
        return text
    return re.sub("|".join(map(re.escape, written)), lambda found: written[found[0]], text)


def _replaced(text: str, hits: "list[_Hit]", values: dict[str, Found], names: dict[Kind, Iterator[str]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, kind, number in hits:
        written = text[start:end]
        if written not in values:
            values[written] = Found(next(names[kind]), kind, written, number)
        pieces += (text[at:start], values[written].token)
        at = end
    return "".join((*pieces, text[at:]))


def _unused_tokens(word: str, text: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        if (token := f"〔{word}{number}〕") not in text:
            yield token


class _Hit(NamedTuple):
    start: int
    end: int
    kind: Kind
    number: str


def _numbers(text: str) -> list[_Hit]:
    """Where numbers stand in the text, in order, never overlapping."""
    folded, places = _fold(text)
    if _ENOUGH.search(folded) is None:
        return []
    taken = bytearray(len(folded))
    for found in _PROTECTED.finditer(folded):
        taken[found.start() : found.end()] = b"\x01" * len(found[0])
    hits: list[_Hit] = []
    for find in (_identities, _mobiles, _taiwan, _landlines, _announced):
        for hit in find(folded, taken):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                hits.append(hit)
    return [_Hit(places[h.start], places[h.end - 1] + 1, h.kind, h.number) for h in sorted(hits)]


# --- one way of writing for the many -------------------------------------------------------------------------

_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_SAME: dict[str, str] = {
    **dict.fromkeys("‐‑‒–—―−－﹣﹘", "-"), **dict.fromkeys("（﹙⁽", "("), **dict.fromkeys("）﹚⁾", ")"),
    **dict.fromkeys("．·・•‧", "."), **dict.fromkeys("Ｘｘx×✕", "X"), "＋": "+", "：": ":", "＃": "#", "￥": "¥",
}


def _fold(text: str) -> tuple[str, list[int]]:
    """The text with one form for each digit, dash, space and bracket, invisible signs left out, and the place
    of each remaining sign in the original.
    """
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign in _INVISIBLE:
            continue
        if not sign.isascii() or sign == "x":
            sign = _SAME.get(sign) or _folded_sign(sign)
        signs.append(sign)
        places.append(place)
    return "".join(signs), places


@cache
def _folded_sign(sign: str) -> str:
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return " " if unicodedata.category(sign) == "Zs" else sign


# --- what stands around a number --------------------------------------------------------------------------------

_FLAGS = re.ASCII | re.IGNORECASE
_GAP = r"(?: ?- ?| {1,3})"

# seven digits with no more between them than any way of grouping puts there
_ENOUGH = re.compile(r"\d(?:[ .()+-]{0,3}\d){6}", _FLAGS)

# identifiers of machines: their digits mean nobody
_PROTECTED = re.compile(
    r"(?<![0-9a-f])(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{24,})(?![0-9a-f])",
    _FLAGS,
)
_CASE_NUMBER = re.compile(
    r"(?:案号|案件号|案件编号|工单号|工单编号|受理号|受理编号|流水号|订单号|发票号|单号|文号|票号|编号|編號|编码|代码|合同号"
    r"|标识码|区划|货号|序号|№|\bno\.?)(?:码|碼)?(?:为|是|:|#)? *\Z", _FLAGS,
)
_GRID_CODE = re.compile(r"(?:网格|網格|单元|單元|部件|区划|编码|代码|编号|標識|标识)[^\d]{0,4}\Z", re.ASCII)
_IDENTITY_WORD = re.compile(
    r"(?:身份证|身份證|身分證|公民身份|证件|證件|证号|證號|\bID(?: ?card)?(?: ?no\.?)?)[^\d]{0,8}\Z", _FLAGS,
)
_PHONE_WORD = re.compile(
    r"(?:电话|電話|座机|固话|手机|手機|联系方式|聯絡方式|聯繫方式|致电|致電|来电|來電|\btel|\bphone)(?:号码|號碼|号)?(?:为|是|:|\.)? *\Z", _FLAGS,
)
_MONEY_BEFORE = re.compile(r"(?:[¥$€]|人民币|\bRMB|\bCNY|\bUSD|NT\$) *\Z", _FLAGS)
_MONEY_AFTER = re.compile(r"(?:\.\d{1,2})? ?(?:元(?![旦宵月])|圆|块钱)", _FLAGS)
_FRACTION_AFTER = re.compile(r"\.\d{1,6}(?![\d-])", _FLAGS)
_WHOLE_BEFORE = re.compile(r"(?<![\d.])(\d{1,6})\.\Z", _FLAGS)
_COORDINATES = re.compile(r"[经經纬緯]度|坐标|座標|\blng|\blon|\blat|\d{1,3}\.(?!1[3-9]\d{9}(?!\d))\d{4,}", _FLAGS)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", _FLAGS)


def _before(text: str, at: int) -> str:
    return text[max(0, at - 24) : at]


def _is_fraction(text: str, start: int, taken: bytearray) -> bool:
    """The digits after a decimal point. '3.13800138000' is the third of a list, unless coordinates are about."""
    whole = _WHOLE_BEFORE.search(_before(text, start))
    # what stands before the point may be the end of a number already found
    if whole is None or taken[start - 2]:
        return False
    if int(whole[1]) > 99:
        return True
    around = text[max(0, start - 40) : start - len(whole[0])] + " " + text[start : start + 60].lstrip("0123456789")
    return _COORDINATES.search(around) is not None


def _is_sum_or_case(text: str, start: int, end: int) -> bool:
    before = _before(text, start)
    if _CASE_NUMBER.search(before) or _MONEY_BEFORE.search(before):
        return True
    if before.endswith("第") and text[end : end + 1] in ("号", "號"):
        return True
    # a number with dashes or spaces in it is no amount
    amount = _MONEY_AFTER.match(text, end) or _FRACTION_AFTER.match(text, end)
    return amount is not None and re.fullmatch("[0-9]+", text[start:end]) is not None


def _digits(text: str) -> str:
    return re.sub(r"[^0-9X]", "", text.upper())


# --- identity numbers (GB 11643-1999) -----------------------------------------------------------------------------

# how people group the eighteen signs
_ID_GROUPINGS = ((18,), (17, 1), (6, 12), (14, 4), (6, 8, 4), (6, 8, 3, 1), (6, 4, 4, 4), (3, 3, 4, 4, 4), (4, 4, 4, 4, 2))


def _id_grouped(*sizes: int) -> str:
    *full, last = sizes
    return "".join(rf"\d{{{size}}}[ -]" for size in full) + rf"\d{{{last - 1}}}(?:X|\d(?!\d))"


_EIGHTEEN = re.compile(rf"(?<!\d)(?=({'|'.join(_id_grouped(*sizes) for sizes in _ID_GROUPINGS)}))", _FLAGS)
_FIFTEEN = re.compile(r"(?<!\d)[1-9]\d{5} ?\d{6} ?\d{3}(?!\d)", _FLAGS)
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]", _FLAGS)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def _identities(text: str, taken: bytearray) -> Iterator[_Hit]:
    for found in _EIGHTEEN.finditer(text):
        number = _digits(found[1])
        named = _IDENTITY_WORD.search(_before(text, found.start())) is not None
        whole = len(found[1]) == 18
        # mistyped or not: what is called an identity number is one
        if named or (_check_digit_fits(number) and _is_day(number[6:14]) and (whole or _PROVINCE.match(number))):
            yield _Hit(found.start(), found.start() + len(found[1]), "identity", number)
    for found in _FIFTEEN.finditer(text):
        number, before = _digits(found[0]), _before(text, found.start())
        if _IDENTITY_WORD.search(before) or (_is_old_number(number) and not _is_code(text, found.start(), taken, before)):
            yield _Hit(found.start(), found.end(), "identity", number)


def _check_digit_fits(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == number[17]


def _is_old_number(number: str) -> bool:
    """15 digits as issued until 1999, born from 1930 on: unit-grid codes have 15 digits too, and in them the
    place of the year holds the street's code, which is below 30 nearly everywhere.
    """
    return _PROVINCE.match(number) is not None and number[6] >= "3" and _is_day(f"19{number[6:12]}")


def _is_code(text: str, start: int, taken: bytearray, before: str) -> bool:
    return _GRID_CODE.search(before) is not None or _is_fraction(text, start, taken)


def _is_day(digits: str) -> bool:
    try:
        return 1800 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


# --- telephone numbers --------------------------------------------------------------------------------------------

# a number does not begin inside another, unless a plus sign or bracket says that it does
_START = r"(?:(?<!\d)|(?=[+(]))"

# how people group the eleven digits; (3, 4, 4) is the usual way
_GROUPINGS = (
    (11,), (3, 8), (7, 4), (3, 4, 4), (4, 3, 4), (4, 7), (3, 3, 5), (5, 6), (5, 3, 3), (4, 4, 3),
)


def _grouped(first: int, *rest: int) -> str:
    return rf"1[3-9]\d{{{first - 2}}}" + "".join(rf"{_GAP}\d{{{size}}}" for size in rest)


_ELEVEN = "|".join(_grouped(*sizes) for sizes in _GROUPINGS)
_MOBILE = re.compile(
    rf"{_START}(?:(?:\+|00) ?86{_GAP}?|\(\+?86\) ?|86{_GAP}?|0)?"
    rf"({_ELEVEN}|1[3-9]\d\.\d{{4}}\.\d{{4}}|1 [3-9](?: \d){{9}}(?! \d))(?!\d)", _FLAGS,
)
_TAIWAN_MOBILE = re.compile(
    rf"{_START}(?:(?:\+|00) ?886{_GAP}?0?|\(\+?886\) ?0?|0)(9\d\d{_GAP}?\d{{3}}{_GAP}?\d{{3}})(?!\d)", _FLAGS,
)
_TAIWAN_FIXED = re.compile(
    rf"{_START}(?:(?:\+|00) ?886[ -]?)?(?:\(0?([2-8])\) ?|0([2-8])-)(\d{{3,4}}-?\d{{4}})(?!\d)(?:#\d{{1,5}})?", _FLAGS,
)
_EXTENSION = r"(?: ?(?:转|轉|ext\.?|#) ?\d{1,6}(?!\d)|-\d{1,5}(?![\d-]))?"
_AREA = r"010|02\d|0[3-9]\d\d"
_ABROAD = rf"(?:(?:\+|00) ?86{_GAP}?|86{_GAP})\(?0?(10|2\d|[3-9]\d\d)\)?{_GAP}?"
_FIXED = re.compile(
    rf"{_START}(?:\(({_AREA})\) ?|({_AREA}){_GAP}?|{_ABROAD})([2-8]\d{{2,3}}{_GAP}?\d{{4}})(?!\d){_EXTENSION}", _FLAGS,
)
_LOCAL = re.compile(rf"(?<![\d-])([2-8]\d{{2,3}}{_GAP}?\d{{4}})(?!\d){_EXTENSION}", _FLAGS)


def _mobiles(text: str, taken: bytearray) -> Iterator[_Hit]:
    for found in _MOBILE.finditer(text):
        plain = found.start() == found.start(1)
        if plain and _is_sum_or_case(text, found.start(), found.end()):
            continue
        if not _is_fraction(text, found.start(), taken):
            yield _Hit(found.start(), found.end(), "phone", _digits(found[1]))


def _taiwan(text: str, taken: bytearray) -> Iterator[_Hit]:
    for found in _TAIWAN_MOBILE.finditer(text):
        if not (_is_sum_or_case(text, found.start(), found.end()) or _is_fraction(text, found.start(), taken)):
            yield _Hit(found.start(), found.end(), "phone", "0" + _digits(found[1]))
    for found in _TAIWAN_FIXED.finditer(text):
        local = _digits(found[3])
        if not (_DATE.fullmatch(local) or _CASE_NUMBER.search(_before(text, found.start()))):
            yield _Hit(found.start(), found.end(), "phone", f"0{found[1] or found[2]}{local}")


def _landlines(text: str, taken: bytearray) -> Iterator[_Hit]:
    for found in _FIXED.finditer(text):
        area = found[1] or found[2] or f"0{found[3]}"
        local = _digits(found[4])
        # cities with three-digit codes have eight-digit numbers
        if len(area) == 3 and len(local) != 8:
            continue
        if not (_is_sum_or_case(text, found.start(), found.end()) or _is_fraction(text, found.start(), taken)):
            yield _Hit(found.start(), found.end(), "phone", area + local)


def _announced(text: str, _: bytearray) -> Iterator[_Hit]:
    """Seven or eight digits are a number only where a word before them says so."""
    for found in _LOCAL.finditer(text):
        local = _digits(found[1])
        if not _DATE.fullmatch(local) and _PHONE_WORD.search(_before(text, found.start())):
            yield _Hit(found.start(), found.end(), "phone", local)
