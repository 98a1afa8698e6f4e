"""Where an area stands: its county, its level, its path. Pure rules, the same for imports and single commands."""

from dataclasses import dataclass

from jingwei.grids import codes
from jingwei.grids.codes import Level, Scheme
from jingwei.grids.errors import GridError
from jingwei.kernel import paths
from jingwei.kernel.errors import Refusal

BASE = "base"
LONGEST_PATH = 200
LONGEST_COUNTY = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """What children need to know of an area in the tree."""

    id: int
    code: str
    path: str
    level: int
    county: str


def county_for(code: str, above: Spot | None) -> str:
    """The county of a new area: its parent's from the county down, else its own six digits, else its own code.

    A foreign tree, a campus or a building has no county: all of it bears the code of its root.
    """
    if above and above.level >= Level.COUNTY:
        return above.county
    return codes.county_of(code) or (above.county if above else code)


def spot_under(above: Spot | None, identifier: int, code: str, level: int) -> Spot:
    """The place of a new area below `above` (None: a root)."""
    path = paths.child(above.path if above else "", identifier)
    return Spot(identifier, code, path, level, county_for(code, above))


def hindrance(moved: Spot, above: Spot, system: str, community: Spot | None) -> Refusal | None:
    """Why `moved` may not hang below `above`, or None. `community`: where its code's community stands, if it has one.

    In the base system levels are fixed; elsewhere they are counted from the parent.
    """
    if paths.within(above.path, moved.path):
        return Refusal(GridError.INTO_ITSELF, code=moved.code)
    county = county_for(moved.code, above)
    if county != moved.county:
        return Refusal(GridError.OTHER_COUNTY, code=moved.code, county=moved.county, other=county)
    if system == BASE and moved.level <= above.level:
        return Refusal(GridError.BAD_LEVEL, code=moved.code, level=moved.level, above=above.level)
    return leaving(moved.code, above, system, community)


def leaving(code: str, above: Spot | None, system: str, community: Spot | None) -> Refusal | None:
    """GRD-04: a coded unit grid stands in the community its code names, at any depth."""
    wanted = community_of(code) if system == BASE else ""
    if not wanted or (above and (above.code == wanted or (community and paths.within(above.path, community.path)))):
        return None
    return Refusal(GridError.LEAVES_COMMUNITY, code=code, community=wanted)


def too_long(place: Spot, above: Spot | None) -> Refusal | None:
    """Why a new place does not fit into its columns, or None."""
    if above is None and len(place.county) > LONGEST_COUNTY:
        return Refusal(GridError.ROOT_CODE_TOO_LONG, code=place.code, longest=LONGEST_COUNTY)
    if len(place.path) > LONGEST_PATH:
        return Refusal(GridError.TOO_DEEP, code=place.code, longest=LONGEST_PATH)
    return None


def community_of(code: str) -> str:
    """The community a unit grid may not leave (GRD-04), '' for any other code."""
    return code[:12] if len(code) == 15 and codes.scheme_of(code) is Scheme.UNIT else ""
