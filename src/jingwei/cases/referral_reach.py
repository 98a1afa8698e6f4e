"""Which referrals somebody reaches, as conditions on sendings: their own, those of their unit, and what lies in their area."""

from datetime import datetime
from functools import reduce

from django.db.models import F, Q

from jingwei.accounts.queries import Right, reach
from jingwei.cases import referral as rules
from jingwei.cases.models import Referral, Sending
from jingwei.kernel.actor import Actor

_NONE = Q(pk__in=[])


def receiving(actor: Actor) -> Q:
    """What went to a unit for which they sign, now or before: in the unit itself, see `referral.sides_of`."""
    tied = [grant.unit_path for grant in actor.grants if grant.unit_path and rules.SIGN in grant.rights]
    found = Q(unit_path__in=tied) if tied else _NONE
    return found | Q(unit_id=actor.unit_id) if actor.unit_id is not None and actor.holds(rules.SIGN) else found


def sending(actor: Actor) -> Q:
    """What they sent, or what was sent from their grid post or their unit."""
    found = Q(referral__sent_by=actor.user_id) if actor.user_id is not None else _NONE
    posts = [grant.area_path for grant in actor.grants
             if grant.role == rules.GRID_POST and grant.area_path and rules.SEND in grant.rights]
    if posts:
        found |= Q(referral__from_post__in=posts)
    tied = [grant.unit_path for grant in actor.grants if grant.unit_path and rules.SEND in grant.rights]
    if tied:
        found |= Q(referral__from_post="", referral__from_unit_path__in=tied)
    if actor.unit_id is not None and actor.holds(rules.SEND):
        found |= Q(referral__from_post="", referral__from_unit_id=actor.unit_id)
    return found


def whole(actor: Actor) -> Q | None:
    """What lies in their area, of which everybody there may know that it exists; None: everything."""
    return reach(actor, Right.REFERRAL_READ, area="area_path", unit="unit_path")


def reached(actor: Actor) -> Q:
    """All of it together."""
    inside = whole(actor)
    return Q() if inside is None else inside | receiving(actor) | sending(actor)


def came_to(outcome: str, now: datetime) -> Q:
    """Sendings with an outcome by `now`: the same as `referral.outcome`, for statements."""
    in_time = {name: Q(due_at=None) | Q(due_at__gte=F(name)) for name in ("signed_at", "refused_at", "withdrawn_at")}
    late = {name: Q(due_at__lt=F(name)) for name in in_time}
    open_ = Q(signed_at=None, refused_at=None, withdrawn_at=None)
    taken = Q(signed_at=None, refused_at=None)
    return {
        "signed": Q(signed_at__isnull=False) & in_time["signed_at"], "signed_late": late["signed_at"],
        "refused": Q(signed_at=None, refused_at__isnull=False) & in_time["refused_at"],
        "refused_late": Q(signed_at=None) & late["refused_at"],
        "withdrawn": taken & Q(withdrawn_at__isnull=False) & in_time["withdrawn_at"],
        "waiting": open_ & (Q(due_at=None) | Q(due_at__gte=now)),
        "unsigned": open_ & Q(due_at__lt=now) | taken & late["withdrawn_at"],
    }[outcome]


def any_of(outcomes: list[str], now: datetime) -> Q:
    return reduce(Q.__or__, (came_to(name, now) for name in outcomes), Q())


def known_to(actor: Actor, referral: Referral) -> bool:
    """Whether they may know that it exists: as `referral.sees`, and whoever signs for a unit that had it once."""
    return bool(rules.sees(referral, actor)) or Sending.objects.filter(receiving(actor), referral=referral.id).exists()
