"""The table of referrals with signature, and how a sending came out."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from jingwei.cases import referral
from jingwei.cases.referral import RECEIVER, SENDER, decide, outcome, possible, rate, rate_words, sees, sides_of
from jingwei.kernel.actor import Actor, Grant

DUE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(hours=1), DUE + timedelta(hours=1)
ONE, OTHER = UUID(int=1), UUID(int=2)

ALLOWED = {  # state: what the sender may do, what the receiving unit may do
    "sent": ({"pass_on", "end"}, {"sign", "refuse"}),
    "signed": ({"pass_on", "end"}, {"answer"}),
    "refused": ({"pass_on", "end"}, set()),
    "answered": ({"pass_on", "end"}, set()),
    "ended": (set(), set()),
}


@pytest.mark.parametrize("state", referral.STATES)
def test_each_side_may_do_what_the_table_says_and_nothing_else(state):
    sender, receiver = ALLOWED[state]
    assert set(possible(state, frozenset({SENDER}))) == sender
    assert set(possible(state, frozenset({RECEIVER}))) == receiver
    assert possible(state, frozenset()) == []
    for deed in referral.DEEDS:
        assert decide(state, deed, frozenset()) == "side"
    assert decide(state, "burn", frozenset({SENDER, RECEIVER})) == "unknown"


def test_from_every_state_there_is_a_way_to_the_end():
    for state in referral.OPEN:
        assert "end" in possible(state, frozenset({SENDER}))


@dataclass
class Sent:
    due_at: datetime | None = DUE
    signed_at: datetime | None = None
    refused_at: datetime | None = None
    withdrawn_at: datetime | None = None


@pytest.mark.parametrize(("sent", "now", "came"), [
    (Sent(), BEFORE, "waiting"), (Sent(), DUE, "waiting"), (Sent(), AFTER, "unsigned"),
    (Sent(signed_at=DUE), AFTER, "signed"), (Sent(signed_at=AFTER), AFTER, "signed_late"),
    (Sent(refused_at=BEFORE), AFTER, "refused"), (Sent(refused_at=AFTER), AFTER, "refused_late"),
    (Sent(withdrawn_at=BEFORE), AFTER, "withdrawn"), (Sent(withdrawn_at=AFTER), AFTER, "unsigned"),
    (Sent(due_at=None), AFTER, "waiting"), (Sent(due_at=None, signed_at=AFTER), AFTER, "signed"),
    (Sent(signed_at=BEFORE, withdrawn_at=AFTER), AFTER, "signed"),
])
def test_what_a_sending_came_to(sent, now, came):
    """PB-03: what was signed after its limit stays late, what was taken back after it stays unsigned."""
    assert outcome(sent, now) == came
    if now == AFTER and came != "waiting":
        assert outcome(sent, AFTER + timedelta(days=400)) == came


@pytest.mark.parametrize(("counts", "share", "said"), [
    ({}, None, "未报送"), ({"signed": 0}, None, "未报送"), ({"unsigned": 3}, 0.0, "0%"), ({"signed": 2}, 100.0, "100%"),
    ({"signed": 1, "signed_late": 2}, 100 / 3, "33.3%"), ({"waiting": 2}, None, "未到期"), ({"refused": 1}, None, "不计"),
    ({"withdrawn": 1}, None, "不计"), ({"signed": 1, "refused_late": 1, "waiting": 5, "refused": 5}, 50.0, "50%"),
])
def test_the_rate_says_what_is_owed_and_never_zero_for_what_was_not_reported(counts, share, said):
    """AT-27, BUL-06: no report at all is a finding of its own."""
    assert rate(counts) == pytest.approx(share) if share is not None else rate(counts) is None
    assert rate_words(counts) == said


@dataclass
class Stand:
    sent_by: UUID | None = ONE
    handled_by: UUID | None = None
    from_unit_id: int | None = 7
    from_unit_path: str = "7/"
    from_post: str = ""
    unit_id: int = 9
    unit_path: str = "8/9/"
    area_path: str = "1/2/3/"


def actor(user=OTHER, *grants, unit_id=None):
    return Actor(user, "x", tuple(Grant(role, area, frozenset(rights), unit) for role, area, rights, unit in grants),
                 unit_id=unit_id)


BOTH = ("referral.send", "referral.sign")


@pytest.mark.parametrize(("stand", "person", "sides", "level"), [
    (Stand(), actor(ONE, ("handler", "1/", BOTH, None)), {SENDER}, "all"),
    (Stand(), actor(ONE, ("handler", "1/", BOTH, "8/9/"), unit_id=9), {SENDER}, "all"),  # nobody signs what they sent
    (Stand(), actor(OTHER, ("handler", "1/", BOTH, None), unit_id=7), {SENDER}, "all"),
    (Stand(from_post="1/2/"), actor(OTHER, ("handler", "1/", BOTH, None), unit_id=7), set(), ""),
    (Stand(from_post="1/2/"), actor(OTHER, ("supervisor", "1/2/", BOTH[:1], None)), {SENDER}, "all"),
    (Stand(from_post="1/2/"), actor(OTHER, ("supervisor", "1/", BOTH[:1], None)), set(), ""),  # another post
    (Stand(), actor(OTHER, ("handler", "1/", BOTH, "8/9/")), {RECEIVER}, "all"),
    (Stand(), actor(OTHER, ("handler", "1/", BOTH, "8/"), unit_id=8), set(), ""),  # the bureau above
    (Stand(), actor(OTHER, ("handler", "1/", BOTH, "8/9/10/")), set(), ""),        # the team below
    (Stand(), actor(OTHER, ("handler", "5/", BOTH, None), unit_id=9), {RECEIVER}, "all"),
    (Stand(), actor(OTHER, ("leader", "1/", ("referral.read",), None), unit_id=9), set(), "outline"),
    (Stand(), actor(OTHER, ("leader", "1/3/", ("referral.read",), None)), set(), ""),
    (Stand(handled_by=OTHER), actor(OTHER, ("handler", "1/", BOTH, "8/9/"), unit_id=7), {RECEIVER}, "all"),
    (Stand(from_unit_id=None, from_unit_path=""), actor(OTHER, ("handler", "1/", BOTH, None)), set(), ""),
])
def test_who_stands_where_and_reads_what(stand, person, sides, level):
    """SEC-07: the words are for whoever sent it and whoever signs for it."""
    assert sides_of(stand, person) == sides
    assert sees(stand, person) == level


def test_every_category_has_a_name_and_fits_its_column():
    for code, row in referral.categories().items():
        assert code == row.code
        assert row.name
        assert row.name_en
        assert len(code) <= 20
    assert set(referral.offered("tenancy, health,")) == {"tenancy", "health"}
    assert referral.offered("") == referral.categories()
