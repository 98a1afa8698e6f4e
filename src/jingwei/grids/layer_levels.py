"""Which fields of a layer name which level, as people write it: on the command line, in a form. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from jingwei.grids.codes import Kind
from jingwei.grids.errors import GridError
from jingwei.grids.layer_fields import Above, Fields
from jingwei.kernel.errors import Refusal

# Word → level in the base system. The word is also the kind of the area.
LEVELS = {
    "province": 1, "city": 2, "county": 3, "street": 4, "town": 4, "township": 4, "joint": 4,
    "community": 5, "village": 5, "quasi_village": 5, "responsibility": 6, "unit": 7,
}
_CHINESE = {
    "省": "province", "市": "city", "县": "county", "区": "county", "区县": "county", "街道": "street", "镇": "town",
    "乡": "township", "社区": "community", "村": "village", "责任网格": "responsibility", "单元网格": "unit",
}
_DEEPEST = 20


class Level(NamedTuple):
    """A level with the fields that hold its code and its name. `word`: as `word_of` gives it."""

    word: str
    code: str = ""
    name: str = ""


def word_of(text: str) -> str | None:
    """The level that a word means, in Chinese or English; other systems count theirs (1, 2, 3 …). None: no level."""
    word = _CHINESE.get(text, text)
    counted = word.isascii() and word.isdigit() and 0 < int(word[:4]) <= _DEEPEST
    return word if word in LEVELS or counted else None


def fields_of(levels: Sequence[Level], *, parent: str = "", under: str = "", by_place: bool = False,
              note: str = "") -> Fields:
    """What the layer's fields mean: the first level is the layer's own, the others are made from its fields.

    Raises `grids.layer_fields`.
    """
    own, *above = _sound(levels)
    above.sort(key=lambda each: -_depth(each.word))
    if any(_depth(each.word) >= _depth(own.word) for each in above):
        raise _wrong("第一个 level 是图层本身，其余须在它之上")
    if above and (parent or under or by_place):
        raise _wrong("已由字段给出上级，不能再写 parent、under 或 by_place")
    if sum(map(bool, (parent, under, by_place))) > 1:
        raise _wrong("parent、under、by_place 只能写一个")
    return Fields(
        own.code, own.name, _depth(own.word), _kind(own.word), parent=parent, under=under, note=note,
        above=tuple(Above(each.code, each.name or each.code, _depth(each.word), _kind(each.word)) for each in above))


def _sound(levels: Sequence[Level]) -> Sequence[Level]:
    if not levels:
        raise _wrong("要写明图层是哪一级（level），例如 community")
    for each in levels:
        if word_of(each.word) != each.word:
            raise _wrong(f"level 不认识“{each.word[:20]}”，可写 {' '.join(LEVELS)}，其他体系写级数 1、2、3……")
        if not each.code:
            raise _wrong(f"级别 {each.word} 要写明编码在哪个字段（code）")
    if not levels[0].name:
        raise _wrong(f"级别 {levels[0].word} 要写明名称在哪个字段（name）")
    return levels


def _depth(word: str) -> int:
    return LEVELS[word] if word in LEVELS else int(word)


def _kind(word: str) -> Kind:
    return Kind(word) if word in LEVELS else Kind.GRID


def _wrong(why: str) -> Refusal:
    return Refusal(GridError.LAYER_FIELDS, why=why)
