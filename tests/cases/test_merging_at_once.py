"""Two who join the same cases at once: one wins, the other is told in words; never a cycle, nothing half-written."""

from functools import partial

import pytest

from jingwei.cases import commands
from jingwei.cases.commands.leading import leader_number
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, Merged
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal.errors import JournalError
from jingwei.kernel.errors import KernelError
from jingwei.worklist.models import Item
from tests.cases import test_adversity
from tests.cases.test_adversity import together

pytestmark = pytest.mark.django_db(transaction=True)
live = test_adversity.live
LOST = {CaseError.MERGED, CaseError.MOVED_ON, CaseError.NOT_MERGED, JournalError.OVERTAKEN, KernelError.BUSY}
WHY = "不是同一个问题"


def whole() -> None:
    """Every link has a member at rest and a leader that is not led; nothing else is at rest; the journal verifies."""
    links = dict(Merged.objects.values_list("case_id", "leader_id"))
    assert not set(links) & set(links.values())
    for case in Case.objects.all():
        assert (case.state == "merged") == (case.id in links)
        assert ("leads" in case.marks) == (case.id in links.values())
        assert Item.objects.filter(subject=f"case:{case.id}").exists() == (case.state != "merged")
        if case.id in links:
            assert leader_number(case) == Case.objects.get(id=links[case.id]).number
    journal.number_entries()
    assert journaled.verify_journal().ok


@pytest.mark.parametrize("crosswise", [False, True])
def test_two_who_merge_the_same_pair_at_once_are_both_answered_and_only_one_did_it(live, crosswise):
    """Issue, bad input: two acceptors merging the same pair, the same way round and each the other way."""
    for _ in range(5):
        one, other = live.report(), live.report("supervisor2")
        second = (other, one) if crosswise else (one, other)
        told = together(partial(commands.merge, live.act("acceptor"), one, into=other),
                        partial(commands.merge, live.act("leader1"), second[0], into=second[1]))
        assert [each for each in told if each in LOST] == [CaseError.MERGED], told
        link = Merged.objects.get(case_id__in=(one, other))
        assert [entry.verb for entry in journaled.history(f"case:{link.case_id}")] == ["case.reported", "case.merged"]
        assert [entry.verb for entry in journaled.history(f"case:{link.leader_id}")] == ["case.reported", "case.took_in"]
    whole()


def test_three_who_merge_in_a_ring_at_once_leave_one_leader(live):
    for _ in range(4):
        ring = [live.report() for _ in range(3)]
        who = [live.act(login) for login in ("acceptor", "leader1", "acceptor")]
        told = together(*(partial(commands.merge, who[place], ring[place], into=ring[(place + 1) % 3]) for place in range(3)))
        assert [each for each in told if each in LOST] == [CaseError.MERGED], told
        assert Merged.objects.filter(case_id__in=ring).values("leader_id").distinct().count() == 1
    whole()


def test_merging_a_leader_and_letting_go_of_what_it_leads_at_once_leaves_nothing_half_done(live):
    for _ in range(4):
        top, leader, member = (live.report() for _ in range(3))
        commands.merge(live.act("acceptor"), member, into=leader)
        told = together(partial(commands.merge, live.act("leader1"), leader, into=top),
                        partial(commands.unmerge, live.act("acceptor"), member, reason=WHY))
        assert len([each for each in told if each in LOST]) <= 1, told
        assert Case.objects.get(id=leader).state == "merged"
    whole()


def test_merging_a_case_and_taking_a_step_of_it_at_once_does_one_of_them(live):
    for _ in range(4):
        leader, other = live.report(), live.report()
        told = together(partial(commands.merge, live.act("leader1"), other, into=leader),
                        partial(commands.file, live.act("acceptor"), other))
        case = Case.objects.get(id=other)
        assert case.state == "merged", told
    whole()
