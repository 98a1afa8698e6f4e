"""Four kinds of event in a township (AT-24): each by its own flow; kinds that are changed; publicity on two levels."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.cases import commands, flow_book, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.flow_check import check
from jingwei.cases.kind_errors import KindError
from jingwei.cases.kinds import KINDS
from jingwei.cases.models import Case, Publicity, Step
from jingwei.cases.publicity import personal
from jingwei.cases.shipped import flows
from jingwei.catalogue import queries as catalogue
from jingwei.catalogue import shipped as catalogue_shipped
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from tests.cases.conftest import IN_FIRST, IN_VILLAGE, MONDAY_NINE, expect_refusal

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
WORDS = "同意新垦村张某翻建住房，建筑面积 120 平方米。"


def reported(centre, kind, **more):
    return centre.report("villager", at=IN_VILLAGE, kind=kind, **more)


def publicised(centre, **more):
    case_id = reported(centre, "approval", **more)
    commands.submit(centre.act("community"), case_id, text="材料齐全，现场已看")
    commands.approve(centre.act("town"), case_id, text=WORDS)
    return case_id


@pytest.mark.parametrize("code", KINDS)
def test_the_shipped_flows_of_kinds_have_neither_faults_nor_notes(code):
    assert check(flows()[code], catalogue_shipped.stage_limits()) == []


def test_the_four_kinds_each_go_their_own_way(centre):
    """AT-24, CAS-17…20: solved on the spot; replied to the citizen; followed on the scene; publicised at two levels."""
    ordinary = centre.report("villager", at=IN_VILLAGE)
    assert commands.solve(centre.act("villager"), ordinary, text="已当场扶正").state == "closed"

    together = reported(centre, "coordination")
    assert commands.accept(centre.act("community"), together).due_at == MONDAY_NINE + 3 * DAY
    assert commands.feed_back(centre.act("community"), together, text="两家商定共用水渠").state == "fed_back"
    assert commands.note(centre.act("town"), together, text="请当面告诉两家").state == "replying"
    assert commands.reply_to_people(centre.act("community"), together, text="已当面回复").state == "closed"

    sudden = reported(centre, "sudden")
    assert Case.objects.get(id=sudden).due_at == MONDAY_NINE + 15 * MINUTE
    assert commands.dispatch(centre.act("town"), sudden, unit_code="TD").due_at == MONDAY_NINE + 4 * HOUR
    for words in ("树压住电线", "已断电", "树已移开"):
        assert commands.follow_up(centre.act("villager"), sudden, text=words).state == "handling"
    assert commands.feed_back(centre.act("towndept"), sudden, text="已清理").state == "checking"
    commands.check(centre.act("villager"), sudden, passed=True)
    assert commands.close(centre.act("town"), sudden).state == "closed"

    approval = publicised(centre)
    assert Case.objects.get(id=approval).state == "publicising"
    with clock.held_at(MONDAY_NINE + 8 * DAY):
        assert commands.grant(centre.act("town"), approval).state == "closed"
    assert Case.objects.filter(ended_at=None, id__in=[ordinary, together, sudden, approval]).count() == 0


def test_the_town_sends_a_unit_where_the_community_cannot(centre):
    """Coordination passed on to the town: its unit answers, the community still replies."""
    case_id = reported(centre, "coordination")
    commands.accept(centre.act("community"), case_id)
    commands.hand_on(centre.act("community"), case_id, reason="涉及两个村")
    commands.dispatch(centre.act("town"), case_id, unit_code="TD")
    assert commands.feed_back(centre.act("towndept"), case_id, text="已商定").state == "fed_back"
    assert commands.rework(centre.act("town"), case_id, reason="缺一方签字").state == "handling"
    commands.feed_back(centre.act("towndept"), case_id, text="都签了字")
    commands.note(centre.act("town"), case_id)
    with expect_refusal(CaseError.MISSING):
        commands.reply_to_people(centre.act("community"), case_id, text=" ")
    assert commands.reply_to_people(centre.act("community"), case_id, text="已回复").state == "closed"


def test_a_sudden_event_goes_up_to_the_county_at_once_and_is_followed_there(centre):
    case_id = reported(centre, "sudden")
    assert commands.pass_up(centre.act("town"), case_id, reason="需要消防").state == "passed_up"
    assert commands.follow_up(centre.act("villager"), case_id, text="消防已到").state == "passed_up"
    assert commands.feed_back(centre.act("county"), case_id, text="明火已灭").state == "checking"
    assert Case.objects.get(id=case_id).filed_at == MONDAY_NINE


def test_publicity_has_to_run_its_time(centre):
    """CAS-20: five working days; nobody grants before they are over."""
    case_id = publicised(centre)
    assert Case.objects.get(id=case_id).due_at == MONDAY_NINE + 7 * DAY
    with clock.held_at(MONDAY_NINE + 7 * DAY - MINUTE), expect_refusal(KindError.STILL_PUBLIC):
        commands.grant(centre.act("town"), case_id)
    with clock.held_at(MONDAY_NINE + 7 * DAY):
        assert commands.grant(centre.act("town"), case_id).state == "closed"


def test_it_is_shown_at_both_levels_until_it_ends(centre):
    case_id = publicised(centre)
    found = queries.publicised(centre.act("town"))
    assert [(row.level, row.area, row.words, row.days_left, row.shown) for row in found] == [
        ("community", "990101100200", WORDS, 7, True), ("town", "990101100000", WORDS, 7, True)]
    assert {row.case_id for row in found} == {case_id}
    assert [(row.words, row.area) for row in queries.public_notices()] == [(WORDS, "新垦村"), (WORDS, "稻香镇")]
    assert queries.publicised(centre.act("neighbour")) == []
    with clock.held_at(MONDAY_NINE + 7 * DAY):
        assert queries.publicised(centre.act("town")) == [] == queries.public_notices()
        assert [row.shown for row in queries.publicity_of(centre.act("town"), case_id)] == [False, False]


def test_an_objection_takes_it_down_and_a_second_approval_shows_it_anew(centre):
    case_id = publicised(centre)
    assert commands.object_to(centre.act("community"), case_id, reason="邻居反映遮光").state == "reviewing"
    assert queries.publicised(centre.act("town")) == []
    commands.undo(centre.act("community"), case_id)
    assert len(queries.publicised(centre.act("town"))) == 2
    commands.object_to(centre.act("community"), case_id, reason="邻居反映遮光")
    with clock.held_at(MONDAY_NINE + DAY):
        assert commands.approve(centre.act("town"), case_id, text="改为一层").due_at == MONDAY_NINE + 8 * DAY
        assert {row.words for row in queries.publicised(centre.act("town"))} == {"改为一层"}
    assert Publicity.objects.filter(case_id=case_id).count() == 4
    assert [row.shown for row in queries.publicity_of(centre.act("town"), case_id)] == [True, True, False, False]


def test_what_was_told_from_the_scene_stays_told(centre):
    case_id = reported(centre, "sudden")
    commands.dispatch(centre.act("town"), case_id, unit_code="TD")
    commands.follow_up(centre.act("villager"), case_id, text="树压住电线")
    commands.follow_up(centre.act("villager"), case_id, text="树已移开")
    with expect_refusal(CaseError.UNDO_NEVER):
        commands.undo(centre.act("villager"), case_id)
    assert [line["text"] for line in queries.detail(centre.act("town"), case_id).timeline][-2:] == ["树压住电线", "树已移开"]


def test_what_was_published_is_not_taken_back_by_undo(centre):
    case_id = publicised(centre)
    with expect_refusal(CaseError.UNDO_NEVER):
        commands.undo(centre.act("town"), case_id)
    assert Publicity.objects.filter(case_id=case_id, current=True).count() == 2


@pytest.mark.parametrize("words", ["联系电话 13800001111", "身份证 110101199003078515", "请找 张 三丰 办理"])
def test_what_names_somebody_is_not_published(centre, words):
    case_id = reported(centre, "approval", contact_name="张三丰", contact_phone="13800001111")
    commands.submit(centre.act("community"), case_id, text="材料齐全")
    with expect_refusal(KindError.PERSONAL):
        commands.approve(centre.act("town"), case_id, text=words)
    assert not Publicity.objects.exists()
    assert Case.objects.get(id=case_id).state == "reviewing"


def test_a_contact_of_one_sign_or_none_forbids_no_words():
    assert personal("张家村公示", "张") is None
    assert personal(WORDS) is None


def test_publishing_takes_no_more_statements_than_a_step_may(centre):
    """B1, B3: ten; the list two beside signing in, whatever its length."""
    case_id = reported(centre, "approval")
    commands.submit(centre.act("community"), case_id, text="材料齐全")
    town = centre.act("town")
    with CaptureQueriesContext(connection, ) as taken:
        commands.approve(town, case_id, text=WORDS)
    assert len(taken) <= 12, [each["sql"] for each in taken]  # with the two that a test's transaction adds
    publicised(centre)
    with CaptureQueriesContext(connection) as read:
        assert len(queries.publicised(town)) == 4
    assert len(read) == 2


def test_a_place_without_levels_knows_no_kinds(centre):
    with expect_refusal(KindError.NO_KINDS):
        centre.report("supervisor", at=IN_FIRST, kind="sudden")
    with expect_refusal(KindError.UNKNOWN_KIND):
        reported(centre, "miracle")
    assert queries.kinds_for(centre.act("supervisor")) == []
    for login in ("villager", "community", "town", "county", "acceptor"):
        assert [kind.code for kind in queries.kinds_for(centre.act(login))] == list(KINDS)


def test_changing_the_kind_begins_another_flow_and_another_clock(centre):
    case_id = centre.report("villager", at=IN_VILLAGE)
    with clock.held_at(MONDAY_NINE + HOUR):
        taken = commands.change_kind(centre.act("town"), case_id, kind="sudden")
        assert taken.due_at == MONDAY_NINE + HOUR + 15 * MINUTE
    case = Case.objects.get(id=case_id)
    assert (case.profile, case.profile_version, case.state, case.step) == ("sudden", flows()["sudden"].version, "reported", 2)
    stay = Step.objects.get(case_id=case_id)
    assert (stay.action, stay.due_at) == ("change_kind", MONDAY_NINE + DAY)
    assert [line["said"] for line in queries.detail(centre.act("town"), case_id).timeline] == ["上报了问题", "更改事件类别"]
    with expect_refusal(KindError.SAME_KIND):
        commands.change_kind(centre.act("town"), case_id, kind="sudden")
    commands.change_kind(centre.act("community"), case_id, kind="")
    assert Case.objects.get(id=case_id).profile == "township"


def test_once_accepted_the_kind_stays(centre):
    case_id = reported(centre, "coordination")
    commands.accept(centre.act("community"), case_id)
    with expect_refusal(CaseError.NOT_NOW):
        commands.change_kind(centre.act("community"), case_id, kind="approval")
    other = reported(centre, "coordination")
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.change_kind(centre.act("villager"), other, kind="approval")


def test_a_case_of_a_kind_keeps_its_version(centre):
    case = Case.objects.get(id=reported(centre, "approval"))
    assert flow_book.of(case) == flows()["approval"]
    assert catalogue.book(generations()).stage_limit("publicity", case.area_path) is not None
