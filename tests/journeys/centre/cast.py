"""Who works in the centre, for which unit, over which area; with names that are plainly invented."""

from typing import NamedTuple

COUNTY, TOWN, OTHER_TOWN, NEIGHBOUR = "67000", "67000310", "67000320", "990102000000"
UNITS = (  # code, name, parent
    ("SC", "监督中心", ""), ("CC", "指挥中心", ""), ("JT", "交通大队", ""), ("JT-1", "交通一中队", "JT"), ("SZ", "市政所", ""),
    ("HB", "环保所", ""), ("DW", "动物管理站", ""))


class Person(NamedTuple):
    """`unit`: the place of work. `tied`: the unit whose cases alone the post covers."""

    login: str
    roles: tuple[str, ...]
    area: str = COUNTY
    unit: str = ""
    tied: str = ""

    @property
    def name(self) -> str:
        return f"{self.login}示例"


PEOPLE = (
    *(Person(f"acceptor{number}", ("acceptor",), unit="SC") for number in (1, 2, 3)),
    *(Person(f"leader{number}", ("shift_leader",), unit="SC") for number in (1, 2)),
    # Both posts on one axis: the rights allow it, and the flow must still keep checking and closing apart.
    *(Person(f"both{number}", ("supervisor", "shift_leader"), unit="SC") for number in (1, 2)),
    *(Person(f"dispatcher{number}", ("dispatcher",), unit="CC") for number in (1, 2, 3)),
    *(Person(f"worker{number}", ("supervisor",)) for number in (1, 2, 3)),
    Person("town1", ("supervisor",), TOWN), Person("town2", ("supervisor",), OTHER_TOWN),
    *(Person(f"{unit.lower().replace('-', '')}.{number}", ("handler",), unit=unit, tied=unit)
      for unit in ("JT", "JT-1", "SZ", "HB", "DW") for number in (1, 2)),
)
OUTSIDERS = (Person("neighbour", ("acceptor",), NEIGHBOUR), Person("boss", ("leader",)))
PROCESSES = 8
