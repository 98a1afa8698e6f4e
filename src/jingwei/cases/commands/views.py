"""Saved views: a person's own filters under names, on every desk they sign in at."""

from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db import transaction

from jingwei.cases.errors import CaseError
from jingwei.cases.models import SavedView
from jingwei.cases.words import blank, checked, without_numbers
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.kernel.wording import Words

MOST = 50
_NAME, _QUERY = 60, 1000


def kept(name: str, query: str) -> tuple[str, str]:
    """Name and filters as they are kept: numbers of people are in neither."""
    if blank(name):
        raise Refusal(CaseError.MISSING, action=Words("保存筛选", "save the filter"), what=Words("名称", "name"))
    name = without_numbers(checked(name, "名称", _NAME), {})[:_NAME]
    query = checked(query, "筛选条件", _QUERY).removeprefix("?")
    told = parse_qsl(query, keep_blank_values=True)
    masked = [(field, without_numbers(value, {}) if field == "words" else value) for field, value in told]
    return name, query if masked == told else urlencode(masked)[:_QUERY]


def save_view(actor: Actor, name: str, query: str) -> UUID:
    """Keep filters under a name; under a name used before they take the place of the old ones."""
    name, query = kept(name, query)
    if actor.user_id is None:
        raise Refusal(KernelError.NOT_FOUND)
    with transaction.atomic(savepoint=False):
        own = SavedView.objects.filter(user=actor.user_id)
        if own.filter(name=name).update(query=query):
            return own.values_list("id", flat=True).get(name=name)
        if own.count() >= MOST:
            raise Refusal(CaseError.VIEWS_FULL, most=MOST)
        return SavedView.objects.create(id=new_id(), user=actor.user_id, name=name, query=query).id


def drop_view(actor: Actor, view_id: UUID) -> None:
    """Forget one of one's own views."""
    with transaction.atomic(savepoint=False):
        if actor.user_id is None or not SavedView.objects.filter(id=view_id, user=actor.user_id).delete()[0]:
            raise Refusal(KernelError.NOT_FOUND)
