"""Codes of units and responsibility grids that no area of a community has or had, in drafts neither: a code is one area's."""

from jingwei.grids.errors import GridError
from jingwei.grids.models import Area
from jingwei.grids.numbering import NATIONAL
from jingwei.grids.placing import BASE
from jingwei.kernel.errors import Refusal

_LAST_GROUP = 99


def free_unit_codes(community: Area, count: int) -> list[str]:
    """The lowest of a community; refuses where its numbers are used up."""
    codes = _unit_codes(community)
    free = sorted(set(codes) - _used(codes))
    if len(free) < count:
        raise Refusal(GridError.CODES_EXHAUSTED, community=community.code)
    return free[:count]


def free_group_codes(community: Area, count: int) -> list[str]:
    """The same for its responsibility grids."""
    codes = [f"{community.code}R{number:02d}" for number in range(1, _LAST_GROUP + 1)]
    free = sorted(set(codes) - _used(codes))
    if len(free) < count:
        raise Refusal(GridError.CODES_OF_GROUPS_EXHAUSTED, community=community.name)
    return free[:count]


def used_unit_codes(community: Area) -> set[str]:
    """Those that are no longer free."""
    return _used(_unit_codes(community))


def _unit_codes(community: Area) -> list[str]:
    return [NATIONAL.code(community.code, number) for number in range(1, NATIONAL.last + 1)]


def _used(codes: list[str]) -> set[str]:
    return set(Area.objects.filter(system=BASE, code__in=codes).values_list("code", flat=True))
