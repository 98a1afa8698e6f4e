"""What a batch of read rows means against what stands: new, renamed, moved, redrawn, unchanged or refused."""

from dataclasses import dataclass, field
from typing import Any

from jingwei.grids.findings import Found, Grade, Remark, found
from jingwei.grids.lineage import lineage, outlines, published
from jingwei.grids.models import Area, PlanVersion
from jingwei.grids.placing import Spot, community_of, hindrance, leaving, spot_under, too_long
from jingwei.grids.rows import AreaRow, Reading
from jingwei.kernel.errors import Refusal

_STANDING = ("id", "code", "path", "level", "county", "name", "parent_id", "status", "plan_id", "plan__state",
             "plan__title")


@dataclass(slots=True)
class Work:
    """One batch, sorted by what is to be done."""

    new: list[AreaRow] = field(default_factory=list)
    standing: list[tuple[AreaRow, dict[str, Any]]] = field(default_factory=list)
    findings: list[Found] = field(default_factory=list)
    drawn: dict[int, bytes] = field(default_factory=dict)     # outlines in force of the standing ones
    placed: list[tuple[AreaRow, Spot]] = field(default_factory=list)
    redrawn_before: set[int] = field(default_factory=set)     # by an earlier run of the same import
    staged_before: int = 0
    renamed: int = 0
    moved: int = 0
    redrawn: int = 0
    changed: int = 0
    unchanged: int = 0


class Comparison:
    """Keeps the places of all parents while the batches of one file go by, parents first.

    `plan_id`: the version being staged; None only to foretell what would be.
    """

    def __init__(self, system: str, plan_id: int | None, reading: Reading) -> None:
        self._system = system
        self._plan_id = plan_id
        self._before = published(system) if plan_id is None else lineage(PlanVersion.objects.get(pk=plan_id))[:-1]
        self._wanted = {row.parent for row in reading.rows if row.parent}
        self._wanted |= {community for row in reading.rows if (community := community_of(row.code))}
        self._spots: dict[str, Spot] = {}
        for some in _slices(sorted(self._wanted - {row.code for row in reading.rows})):
            for standing in self._standing(some):
                if standing["status"] == "active" and standing["plan__state"] == "published":
                    self._remember(_spot_of(standing))
        self._lost: set[str] = set()  # codes refused here, so that those below them are told

    def look(self, batch: list[AreaRow]) -> Work:
        """Sort a batch. Runs inside the transaction that will write it."""
        work = Work()
        standing = {row["code"]: row for row in self._standing([row.code for row in batch])}
        for row in batch:
            there = standing.get(row.code)
            if row.parent in self._lost:
                self._refuse(work, row, Remark.PARENT_REFUSED, parent=row.parent)
            elif there is None:
                work.new.append(row)
            elif there["plan_id"] == self._plan_id:
                work.staged_before += 1
                self._remember(_spot_of(there))
            elif there["plan__state"] != "published":
                self._refuse(work, row, Remark.CODE_IN_DRAFT, code=row.code, title=there["plan__title"])
            elif there["status"] != "active":
                self._refuse(work, row, Remark.CODE_RETIRED, code=row.code)
            else:
                work.standing.append((row, there))
                self._remember(_spot_of(there))
        with_outline = [there["id"] for row, there in work.standing if row.wkb]
        if with_outline:
            work.drawn = outlines(self._before, with_outline)
            work.redrawn_before = set(outlines([self._plan_id], with_outline) if self._plan_id else ())
        return work

    def place(self, work: Work, ids: list[int]) -> list[tuple[Any, ...]]:
        """Table rows of the new areas, in the order of `staging.AREA_COLUMNS`."""
        rows = []
        for row, identifier in zip(work.new, ids, strict=True):
            above = self._spots.get(row.parent)
            if row.parent and above is None:
                self._refuse(work, row, Remark.PARENT_REFUSED, parent=row.parent)
                continue
            spot = spot_under(above, identifier, row.code, int(row.level))
            refusal = leaving(row.code, above, self._system, self._spots.get(community_of(row.code)))
            refusal = refusal or too_long(spot, above)
            if refusal:
                self._object(work, row, refusal)
                self._lost.add(row.code)
                continue
            self._remember(spot)
            work.placed.append((row, spot))
            rows.append((identifier, self._system, row.code, row.name, row.kind.value, spot.level,
                         above.id if above else None, spot.path, spot.county, "active", self._plan_id, "", row.note))
        work.new = [row for row, _ in work.placed]
        return rows

    def outlines(self, work: Work) -> list[tuple[int, bytes]]:
        """(area id, WKB) of every outline that is new or differs from the one in force."""
        pairs = [(spot.id, row.wkb) for row, spot in work.placed if row.wkb]
        for row, there in work.standing:
            if row.wkb and work.drawn.get(there["id"]) != row.wkb:
                work.redrawn += 1
                if there["id"] not in work.redrawn_before:
                    pairs.append((there["id"], row.wkb))
        return pairs

    def changes(self, work: Work) -> list[dict[str, Any]]:
        """Renames and moves of areas that stand, as columns of PlanChange."""
        wanted = []
        for row, there in work.standing:
            same = work.drawn.get(there["id"]) == row.wkb if row.wkb else True
            if row.name != there["name"]:
                wanted.append({"area_id": there["id"], "verb": "rename", "name": row.name})
                work.renamed += 1
                same = False
            above = self._spots.get(row.parent)
            if above and above.id != there["parent_id"]:
                same = False
                community = self._spots.get(community_of(row.code))
                refusal = hindrance(_spot_of(there), above, self._system, community)
                if refusal:
                    self._object(work, row, refusal)
                    continue
                wanted.append({"area_id": there["id"], "verb": "move", "parent_id": above.id})
                work.moved += 1
            work.unchanged += same
            work.changed += not same
        return wanted

    def _refuse(self, work: Work, row: AreaRow, remark: Remark, **details: Any) -> None:
        work.findings.append(found(row.row, remark, **details))
        self._lost.add(row.code)

    def _object(self, work: Work, row: AreaRow, refusal: Refusal) -> None:
        work.findings.append(Found(row.row, refusal.reason, refusal.details, Grade.REFUSED))

    def _remember(self, spot: Spot) -> None:
        if spot.code in self._wanted:
            self._spots[spot.code] = spot

    def _standing(self, codes: list[str]) -> list[dict[str, Any]]:
        return list(Area.objects.filter(system=self._system, code__in=codes).values(*_STANDING))


def _spot_of(standing: dict[str, Any]) -> Spot:
    return Spot(*(standing[name] for name in ("id", "code", "path", "level", "county")))


def _slices(codes: list[str]) -> list[list[str]]:
    return [codes[start:start + 5_000] for start in range(0, len(codes), 5_000)]
