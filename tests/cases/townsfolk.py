"""The cast's people over the district that is drawn, for tables of rights."""

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, users
from jingwei.accounts.queries import Role
from tests.cast import EVERYWHERE, OTHER_TOWN, TOWN, Cast, Person

STREET, NEXT = "990101001000", "990102000000"


class Townsfolk(Cast):
    """The cast's people over a district that is drawn: TOWN is one of its streets or towns, B-1 one of its units."""

    town = STREET
    tied = "HW"

    def hire(self, login: str, role: Role | None = None, area: str = TOWN, *, unit: str = "", home: str = "",
             name: str = "") -> Person:
        code = {TOWN: self.town, OTHER_TOWN: NEXT, EVERYWHERE: "*"}[area]
        unit = self.tied if unit else ""
        user = users.create(accounts.operator(), login, "吴示例", unit_code=unit or "VC")
        if role is None:
            return Person(user, login, "吴示例")
        grant = grants.give(accounts.operator(), user, role.code, code, unit_code=unit)
        return Person(user, login, "吴示例", role.code, area, unit, grant)
