"""The flows by which cases of this installation run, in memory: shipped ones, and those that a place published.

A version never changes once cases run by it, so it is read once; which one is in force is asked anew when the
generation `flows` (or that of the grids, whose paths are told here) was raised.
"""

from collections.abc import Mapping

from jingwei.cases import shipped
from jingwei.cases.flow import Flow
from jingwei.cases.flow_document import parse
from jingwei.cases.models import Case, LocalFlow
from jingwei.kernel.paths import within

LOCAL_FROM = 1001
"""Versions below come with the product; those that a place publishes are counted from here."""

_local: dict[tuple[str, int], Flow] = {}
_in_force: dict[tuple[int, int], dict[tuple[str, str], Flow]] = {}


def forget() -> None:
    """Drop what is held in memory: after a database was put back to an earlier state."""
    _local.clear()
    _in_force.clear()


def of(case: Case) -> Flow:
    """The flow by which a case runs: of the version that was in force when it began."""
    return version(case.profile, case.profile_version)


def version(code: str, number: int) -> Flow:
    """A version that was shipped or published. Raises KeyError for one that never was. No statement once it is known."""
    key = code, number
    found = shipped.versions().get(key) or _local.get(key)
    if found is None:
        row = LocalFlow.objects.filter(code=code, version=number).values_list("document", flat=True).first()
        if row is None:
            raise KeyError(key)
        found = _local[key] = parse(row)
    return found


def in_force(code: str, area_path: str, generations: Mapping[str, int]) -> Flow:
    """The flow that new cases of a place take: of the nearest area that published its own, else the shipped one.

    No statement while nothing changed, else one.
    """
    key = generations.get("flows", 1), generations.get("grids", 1)
    published = _in_force.get(key)
    if published is None:
        published = _read()
        _in_force.clear()
        _in_force[key] = published
    return _nearest(published, code, area_path)


def in_force_now(code: str, area_path: str) -> Flow:
    """The same read anew, for use inside the command that changes it: what it sees is not kept."""
    return _nearest(_read(), code, area_path)


def _nearest(published: Mapping[tuple[str, str], Flow], code: str, area_path: str) -> Flow:
    above = [path for known, path in published if known == code and within(area_path, path)]
    return published[code, max(above, key=len)] if above else shipped.flows()[code]


def _read() -> dict[tuple[str, str], Flow]:
    rows = LocalFlow.objects.filter(state="published").values_list("code", "area__path", "document")
    return {(code, path or ""): parse(document) for code, path, document in rows}
