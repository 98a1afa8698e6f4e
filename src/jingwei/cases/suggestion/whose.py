"""Which unit ordinarily handles a class at a place: counted from closed cases, the narrowest area that knows enough."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

FEWEST = 5  # closed cases of a class in an area before it speaks for itself


@dataclass(frozen=True, slots=True)
class Handled:
    """A closed case: its class, the path of its area, the unit that handled it."""

    class_code: str
    area_path: str
    unit: str


@dataclass(frozen=True, slots=True)
class Whose:
    """`counts`: class → path of an area → unit → closed cases."""

    counts: Mapping[str, Mapping[str, Mapping[str, int]]]

    @classmethod
    def counted(cls, cases: Iterable[Handled]) -> "Whose":
        counts: dict[str, dict[str, dict[str, int]]] = {}
        for case in cases:
            for path in _upwards(case.area_path):
                units = counts.setdefault(case.class_code, {}).setdefault(path, {})
                units[case.unit] = units.get(case.unit, 0) + 1
        enough = {code: {path: units for path, units in areas.items() if sum(units.values()) >= FEWEST}
                  for code, areas in counts.items()}
        return cls({code: areas for code, areas in enough.items() if areas})

    def propose(self, class_code: str, area_path: str, *, most: int = 3) -> list[tuple[str, float, int]]:
        """Units with how sure (a share that few cases keep low) and of how many cases, the likeliest first."""
        areas = self.counts.get(class_code, {})
        for path in _upwards(area_path):
            if path in areas:
                units = areas[path]
                total = sum(units.values())
                ranked = sorted(units.items(), key=lambda one: (-one[1], one[0]))
                return [(unit, count / (total + 1), total) for unit, count in ranked[:most]]
        return []


def _upwards(path: str) -> Iterator[str]:
    yield path
    while path:
        path = path[:path.rfind("/", 0, -1) + 1]
        yield path
