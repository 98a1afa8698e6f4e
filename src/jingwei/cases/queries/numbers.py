"""Numbers of cases, for logs that name cases to those who may not read them. A number tells county, day and order."""

from uuid import UUID

from jingwei.cases.models import Case


def numbers_of(ids: set[UUID]) -> dict[UUID, str]:
    """The number of each case by its id."""
    return dict(Case.objects.filter(id__in=ids).values_list("id", "number"))


def id_of_number(number: str) -> UUID | None:
    """The case with this number."""
    return Case.objects.filter(number=number).values_list("id", flat=True).first() if "\0" not in number else None
