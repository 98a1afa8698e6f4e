"""Which part of the ground somebody may know of: what they reach, and the district in which they work.

Any staff may report anywhere in their district (PB-19), so they see its map and are told its places.
"""

from collections.abc import Iterable

from jingwei.accounts.queries import Right
from jingwei.grids import finding_places as finder
from jingwei.grids.finding_places import Ground
from jingwei.grids.models import Area
from jingwei.grids.queries.places import Place, place_by_code
from jingwei.kernel.actor import Actor
from jingwei.kernel.paths import within


def may_know(actor: Actor, place: Place) -> bool:
    """Within reach, or in a district where one works."""
    return any(within(place.path, path) for path in known_paths(actor, finder.ground()))


def known_paths(actor: Actor, cache: Ground) -> tuple[str, ...]:
    """The tops of what the actor may know of, none inside another; ('',) is everywhere, () nowhere."""
    reached = {grant.area_path for grant in actor.grants if Right.AREA_READ.value in grant.rights}
    if "" in reached:
        return ("",)
    return _tops({district_of(path, cache) for path in reached})


def _tops(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not within(path, kept[-1]):
            kept.append(path)
    return tuple(kept)


def district_of(path: str, cache: Ground) -> str:
    """The path of the county that holds a path, the path itself where it is none or lies above."""
    if path not in cache.districts:
        county = Area.objects.filter(path=path).values_list("county", flat=True).first()
        district = place_by_code(county) if county else None
        cache.districts[path] = district.path if district and within(path, district.path) else path
    return cache.districts[path]
