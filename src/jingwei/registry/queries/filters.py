"""What a list of parts may be filtered by, in the same words for lists, counts, export and samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jingwei.accounts import queries as accounts
from jingwei.accounts.queries import Right, narrow, require
from jingwei.catalogue import queries as catalogue
from jingwei.grids import queries as grids
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal
from jingwei.kernel.paths import span, within
from jingwei.kernel.wording import Words
from jingwei.registry.errors import PartError
from jingwei.registry.models import Part, PartNumber
from jingwei.registry.parts.states import RETIRED, STATES

_NAMES = {"state": "状态", "class_code": "分类", "area": "区域", "owner": "单位", "scheme": "分类方案", "accuracy": "精度等级"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What to list. Empty means all that are in service; `gone`: those abandoned and removed as well.

    `classes`: "scheme/component/code", or "scheme/component/01" for a whole major class. `owner`: code of a unit of
    ours with all below it, as supervisor, owner or maintainer. `words`: part of the name, of a body's name or of the
    note; `number`: whole, one it once bore too, or its beginning.
    """

    classes: Sequence[str] = ()
    states: Sequence[str] = ()
    area: str = ""
    owner: str = ""
    words: str = ""
    number: str = ""
    accuracy: str = ""
    gone: bool = False


def filtered(actor: Actor, wanted: Filter, known: dict[str, int]) -> QuerySet[Part]:
    """What lies within reach and fits. Refuses whoever may see no part at all."""
    require(actor, Right.PART_READ)
    rows = narrow(Part.objects.all(), actor, Right.PART_READ, area="area_path")
    if wanted.area:
        rows = rows.filter(area_path__range=span(area_path(actor, wanted.area)))
    if wanted.classes:
        rows = rows.filter(class_entry_id__in=classes_of(wanted.classes, known))
    if wanted.states:
        unknown = [state for state in wanted.states if state not in STATES]
        if unknown:
            raise _unknown("state", unknown[0])
        rows = rows.filter(state__in=list(wanted.states))
    elif not wanted.gone and not wanted.number:
        rows = rows.exclude(state__in=RETIRED)
    if wanted.owner:
        rows = rows.filter(_of_unit(wanted.owner, known))
    if wanted.accuracy:
        if wanted.accuracy not in ("A", "B", "C"):
            raise _unknown("accuracy", wanted.accuracy)
        rows = rows.filter(accuracy=wanted.accuracy)
    return _spoken(rows, wanted)


def _spoken(rows: QuerySet[Part], wanted: Filter) -> QuerySet[Part]:
    words, number = wanted.words.strip(), wanted.number.strip()
    if "\0" in words + number:
        return rows.none()
    if words:
        named = Q(name__contains=words) | Q(note__contains=words)
        for body in ("supervisor", "owner", "maintainer"):
            named |= Q(**{f"{body}_name__contains": words})
        rows = rows.filter(named)
    if number:
        bore = PartNumber.objects.filter(number__gte=number, number__lt=number + ":").values("part_id")
        rows = rows.filter(pk__in=bore)
    return rows


def area_path(actor: Actor, code: str) -> str:
    """The path of an area asked for. One in which nothing can be seen is not told from one that is not there."""
    path = grids.path_of_code(code) if "\0" not in code else None
    seen = [grant.area_path for grant in actor.grants if Right.PART_READ.value in grant.rights]
    if path is None or not any(within(path, area) or within(area, path) for area in seen):
        raise _unknown("area", code)
    return path


def classes_of(codes: Sequence[str], known: dict[str, int]) -> list[int]:
    """The minor classes asked for, those of a major one all. Refuses a code that no scheme has."""
    book = catalogue.book(known)
    found: list[int] = []
    for code in codes:
        row = book.by_code.get(code)
        scheme, _, rest = code.partition("/")
        kind, _, major = rest.partition("/")
        below = [each.id for each in book.classes.values()
                 if each.scheme == scheme and each.kind == kind == "component" and len(major) == 2 and each.code[:2] == major]
        own = [row.id] if row is not None and row.kind == "component" else below
        if not own:
            raise _unknown("class_code", code)
        found += own
    return list(dict.fromkeys(found))


def _of_unit(code: str, known: dict[str, int]) -> Q:
    book = accounts.unit_book(known)
    path = next((unit.path for unit in book.values() if unit.code == code), None)
    if path is None:
        raise _unknown("owner", code)
    ids = [unit.id for unit in book.values() if within(unit.path, path)]
    return Q(owner_id__in=ids) | Q(supervisor_id__in=ids) | Q(maintainer_id__in=ids)


def _unknown(parameter: str, value: Any) -> Refusal:
    return Refusal(PartError.UNKNOWN_FILTER, what=Words(_NAMES[parameter], parameter), value=str(value)[:40])
