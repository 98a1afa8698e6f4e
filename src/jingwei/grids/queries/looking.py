"""A look into a map file before it is imported, against the ground that stands. Nothing of the file is kept."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jingwei.accounts.errors import no_right
from jingwei.accounts.queries import Right
from jingwei.formats.source import Source
from jingwei.grids.queries.map import Box, drawn_bounds
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import spoken

if TYPE_CHECKING:
    from jingwei.formats.crs_finding import Candidate
    from jingwei.formats.crs_question import CrsQuestion
    from jingwei.formats.encodings import Encoding
    from jingwei.formats.layer_look import LayerLook


_OF_ENCODING = "formats.encoding_"  # told with the encoding itself


@dataclass(frozen=True, slots=True)
class KindLine:
    kind: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class FieldLine:
    """`kind`: whole, number, text or other. `filled`: how many of the features looked at hold something."""

    name: str
    kind: str
    samples: list[str]
    filled: int


@dataclass(frozen=True, slots=True)
class EncodingLine:
    """`sure`: yes, likely or no; `text`: how it was found. `stated`: what the file says of itself and is not so."""

    name: str
    sure: str
    text: str
    stated: str


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """`box`: where the layer would lie, in degrees. `meets`: that is where it belongs. `inside`: share of its places in
    the district, null while none is drawn; `km`: how far outside it would lie.
    """

    crs: str
    title: str
    box: Box
    meets: bool
    in_china: bool
    inside: float | None
    km: float


@dataclass(frozen=True, slots=True)
class CrsLine:
    """`asked`: written, rule, elsewhere, not_fit, not_known, degrees, one, several, none or empty; `text`: in words.

    `proposed`: the system to begin with, "" where a person must choose.
    """

    asked: str
    text: str
    written: str
    title: str
    proposed: str
    exchanged: bool
    candidates: list[CandidateLine]


@dataclass(frozen=True, slots=True)
class RemarkLine:
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class LayerLine:
    """`count`: of all features; `read`: of those looked at. `unreadable`: why nothing else is told."""

    name: str
    count: int
    read: int
    kinds: list[KindLine]
    fields: list[FieldLine]
    encoding: EncodingLine | None
    crs: CrsLine | None
    remarks: list[RemarkLine]
    unreadable: RemarkLine | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """`district`: west, south, east, north of all that is drawn; null while nothing is. `more`: layers left out."""

    kind: str
    district: Box | None
    layers: list[LayerLine]
    more: int


def look_into(actor: Actor, source: Source, *, encoding: str = "", language: str = "zh") -> Looked:
    """What a map file holds, for who may import one. One statement at most."""
    from jingwei.formats.layer_look import look

    if not actor.covers(Right.AREA_MANAGE.value, ""):
        raise no_right(actor, Right.AREA_MANAGE)
    found = look(source, encoding=encoding)
    district = drawn_bounds()
    return Looked(found.kind, district, [_layer(each, district, language) for each in found.layers], found.more)


def _layer(layer: "LayerLook", district: Box | None, language: str) -> LayerLine:
    from jingwei.formats.crs_question import ask

    if layer.unreadable is not None or layer.points is None:
        return LayerLine(layer.name, 0, 0, [], [], None, None, [], _refused(layer.unreadable, language))
    question = ask(layer.points, written=layer.crs, by_rule=layer.by_rule, box=layer.box, district=district)
    return LayerLine(
        layer.name, layer.count, layer.read, [KindLine(kind, _said(title, language), n) for kind, title, n in layer.kinds],
        [FieldLine(each.name, each.kind, list(each.samples), each.filled) for each in layer.fields],
        _encoding(layer.encoding, language), _crs(question, language),
        [RemarkLine(each.code, each.text(language)) for each in layer.remarks if not each.code.startswith(_OF_ENCODING)])


def _refused(refusal: Refusal | None, language: str) -> RemarkLine | None:
    return None if refusal is None else RemarkLine(refusal.reason.code, refusal.text(language))


def _encoding(encoding: "Encoding | None", language: str) -> EncodingLine | None:
    if encoding is None or not encoding.codec:
        return None
    return EncodingLine(encoding.name, encoding.sure, _said(encoding.why, language), encoding.stated)


def _crs(question: "CrsQuestion", language: str) -> CrsLine:
    return CrsLine(
        question.asked.value, _said(question.text, language), question.written, _said(question.title, language),
        question.proposed, question.exchanged, [_candidate(each, language) for each in question.candidates])


def _candidate(one: "Candidate", language: str) -> CandidateLine:
    return CandidateLine(one.crs, _said(one.title, language), one.box, one.meets, one.in_china, one.inside, round(one.km, 1))


def _said(words: object, language: str) -> str:
    return str(spoken(words, language))
