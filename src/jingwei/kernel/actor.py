"""Who acts. Built once per request by `accounts`, passed as the first argument to every command and query."""

from dataclasses import dataclass
from uuid import UUID

from jingwei.kernel.paths import within


@dataclass(frozen=True, slots=True)
class Grant:
    """One line of somebody's scope: a role over an area and, if given, only for what one unit holds.

    `area_path`: '' means everywhere. `unit_path`: None means whichever unit.
    `rights`: the names of `accounts.rights.Right` that the role carries.
    """

    role: str
    area_path: str
    rights: frozenset[str]
    unit_path: str | None = None

    def covers(self, area_path: str, unit_path: str | None = None) -> bool:
        if not within(area_path, self.area_path):
            return False
        return self.unit_path is None or (unit_path is not None and within(unit_path, self.unit_path))


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the operator at the machine's own keyboard, or a job) and what they may do now.

    `factor`: how the person stands towards the second factor: '' (not asked for), `shown`, or still `needed` or to be
    set up (`enrol`). In the last two the actor has no grants.
    """

    user_id: UUID | None
    login: str
    grants: tuple[Grant, ...] = ()
    via: str = "session"  # session | token | cli | job
    unit_id: int | None = None
    name: str = ""
    factor: str = ""

    def holds(self, right: str) -> bool:
        return any(right in grant.rights for grant in self.grants)

    def covers(self, right: str, area_path: str, unit_path: str | None = None) -> bool:
        return any(right in grant.rights and grant.covers(area_path, unit_path) for grant in self.grants)

    def roles_at(self, area_path: str, unit_path: str | None = None) -> frozenset[str]:
        """The roles in which this person stands towards a thing at this place, held by this unit."""
        return frozenset(grant.role for grant in self.grants if grant.covers(area_path, unit_path))
