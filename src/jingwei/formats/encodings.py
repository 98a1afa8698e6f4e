"""In which encoding the texts of an attribute table stand: as a .cpg says, as the .dbf itself says, or by trial.

Every text can be read in some wrong way: whoever decides here says how sure that is, and why.
"""

import codecs
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from jingwei.formats.errors import FormatError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

_CODE_PAGES = {
    "utf-8": "utf-8", "utf8": "utf-8", "65001": "utf-8", "gbk": "gb18030", "936": "gb18030", "cp936": "gb18030",
    "gb2312": "gb18030", "gb18030": "gb18030", "ansi 936": "gb18030", "ansi_936": "gb18030", "54936": "gb18030",
    "950": "cp950", "ansi 950": "cp950", "ansi_950": "cp950", "big5": "cp950", "oem": "", "system": "",
}
_LANGUAGE_BYTES = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950"}  # of dBase, byte 29
_SHOWN = {"utf-8": "UTF-8", "gb18030": "GBK", "cp950": "Big5"}
_TELLING = 12     # bytes beyond ASCII, from which UTF-8 does not come about by chance
_MANY = 20        # Chinese signs, from which their commonness means something
_COMMON = 0.7     # share of common signs in Chinese text that was read rightly
# lead bytes of the signs in everyday use: level 1 of GB 2312, and of Big5
_COMMON_LEADS = {"gb18030": range(0xB0, 0xD8), "cp950": range(0xA4, 0xC7)}


@dataclass(frozen=True, slots=True)
class Encoding:
    """`codec`: as Python calls it, '' where there is nothing but ASCII. `sure`: yes, likely or no. `why`: one clause.

    `stated`: what the file says of itself and is not so, '' otherwise.
    """

    codec: str
    sure: str
    why: Words
    stated: str = ""

    @property
    def name(self) -> str:
        return _SHOWN.get(self.codec, self.codec.upper() or "ASCII")


PLAIN = Encoding("", "yes", Words("没有汉字，无须判断", "plain ASCII, nothing to tell"))


def told(name: str) -> str:
    """The codec of what a person calls an encoding; refused where there is none such."""
    codec = _CODE_PAGES.get(name.strip().lower(), "")
    if not codec:
        raise Refusal(FormatError.ENCODING_NAME, name=name[:20])
    return codec


def decide(written: Collection[bytes], *, cpg: str = "", language: int = 0, said: str = "") -> Encoding:
    """The encoding of the texts. `cpg`: the content of the .cpg; `language`: byte 29 of the .dbf; `said`: by a person."""
    if said:
        codec = told(said)
        if not all(fits(data, codec) for data in written):
            raise Refusal(FormatError.ENCODING_NOT_THIS, name=_SHOWN.get(codec, codec.upper()))
        return Encoding(codec, "yes", Words("按您指明的编码", "as told"))
    telling = [data for data in written if not data.isascii()]
    if not telling:
        return PLAIN
    stated, marked = _codec(cpg.strip().lower()), _LANGUAGE_BYTES.get(language, "")
    enough = sum(map(len, telling)) >= _TELLING
    order = ("utf-8", stated, marked, "gb18030", "cp950") if enough else (stated, marked, "utf-8", "gb18030", "cp950")
    candidates = list(dict.fromkeys(filter(None, order)))
    fitting = {codec: sum(fits(data, codec) for data in telling) for codec in candidates}
    codec = max(candidates, key=lambda one: fitting[one])
    if codec == "gb18030" and stated != "gb18030" and fitting["cp950"] == fitting[codec] and _looks_like(
            telling, "cp950") > max(_COMMON, _looks_like(telling, "gb18030")):
        codec = "cp950"
    if fitting[codec] < len(telling):
        raise Refusal(FormatError.ENCODING_UNKNOWN)
    return _judged(codec, telling, cpg.strip()[:20], stated, marked)


def decoder(encoding: Encoding) -> Callable[[str], str]:
    """Undoes reading as Latin-1, which lets every byte through."""
    def decode(text: str) -> str:
        return text if text.isascii() else _decoded(text.encode("latin-1"), encoding.codec)
    return decode


def fits(data: bytes, codec: str) -> bool:
    try:
        return bool(_decoded(data, codec)) or not data
    except Refusal:
        return False


def _judged(codec: str, telling: Iterable[bytes], cpg: str, stated: str, marked: str) -> Encoding:
    telling = list(telling)
    common, signs = _looks_like(telling, codec), _signs(telling, codec)
    plausible = codec == "utf-8" or common >= _COMMON
    name = _SHOWN.get(codec, codec.upper())
    if codec == stated:
        words = Words(f".cpg 写明 {cpg}，内容相符", f"the .cpg says {cpg}, and the texts fit")
        return Encoding(codec, "yes" if plausible or signs < _MANY else "no", words)
    if stated and codec != marked:
        words = Words(f".cpg 写的是 {cpg}，内容却是 {name}", f"the .cpg says {cpg}, the texts are {name}")
        return Encoding(codec, "likely" if plausible else "no", words, stated=cpg)
    if codec == marked:
        words = Words(f".dbf 里标明 {name}，内容相符", f"the .dbf is marked as {name}, and the texts fit")
        return Encoding(codec, "yes" if plausible or signs < _MANY else "no", words, stated=cpg if stated else "")
    if codec == "utf-8" and sum(map(len, telling)) >= _TELLING:
        return Encoding(codec, "yes", Words("没有写明，内容只能是 UTF-8", "not stated; the texts can only be UTF-8"))
    words = Words(f"没有写明，试读得 {name}", f"not stated; read as {name} by trial")
    return Encoding(codec, "likely" if plausible and signs >= 2 else "no", words)


def _looks_like(telling: Iterable[bytes], codec: str) -> float:
    """The share of common signs among the Chinese ones."""
    leads = _COMMON_LEADS.get(codec)
    if leads is None:
        return 1.0
    found: Counter[bool] = Counter()
    for text in _texts(telling, codec):
        for sign in text:
            if "\u4e00" <= sign <= "\u9fff":
                found[sign.encode(codec)[0] in leads] += 1
    return found[True] / found.total() if found else 0.0


def _signs(telling: Iterable[bytes], codec: str) -> int:
    return sum("\u4e00" <= sign <= "\u9fff" for text in _texts(telling, codec) for sign in text)


def _texts(telling: Iterable[bytes], codec: str) -> Iterable[str]:
    for data in telling:
        try:
            yield _decoded(data, codec)
        except Refusal:
            continue


def _codec(name: str) -> str:
    known = _CODE_PAGES.get(name.strip().lower())
    if known is not None:
        return known
    try:
        found = codecs.lookup(name) if name else None
        "".encode(name or "ascii")  # "hex", "zip" and the like are codecs too, but none of texts
        return found.name if found is not None else ""
    except (LookupError, ValueError):
        return ""


def _decoded(data: bytes, codec: str) -> str:
    """A field's width may have cut the last sign of a long text in two; that much is forgiven."""
    for cut in range(4 if len(data) >= 10 else 1):
        try:
            return data[: len(data) - cut].decode(codec)
        except UnicodeError:
            continue
    raise Refusal(FormatError.ENCODING_UNKNOWN)
