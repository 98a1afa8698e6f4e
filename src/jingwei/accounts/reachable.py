"""Which people and units somebody may see or act on.

A person belongs to the areas of his roles. Who has no role yet belongs to no area; only those who create accounts
and give roles see him.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jingwei.accounts.errors import AccountError, no_right
from jingwei.accounts.models import RoleGrant, Unit, User
from jingwei.accounts.rights import ADMINISTRATORS, Right
from jingwei.accounts.scope import reach
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.paths import span, within

_SEE_ROLELESS = (Right.USER_CREATE, Right.USER_RESET, Right.USER_GRANT, Right.USER_DISMISS)


def require(actor: Actor, right: Right) -> None:
    """Refuse whoever does not hold the right anywhere."""
    if not actor.holds(right.value):
        raise no_right(actor, right)


def at_keyboard(actor: Actor) -> bool:
    """Whether this is the operator at the server. No row of any table can make somebody that."""
    return actor.user_id is None and actor.via == "cli"


def not_ended() -> Q:
    """Grants in force now or later."""
    return Q(until=None) | Q(until__gt=clock.now())


def people(actor: Actor, right: Right) -> QuerySet[User]:
    """The people within the actor's reach by `right`."""
    inside = reach(actor, right, area="area_path", unit="user__unit__path")
    if inside is None:
        return User.objects.all()
    grants = RoleGrant.objects.filter(not_ended(), user=OuterRef("pk"))
    condition = Q(Exists(grants.filter(inside)))
    roleless = _roleless(actor)
    if roleless is not None:
        condition |= Q(~Exists(grants), roleless, active=True)
    return User.objects.filter(condition)


def _roleless(actor: Actor) -> Q | None:
    grants = [grant for grant in actor.grants if any(right.value in grant.rights for right in _SEE_ROLELESS)]
    if not grants:
        return None
    units = [grant.unit_path for grant in grants]
    if None in units:
        return Q()
    seen = Q(pk__in=[])
    for low, high in (span(path) for path in units if path):
        seen |= Q(unit__path__gte=low, unit__path__lt=high)
    return seen


def person(actor: Actor, right: Right, user_id: UUID) -> User:
    """The person, locked, all of whose roles lie within the actor's reach by `right`, and who is not dismissed.

    Who cannot be seen is not found; who works elsewhere too is refused. Runs inside the command's transaction.
    """
    require(actor, right)
    user = people(actor, right).select_for_update(of=("self",)).filter(pk=user_id).select_related("unit").first()
    if user is None:
        raise Refusal(KernelError.NOT_FOUND)
    unit_path = user.unit.path if user.unit else None
    areas = RoleGrant.objects.filter(not_ended(), user=user).values_list("area_path", flat=True)
    if not all(actor.covers(right.value, area, unit_path) for area in areas):
        raise no_right(actor, right)
    if not user.active:
        raise Refusal(AccountError.USER_DISMISSED)
    return user


def home_area(user_id: UUID) -> str:
    """The area of all this person's roles for the journal, '' where they differ or there is none."""
    areas = set(RoleGrant.objects.filter(not_ended(), user=user_id).values_list("area_path", flat=True))
    return areas.pop() if len(areas) == 1 else ""


def administers(user_id: UUID) -> bool:
    """Whether this person is, or is about to be, one of the three administrators."""
    codes = [role.code for role in ADMINISTRATORS]
    return RoleGrant.objects.filter(not_ended(), user=user_id, role__in=codes).exists()


def not_oneself(actor: Actor, user_id: UUID) -> None:
    if actor.user_id == user_id:
        raise Refusal(AccountError.NOT_ONESELF)


def manages_unit(actor: Actor, path: str) -> bool:
    """Units stand in no area: who manages them everywhere, or is tied to this unit or one above it. '' is the top."""
    grants = [grant for grant in actor.grants if Right.UNIT_MANAGE.value in grant.rights]
    return any(within(path, grant.unit_path) if grant.unit_path is not None else not grant.area_path
               for grant in grants)


def unit_for_people(actor: Actor, right: Right, code: str) -> Unit | None:
    """The unit in use with this code, for a person to be put into; '' is none. Refuses units out of reach."""
    if not code:
        if all(grant.unit_path is not None for grant in actor.grants if right.value in grant.rights):
            raise Refusal(AccountError.UNIT_UNKNOWN)
        return None
    unit = unit_in_use(code)
    if not any(right.value in grant.rights and (grant.unit_path is None or within(unit.path or "", grant.unit_path))
               for grant in actor.grants):
        raise Refusal(AccountError.UNIT_UNKNOWN)
    return unit


def unit_in_use(code: str) -> Unit:
    """The unit with this code; refuses unknown ones and ones out of use."""
    unit = Unit.objects.filter(code=code).first() if "\0" not in code else None
    if unit is None:
        raise Refusal(AccountError.UNIT_UNKNOWN)
    if not unit.active:
        raise Refusal(AccountError.UNIT_INACTIVE)
    return unit
