"""Mediation beside a case: begun with its team, meetings, an agreement, visits; who reads what; nothing personal in clear."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import users
from jingwei.cases import commands, queries
from jingwei.cases.commands import Beginning, Concluding, Party, SessionHeld, TeamSet, VisitMade
from jingwei.cases.errors import CaseError
from jingwei.cases.mediation_errors import MediationError
from jingwei.cases.models import Case, Mediation, MediationVisit, Mediator
from jingwei.files import queries as files
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.grids import commands as grids
from jingwei.journal import queries as journaled
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_VILLAGE, MONDAY_NINE, expect_refusal
from tests.files.pictures import PDF, photo

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
PARTIES = (Party("applicant", "甲示例", "13800138000"), Party("respondent", "乙示例", note="隔壁院"))


@pytest.fixture
def village(centre):
    """A dispute in the village, and its mediation team: two of the village and a lawyer who has no post at all."""
    boss = accounts.operator()
    centre.ids["lawyer"] = users.create(boss, "lawyer", "律师示例")
    team = grids.make_team(boss, "mediation", "新垦调解服务队", [centre.areas["990101100200"]], since=TODAY)
    for login, function in (("community", "head"), ("villager", "deputy_head"), ("lawyer", "lawyer")):
        grids.join_team(boss, team, centre.ids[login], function, since=TODAY)
    ensure_key()
    return centre


def dispute(village):
    return village.report("villager", at=IN_VILLAGE, text="两家为院墙排水争执", place="新垦村 3 组")


def begun(village, login="town", **more):
    """A mediation by the village's team, begun by the town's office; returns its id."""
    values = {"matter": "neighbours", "people": [village.ids[one] for one in ("community", "villager", "lawyer")], "parties": PARTIES} | more
    case_id = values.pop("case_id", None) or dispute(village)
    return commands.mediate(village.act(login), case_id, Beginning(id=values.pop("id", None) or new_id(), **values)).id


def held(village, mediation_id, login="community", **more):
    values = {"at": MONDAY_NINE, "result": "again", "text": "双方各说了情况", "place": "村委会调解室"} | more
    return commands.hold_session(village.act(login), mediation_id, SessionHeld(**values))


def settled(village, mediation_id, **more):
    values = {"outcome": "settled", "text": "乙方十日内改好排水，甲方让出半米", "visits": [TODAY + 30 * DAY, TODAY + 60 * DAY]} | more
    return commands.conclude_mediation(village.act("community"), mediation_id, Concluding(**values))


def one(village, login, mediation_id):
    return queries.mediation_detail(village.act(login), mediation_id)


def test_a_dispute_goes_its_whole_way(village):
    """MED-01, MED-10: begun, two meetings, settled, visited twice, over; the case keeps its state and clock."""
    mediation_id = begun(village)
    case = Case.objects.get()
    before = (case.state, case.due_at, case.step)
    assert case.marks == "|mediation|"
    held(village, mediation_id, next_at=MONDAY_NINE + 2 * DAY)
    held(village, mediation_id, result="agreed", people=[village.ids["community"], village.ids["lawyer"]])
    settled(village, mediation_id)
    told = one(village, "lawyer", mediation_id)
    assert (told.mediation["state_name"], told.mediation["outcome_name"], Case.objects.get().marks) == ("回访中", "达成协议", "|visits|")
    assert [(row["number"], row["result_name"], row["people"]) for row in told.sessions] == [
        (1, "再约时间", ["community示例"]), (2, "谈成了", ["community示例", "律师示例"])]
    assert [(row["outcome_name"], row["form_name"], row["agreed_on"], row["text"]) for row in told.conclusions] == [
        ("达成协议", "书面协议", "2026-11-23", "乙方十日内改好排水，甲方让出半米")]
    commands.visit(village.act("villager"), mediation_id, VisitMade(1, "kept"))
    assert one(village, "lawyer", mediation_id).mediation["state"] == "visiting"
    commands.visit(village.act("villager"), mediation_id, VisitMade(2, "partly", text="排水还差一段"))
    told = one(village, "town", mediation_id)
    assert (told.mediation["state"], [row["result_name"] for row in told.visits]) == ("ended", ["已履行", "部分履行"])
    case = Case.objects.get()
    assert ((case.state, case.due_at, case.step), case.marks) == (before, "|mediated|")
    assert [entry.verb for entry in journaled.history(f"case:{case.id}")] == [
        "case.reported", "case.mediation_opened", "case.mediation_session_held", "case.mediation_session_held", "case.mediation_concluded",
        "case.mediation_visited", "case.mediation_visited"]
    assert not Item.objects.filter(subject__startswith="mediation:").exists()
    assert not Item.objects.filter(kind="visit_after").exists()


def test_parties_and_words_are_sealed_and_in_no_entry_and_no_column(village):
    """Names, numbers, terms and what was said lie under a key of the mediation alone."""
    mediation_id = begun(village)
    held(village, mediation_id, text="甲示例说 13900139000 可以作证")
    settled(village, mediation_id)
    commands.visit(village.act("community"), mediation_id, VisitMade(1, "broken", text="乙示例没有动工"))
    commands.resume_mediation(village.act("community"), mediation_id, reason="乙示例不认账")
    kept = " ".join(entry.data.decode() if isinstance(entry.data, bytes) else str(entry.data) for entry in Entry.objects.all())
    columns = " ".join(str(row) for row in [*Mediation.objects.values(), *Case.objects.values(), *Item.objects.values()])
    for word in ("甲示例", "乙示例", "13800138000", "13900139000", "排水，甲方", "隔壁院", "作证", "不认账", "动工"):
        assert word not in kept + columns, word
    told = one(village, "community", mediation_id)
    assert "13900139000" not in told.sessions[0]["text"]
    assert "可以作证" in told.sessions[0]["text"]
    assert [row["text"] for row in told.changes] == ["乙示例不认账"]
    assert journaled.unseal(f"mediation:{mediation_id}", bytes(Mediation.objects.get().private))["parties"][0]["name"] == "甲示例"


def test_only_the_mediators_and_whoever_took_it_in_read_it(village):
    """Everybody else sees that there is one."""
    mediation_id = begun(village)
    held(village, mediation_id)
    for login, reads in (("town", True), ("community", True), ("lawyer", True), ("boss", False), ("admin", False), ("county", False)):
        told = one(village, login, mediation_id)
        assert told.mediation["reads"] is reads, login
        assert [bool(part) for part in (told.parties, told.sessions)] == [reads, reads], login
        assert told.mediation["parties"] == 2
        assert [row["name"] for row in told.people] == ["community示例", "villager示例", "律师示例"]
        assert "reveal" in [row["deed"] for row in told.deeds] if reads else "reveal" not in [row["deed"] for row in told.deeds]
    with expect_refusal(MediationError.NOT_YOURS):
        commands.reveal_parties(village.act("boss"), mediation_id, reason="想看看")
    for login in ("neighbour", "supervisor"):
        with expect_refusal(KernelError.NOT_FOUND):
            one(village, login, mediation_id)
        with expect_refusal(KernelError.NOT_FOUND):
            held(village, mediation_id, login)
    with expect_refusal(KernelError.NOT_FOUND):
        queries.detail(village.act("lawyer"), Case.objects.get().id)  # of the case itself the lawyer sees nothing more


def test_revealing_the_parties_asks_why_and_is_written_down(village):
    mediation_id = begun(village)
    with expect_refusal(MediationError.MISSING):
        commands.reveal_parties(village.act("community"), mediation_id, reason="  ")
    found = commands.reveal_parties(village.act("community"), mediation_id, reason="约时间")
    assert [(row["name"], row["phone"], row["note"]) for row in found["parties"]] == [("甲示例", "13800138000", ""), ("乙示例", "", "隔壁院")]
    last = journaled.history(f"case:{Case.objects.get().id}")[-1]
    assert (last.verb, last.actor) == ("case.mediation_revealed", village.ids["community"])
    assert one(village, "community", mediation_id).parties == [
        {"role": "applicant", "role_name": "申请人"}, {"role": "respondent", "role_name": "被申请人"}]


def test_the_team_over_the_place_is_proposed_and_nobody_from_elsewhere_may_mediate(village):
    """STF-11: teams of the grid first; others in a post there may be added."""
    case_id = dispute(village)
    found = queries.mediation_choices(village.act("town"), case_id)
    (team,) = found["teams"]
    assert [(row["name"], row["function_name"]) for row in team["members"]] == [
        ("community示例", "队长"), ("villager示例", "副队长"), ("律师示例", "律师")]
    assert "towndept示例" in [row["name"] for row in found["others"]]
    assert "community示例" not in [row["name"] for row in found["others"]]
    assert (found["low"], found["high"]) == (3, 5)
    with expect_refusal(MediationError.NOT_A_MEDIATOR):
        begun(village, case_id=case_id, people=[village.ids["neighbour"]])
    with expect_refusal(CaseError.WRONG_ROLE):
        queries.mediation_choices(village.act("boss"), case_id)


def test_whoever_leaves_the_mediation_reads_it_no_more(village):
    mediation_id = begun(village, "community")
    commands.set_mediators(village.act("town"), mediation_id, TeamSet(
        [village.ids["towndept"], village.ids["villager"]], level="town", kind="administrative", reason="村里谈不拢"))
    told = one(village, "towndept", mediation_id)
    assert (told.mediation["level_name"], told.mediation["kind_name"], [row["name"] for row in told.people if row["lead"]]) == (
        "镇街", "行政调解", ["towndept示例"])
    assert not one(village, "town", mediation_id).mediation["reads"]  # changing the team lets nobody in
    with expect_refusal(KernelError.NOT_FOUND):
        one(village, "lawyer", mediation_id)
    assert Mediator.objects.filter(until=None).count() == 2
    assert Mediator.objects.count() == 4
    with expect_refusal(MediationError.LEAD_OUTSIDE):
        commands.set_mediators(village.act("town"), mediation_id, TeamSet(
            [village.ids["towndept"]], lead=village.ids["lawyer"], reason="换人"))


def test_what_is_due_waits_for_the_one_in_charge(village):
    """The next meeting, later each visit on its day; a lawyer without a post finds it under their own."""
    mediation_id = begun(village)
    assert [row["kind"] for row in queries.other_due(village.act("community"))] == ["mediation"]
    assert queries.other_due(village.act("villager")) == []
    assert Item.objects.get(kind="mediation").due_at.date() == TODAY + 30 * DAY  # people's mediation: usually within a month
    held(village, mediation_id, next_at=MONDAY_NINE + DAY)
    assert Item.objects.get(kind="mediation").due_at == MONDAY_NINE + DAY
    settled(village, mediation_id)
    assert [row.due_at.date() for row in Item.objects.filter(kind="visit_after").order_by("due_at")] == [TODAY + 30 * DAY, TODAY + 60 * DAY]
    (due,) = queries.other_due(village.act("community"))
    assert (due["kind"], due["count"], due["late"]) == ("visit_after", 2, 0)
    commands.set_mediators(village.act("community"), mediation_id, TeamSet([village.ids["lawyer"]], reason="移交律师"))
    assert queries.other_due(village.act("community")) == []
    assert [row.id for row in queries.list_mediations(village.act("lawyer")).rows] == [mediation_id]


def test_the_list_tells_disputes_within_reach_and_never_a_party(village):
    first, second = begun(village), begun(village, "community", matter="land")
    rows = queries.list_mediations(village.act("boss"), tab="open").rows
    assert [(row.id, row.mine, row.matter_name) for row in rows] == [(second, False, "山林土地纠纷"), (first, False, "邻里纠纷")]
    assert queries.list_mediations(village.act("boss")).rows == []
    assert [row.id for row in queries.list_mediations(village.act("town"), tab="mine").rows] == [first]
    assert [row.id for row in queries.list_mediations(village.act("boss"), tab="open", matter="land").rows] == [second]
    page = queries.list_mediations(village.act("boss"), tab="open", limit=1)
    assert [row.id for row in queries.list_mediations(village.act("boss"), tab="open", after=page.next, limit=1).rows] == [first]
    assert "甲示例" not in str(rows)
    settled(village, first, visits=[])
    assert [row.id for row in queries.list_mediations(village.act("boss"), tab="ended").rows] == [first]
    assert queries.list_mediations(village.act("neighbour"), tab="open").rows == []
    for more in ({"tab": "people"}, {"matter": "nobody"}):
        with expect_refusal(CaseError.UNKNOWN_FILTER):
            queries.list_mediations(village.act("boss"), **more)
    for after in ("x", "MQ", "é"):
        with expect_refusal(CaseError.UNKNOWN_PAGE):
            queries.list_mediations(village.act("boss"), after=after)


def test_a_list_and_a_detail_cost_few_statements_however_many_there_are(village):
    ids = [begun(village) for _ in range(4)]
    for mediation_id in ids:
        held(village, mediation_id)
        settled(village, mediation_id)
    actor = village.act("community")
    with CaptureQueriesContext(connection, ) as seen:
        assert len(queries.list_mediations(actor).rows) == 4
    assert len(seen) <= 3
    with CaptureQueriesContext(connection) as seen:
        queries.mediation_detail(actor, ids[0])
    assert len(seen) <= 8


def test_only_documents_come_with_it_and_only_its_readers_open_them(village):
    """The agreement is encrypted where it lies; of a photo a copy would lie in clear."""
    mediation_id = begun(village)
    paper = add(village.act("community"), PDF, "调解协议书.pdf")
    picture = add(village.act("community"), photo(40, 30), "协议.jpg")
    with expect_refusal(MediationError.NOT_DOCUMENT):
        settled(village, mediation_id, files=[picture.id])
    settled(village, mediation_id, files=[paper.id])
    assert [(row["name"], row["deed"]) for row in one(village, "lawyer", mediation_id).files] == [("调解协议书.pdf", "conclude")]
    assert b"".join(queries.open_mediation_file(village.act("lawyer"), mediation_id, paper.id).chunks) == PDF
    for login, file_id in (("boss", paper.id), ("lawyer", picture.id)):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.open_mediation_file(village.act(login), mediation_id, file_id)
    assert queries.files_in_use({paper.id, picture.id}) == {paper.id}
    assert files.of_ids([paper.id])


@pytest.mark.parametrize(("outcome", "said"), [
    ("failed", "没有达成协议"), ("withdrawn", "当事人不再调解"), ("court", "转由法院处理"), ("arbitration", "转由仲裁处理")])
def test_without_an_agreement_it_is_over_at_once(village, outcome, said):
    mediation_id = begun(village)
    with expect_refusal(MediationError.MISSING):
        settled(village, mediation_id, outcome=outcome, text="")
    settled(village, mediation_id, outcome=outcome, text="双方愿意起诉")
    told = one(village, "community", mediation_id)
    assert (told.mediation["state"], told.mediation["outcome_name"], told.visits) == ("ended", said, [])
    assert Case.objects.get().marks == "|mediated|"


def test_an_agreement_that_is_not_kept_is_taken_up_again(village):
    """The visits still due are dropped, the earlier agreement stays told."""
    mediation_id = begun(village)
    settled(village, mediation_id)
    commands.visit(village.act("community"), mediation_id, VisitMade(1, "broken", text="没有动工"))
    commands.resume_mediation(village.act("community"), mediation_id, reason="不履行")
    assert Case.objects.get().marks == "|mediation|"
    assert list(MediationVisit.objects.order_by("number").values_list("result", flat=True)) == ["broken", "dropped"]
    assert not Item.objects.filter(kind="visit_after").exists()
    assert Item.objects.filter(kind="mediation").exists()
    settled(village, mediation_id, outcome="partly", visits=[TODAY])
    told = one(village, "community", mediation_id)
    assert [row["outcome_name"] for row in told.conclusions] == ["达成协议", "部分达成协议"]
    assert [(row["number"], row["result_name"]) for row in told.visits] == [(1, "没有履行"), (2, "不再回访"), (3, "")]


def test_where_nobody_was_met_the_next_day_is_set(village):
    mediation_id = begun(village)
    settled(village, mediation_id, visits=[TODAY + DAY])
    with clock.held_at(MONDAY_NINE + 3 * DAY):
        assert one(village, "community", mediation_id).visits[0]["late"]
        with expect_refusal(MediationError.NEXT_NEEDED):
            commands.visit(village.act("community"), mediation_id, VisitMade(1, "not_met"))
        commands.visit(village.act("community"), mediation_id, VisitMade(1, "not_met", next_on=TODAY + 5 * DAY))
        with expect_refusal(MediationError.NO_SUCH_VISIT):
            commands.visit(village.act("community"), mediation_id, VisitMade(1, "kept"))
        assert one(village, "community", mediation_id).mediation["state"] == "visiting"


LATER = MONDAY_NINE + timedelta(hours=1)


@pytest.mark.parametrize(("deed", "more", "reason"), [
    ("mediate", {"matter": "weather"}, MediationError.UNKNOWN_CHOICE), ("mediate", {"kind": "private"}, MediationError.UNKNOWN_CHOICE),
    ("mediate", {"level": "moon"}, MediationError.UNKNOWN_CHOICE), ("mediate", {"people": []}, MediationError.MISSING),
    ("mediate", {"parties": []}, MediationError.MISSING), ("mediate", {"parties": [Party("applicant", " ")]}, MediationError.MISSING),
    ("mediate", {"parties": [Party("king", "甲示例")]}, MediationError.UNKNOWN_CHOICE),
    ("mediate", {"parties": [Party("other", "甲示例")] * 21}, MediationError.TOO_MANY),
    ("mediate", {"parties": [Party("other", "长" * 61)]}, CaseError.TOO_LONG),
    ("mediate", {"people": [new_id() for _ in range(21)]}, MediationError.TOO_MANY),
    ("session", {"result": "perhaps"}, MediationError.UNKNOWN_CHOICE), ("session", {"text": ""}, MediationError.MISSING),
    ("session", {"text": "\0"}, MediationError.MISSING), ("session", {"text": "甲\0"}, CaseError.BAD_TEXT),
    ("session", {"at": LATER}, MediationError.BAD_DAY), ("session", {"at": MONDAY_NINE - 2000 * DAY}, MediationError.BAD_DAY),
    ("session", {"at": MONDAY_NINE.replace(tzinfo=None)}, CaseError.NO_ZONE),
    ("session", {"next_at": MONDAY_NINE - DAY}, MediationError.BAD_DAY), ("session", {"people": [new_id()]}, MediationError.NOT_A_MEDIATOR),
    ("conclude", {"outcome": "won"}, MediationError.UNKNOWN_CHOICE), ("conclude", {"form": "song"}, MediationError.UNKNOWN_CHOICE),
    ("conclude", {"text": " "}, MediationError.MISSING), ("conclude", {"agreed_on": TODAY + DAY}, MediationError.BAD_DAY),
    ("conclude", {"visits": [TODAY - DAY]}, MediationError.BAD_DAY), ("conclude", {"visits": [date.max]}, MediationError.BAD_DAY),
    ("conclude", {"visits": [TODAY + n * DAY for n in range(13)]}, MediationError.TOO_MANY)])
def test_what_does_not_fit_is_refused_in_words_and_leaves_nothing(village, deed, more, reason):
    case_id = dispute(village)
    mediation_id = None if deed == "mediate" else begun(village, case_id=case_id)
    before = Entry.objects.count()
    with expect_refusal(reason) as caught:
        if deed == "mediate":
            begun(village, case_id=case_id, **more)
        elif deed == "session":
            held(village, mediation_id, **more)
        else:
            settled(village, mediation_id, **more)
    assert caught.value
    assert Entry.objects.count() == before


def test_an_agreement_needs_two_parties(village):
    mediation_id = begun(village, parties=PARTIES[:1])
    with expect_refusal(MediationError.TWO_SIDES):
        settled(village, mediation_id)
    commands.set_parties(village.act("town"), mediation_id, PARTIES)
    settled(village, mediation_id)


def test_a_case_has_one_mediation_and_a_deed_its_time(village):
    case_id = dispute(village)
    mediation_id = begun(village, case_id=case_id)
    with expect_refusal(CaseError.NOT_NOW):
        begun(village, case_id=case_id)
    with expect_refusal(MediationError.NOT_NOW):
        commands.visit(village.act("community"), mediation_id, VisitMade(1, "kept"))
    with expect_refusal(MediationError.NOT_YOURS):
        held(village, mediation_id, "town")  # took it in, does not mediate
    settled(village, mediation_id, visits=[])
    for deed in (lambda: held(village, mediation_id), lambda: settled(village, mediation_id)):
        with expect_refusal(MediationError.NOT_NOW):
            deed()
    with expect_refusal(KernelError.NOT_FOUND):
        one(village, "town", new_id())
    with expect_refusal(KernelError.NOT_FOUND):
        queries.mediation_of_case(village.act("town"), dispute(village))
    assert queries.mediation_of_case(village.act("town"), case_id).mediation["id"] == mediation_id


def test_visits_go_on_after_the_case_is_over(village):
    """What is promised is looked after for months; the case's clock does not wait for it."""
    mediation_id = begun(village)
    settled(village, mediation_id)
    case_id = Case.objects.get().id
    commands.refuse(village.act("town"), case_id, reason="已由调解处理")
    commands.visit(village.act("community"), mediation_id, VisitMade(1, "kept"))
    commands.visit(village.act("community"), mediation_id, VisitMade(2, "kept"))
    assert (Case.objects.get().state, Case.objects.get().marks) == ("refused", "|mediated|")


def test_a_dispute_as_a_kind_of_event_is_answered_once_it_was_mediated(village):
    """CAS-22, MED-10: reported in the village, accepted, mediated, told to the town, answered; a month for it."""
    case_id = village.report("villager", at=IN_VILLAGE, kind="mediation", text="两家为院墙排水争执")
    assert commands.accept(village.act("community"), case_id).due_at.date() == TODAY + 30 * DAY
    with expect_refusal(MediationError.NO_RESULT):
        commands.feed_back(village.act("community"), case_id, text="已劝说")
    mediation_id = begun(village, "community", case_id=case_id)
    with expect_refusal(MediationError.NO_RESULT):
        commands.feed_back(village.act("community"), case_id, text="已劝说")
    assert "feed_back" not in [row["action"] for row in queries.detail(village.act("community"), case_id).actions]
    settled(village, mediation_id)
    assert commands.feed_back(village.act("community"), case_id, text="双方达成协议").state == "fed_back"
    assert commands.note(village.act("town"), case_id).state == "replying"
    assert commands.reply_to_people(village.act("community"), case_id, text="已告知双方").state == "closed"
    assert queries.other_due(village.act("community"))[0]["kind"] == "visit_after"  # visits go on


def test_what_the_village_cannot_settle_goes_to_the_town_and_to_a_department(village):
    """MED-07, MED-08: village, town and department linked; taken up again there, the case's unit answers."""
    case_id = village.report("villager", at=IN_VILLAGE, kind="mediation", text="两家为院墙排水争执")
    commands.accept(village.act("community"), case_id)
    mediation_id = begun(village, "community", case_id=case_id)
    commands.hand_on(village.act("community"), case_id, reason="两次没谈成")
    commands.dispatch(village.act("town"), case_id, unit_code="TD")
    commands.set_mediators(village.act("town"), mediation_id, TeamSet([village.ids["towndept"]], level="department", reason="转环保办"))
    held(village, mediation_id, "towndept", result="agreed")
    commands.conclude_mediation(village.act("towndept"), mediation_id, Concluding("settled", "限期改排水", form="oral"))
    assert commands.feed_back(village.act("towndept"), case_id, text="已谈成").state == "fed_back"
