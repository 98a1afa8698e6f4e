"""Who sits at which seat. The people of the scripted centre, and a township beside it."""

from tests.journeys.centre.cast import COUNTY, OTHER_TOWN, PEOPLE, Person

TOWNSHIP = (
    Person("office1", ("town_officer",), OTHER_TOWN, "SC"), Person("village1", ("community_officer",), OTHER_TOWN, "SZ"),
    Person("county1", ("county_officer",), COUNTY, "CC"), Person("chief1", ("leader",)))
_PERSON = {who.login: who for who in (*PEOPLE, *TOWNSHIP)}

SEATS: dict[str, tuple[str, ...]] = {
    "acceptors": ("acceptor1", "acceptor2"),
    "dispatcher": ("dispatcher1",),
    "shift leader": ("leader1",),
    "units": ("jt.1", "jt1.1", "sz.1", "hb.1", "dw.1"),
    "workers": ("worker1", "worker2", "worker3", "town2"),
    "residents": (),
    "township": ("office1", "village1", "county1"),
}
"""Seat → who works there. Residents have no account: they write, send and are called."""


def person(login: str) -> Person:
    return _PERSON[login]
