"""Referral with signature (C6): passed to a unit, signed for or given back, answered, ended; who reads what."""

from datetime import timedelta

import orjson
import pytest
from django.db import transaction
from django.test import Client

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import grants, units, users
from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, queries
from jingwei.cases.commands import Referring
from jingwei.cases.errors import CaseError
from jingwei.cases.events import ReferralEvent
from jingwei.cases.models import Case, Referral, ReferralFile, Sending
from jingwei.cases.queries import ReferralFilter
from jingwei.cases.referral_errors import ReferralError
from jingwei.catalogue.commands import set_setting, set_stage_limit
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.grids.models import Area
from jingwei.journal import commands as journal
from jingwei.journal import queries as journaled
from jingwei.journal import readers
from jingwei.journal.models import Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import AT_SEA, IN_FIRST, MONDAY_NINE, NEXT_DOOR, expect_refusal
from tests.files.pictures import photo

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORDS = "房东王示例未登记新租客，电话 13800138000"


@pytest.fixture
def town(centre):
    """柳溪派出所 with two officers, 柳溪司法所 with one, 空挂办 with nobody; two who share a grid post."""
    boss = accounts.operator()
    for code, name, parent in (("PSB", "示例区公安分局", ""), ("PS", "柳溪派出所", "PSB"), ("JS", "柳溪司法所", ""), ("KG", "空挂办", "")):
        units.create(boss, code, name, parent_code=parent)
    for login, unit, area in (("officer", "PS", "990101"), ("officer2", "PS", "990101"), ("bureau", "PSB", "990101"),
                              ("justice", "JS", "990101")):
        centre.ids[login] = users.create(boss, login, f"{login}示例", unit_code=unit)
        grants.give(boss, centre.ids[login], "handler", area, unit_code=unit)
    centre.ids["mate"] = users.create(boss, "mate", "mate示例", unit_code="VC")
    grants.give(boss, centre.ids["mate"], "supervisor", "990101001")
    ensure_key()
    return centre


def send(town, login="supervisor", unit="PS", **more):
    values = {"text": WORDS, "place": "枫林路 12 号 301", "category": "tenancy", "lon": IN_FIRST[0], "lat": IN_FIRST[1]} | more
    values = {"id": new_id(), "unit_code": unit} | values
    return commands.refer(town.act(login), Referring(**values)).id


def unit_id(code):
    unit = accounts.unit_by_code(code)
    assert unit is not None
    return unit.id


def client(town, login):
    """Signed in anew where a test before moved the clock past the session's end."""
    town.act(login)
    return town.client(login)


def one(town, login, referral_id):
    return queries.referral_detail(town.act(login), referral_id)


def lines(town, login, **wanted):
    return queries.list_referrals(town.act(login), ReferralFilter(**wanted)).rows


def data(referral_id):
    return [(entry.verb, orjson.loads(entry.data)) for entry in journaled.history(f"referral:{referral_id}")]


def test_sent_signed_answered_and_ended(town):
    """C6: the whole way, with both clocks of the category by working time."""
    referral_id = send(town)
    sent = Sending.objects.get(referral=referral_id)
    assert sent.due_at == MONDAY_NINE + DAY                      # 1 working day
    assert [line.id for line in lines(town, "officer", tab="sign")] == [referral_id]
    with clock.held_at(MONDAY_NINE + HOUR):
        signed = commands.sign_referral(town.act("officer"), referral_id)
    assert (signed.state, signed.due_at) == ("signed", MONDAY_NINE + HOUR + 7 * DAY)  # 5 working days
    commands.answer_referral(town.act("officer2"), referral_id, text="已上门登记，租客 1 人")
    assert [line.id for line in lines(town, "supervisor", tab="back")] == [referral_id]
    told = one(town, "supervisor", referral_id)
    assert [deed["deed"] for deed in told.deeds] == ["pass_on", "end"]
    assert told.timeline[-1]["text"] == "已上门登记，租客 1 人"
    commands.end_referral(town.act("supervisor"), referral_id)
    told = one(town, "officer", referral_id)
    assert told.referral["state"] == "ended"
    assert told.deeds == []
    assert [verb for verb, _ in data(referral_id)] == [f"referral.{verb}" for verb in ("sent", "signed", "answered", "ended")]


def test_signed_after_the_limit_stays_late_for_ever(town):
    """PB-03: red in the lists of both sides, told once to both, and 逾期签收 whatever comes later."""
    referral_id = send(town)
    with clock.held_at(MONDAY_NINE + 2 * DAY):
        assert commands.tell_unsigned() == 1
        assert commands.tell_unsigned() == 0
        for login in ("supervisor", "officer", "boss"):
            line = next(line for line in lines(town, login) if line.id == referral_id)
            assert (line.late, line.red, line.outcome_name) == (True, True, "逾期未签收")
        assert queries.referral_counts(town.act("officer"))["sign"] == {"count": 1, "late": 1}
        assert queries.other_due(town.act("officer")) == [
            {"kind": "referral_sign", "name": "报送待签收", "to": "/referrals?tab=sign", "count": 1, "late": 1}]
        assert queries.other_due(town.act("acceptor")) == queries.other_due(town.act("handler")) == []
        assert queries.referral_counts(town.act("supervisor"))["sent"] == {"count": 1, "late": 1}
        assert {row.subject: row.kind for row in Item.objects.all()} == {
            f"referral:{referral_id}": "referral_sign", f"referral:{referral_id}:unsigned": "referral_unsigned"}
        commands.sign_referral(town.act("officer"), referral_id)
    assert [row.kind for row in Item.objects.all()] == ["referral_answer"]
    commands.answer_referral(town.act("officer"), referral_id, text="已登记")
    commands.end_referral(town.act("supervisor"), referral_id)
    with clock.held_at(MONDAY_NINE + 300 * DAY):
        line = lines(town, "supervisor", tab="sent")[0]
        assert (line.outcome_name, line.red, line.late) == ("逾期签收", True, False)
    assert data(referral_id)[1] == ("referral.overdue", {
        "unit": Referral.objects.get().unit_id, "sending": 1, "due_at": "2026-11-24T01:00:00+00:00"})
    assert not Item.objects.exists()


def test_given_back_it_goes_elsewhere_with_a_new_clock(town):
    """The unit that gave it back keeps knowing that it was, and no more; the next one gets its own time."""
    referral_id = send(town, category="dispute")
    with expect_refusal(ReferralError.MISSING):
        commands.refuse_referral(town.act("officer"), referral_id, reason="\u200b")
    commands.refuse_referral(town.act("officer"), referral_id, reason="属民间纠纷，请送司法所")
    assert [line.id for line in lines(town, "supervisor", tab="back")] == [referral_id]
    with clock.held_at(MONDAY_NINE + 3 * DAY):
        commands.pass_on_referral(town.act("supervisor"), referral_id, unit_code="JS")
        assert Sending.objects.get(current=True).due_at == MONDAY_NINE + 4 * DAY
    assert [(row.number, row.current) for row in Sending.objects.order_by("number")] == [(1, False), (2, True)]
    assert one(town, "justice", referral_id).referral["text"].startswith("房东王示例")
    before = one(town, "officer", referral_id)
    assert (before.referral["reads"], before.referral["text"], before.deeds) == (False, "", [])
    assert [row["outcome"] for row in before.sendings] == ["refused", "waiting"]
    with expect_refusal(ReferralError.WRONG_SIDE):
        commands.sign_referral(town.act("officer"), referral_id)


def test_taken_back_or_sent_elsewhere_while_nobody_signs(town):
    """No referral gets stuck, and what had run late before stays unsigned."""
    early, late = send(town), send(town)
    with expect_refusal(ReferralError.MISSING):
        commands.end_referral(town.act("supervisor"), early)
    commands.end_referral(town.act("supervisor"), early, reason="租客已自行登记")
    with clock.held_at(MONDAY_NINE + 2 * DAY):
        commands.tell_unsigned()
        with expect_refusal(ReferralError.SAME_UNIT):
            commands.pass_on_referral(town.act("supervisor"), late, unit_code="PS", reason="再送")
        commands.pass_on_referral(town.act("supervisor"), late, unit_code="JS", reason="无人签收")
        outcomes = {(line.id, line.sending): line.outcome for line in lines(town, "boss", month="2026-11")}
    assert outcomes == {(early, 1): "withdrawn", (late, 1): "unsigned", (late, 2): "waiting"}


def test_an_urgent_one_is_signed_for_within_half_an_hour_whatever_the_time(town):
    with clock.held_at(MONDAY_NINE + 12 * HOUR):
        send(town, urgency="urgent", category="hazard")
    assert Sending.objects.get().due_at == MONDAY_NINE + 12 * HOUR + timedelta(minutes=30)


def test_limits_are_settings_of_the_place_and_none_means_no_clock(town):
    path = accounts.operator()
    set_stage_limit(path, "referral_sign_tenancy", None, area_code="990101001000")
    send(town)
    assert Sending.objects.get().due_at is None
    assert commands.tell_unsigned() == 0


PEOPLE = {  # who: what they may know of one that 柳溪社区's grid worker sent to 柳溪派出所
    "supervisor": "all", "supervisor2": "all", "officer": "all", "officer2": "all",
    "boss": "outline", "admin": "outline", "acceptor": "outline", "leader1": "outline", "dispatcher": "outline",
    "county": "outline",
    "mate": "", "villager": "", "handler": "", "bureau": "", "justice": "", "town": "", "community": "", "neighbour": "",
    "neighbourworker": "", "sysadmin": "",
}


def test_only_the_two_sides_read_it_and_who_has_no_part_in_it_does_not_learn_that_it_exists(town):
    """SEC-07: by people with names. Outside is answered as what does not exist."""
    file_id = add(town.act("supervisor"), photo(40, 30), "现场.jpg").id
    referral_id = send(town, contact_name="王示例", contact_phone="13800138000", files=[file_id])
    secret = ("王示例", "13800138000", "301", "supervisor示例", "现场.jpg")
    nothing = client(town, "boss").get(f"/api/referrals/{new_id()}")
    for login, level in PEOPLE.items():
        person = client(town, login)
        answer = person.get(f"/api/referrals/{referral_id}")
        listed = [row for row in person.get("/api/referrals").json()["rows"] if row["id"] == str(referral_id)]
        picture = person.get(f"/api/referrals/{referral_id}/files/{file_id}")
        with transaction.atomic():
            opened = person.post(f"/api/referrals/{referral_id}/contact", {"reason": "核对"}, content_type="application/json")
            transaction.set_rollback(True)
        told = answer.content.decode() + str(listed)
        if level == "all":
            assert [word in told for word in ("〔电话1〕", "301")] == [True, True], login
            assert picture.status_code == 200, login
            assert "13800138000" not in told, login
            assert opened.json()["contact"] == {"name": "王示例", "phone": "13800138000"}, login
        elif level == "outline":
            assert (answer.status_code, len(listed), picture.status_code, opened.status_code) == (200, 1, 404, 403), login
            assert not any(word in told for word in secret), login
            assert {"柳溪派出所", "租赁登记"} <= {listed[0]["unit_name"], listed[0]["category_name"]}, login
        else:
            assert (listed, picture.status_code, opened.status_code) == ([], 404, 404), login
            assert (answer.status_code, answer.content) == (nothing.status_code, nothing.content), login


def test_nothing_of_it_stands_in_the_journal_or_in_the_list_of_what_is_due(town):
    referral_id = send(town, contact_name="王示例", contact_phone="13800138000")
    commands.refuse_referral(town.act("officer"), referral_id, reason="王示例不住这里")
    commands.reveal_referral(town.act("supervisor"), referral_id, reason="回访王示例")
    entries = str([entry.data for entry in Entry.objects.filter(subject=f"referral:{referral_id}")])
    due = str(list(Item.objects.values()))
    assert not any(word in entries + due for word in ("王示例", "138", "301", "枫林路"))
    assert one(town, "supervisor", referral_id).timeline[1]["text"] == "王示例不住这里"
    stored = Referral.objects.get()
    assert "138" not in stored.text
    assert stored.phone_tail_hash


def test_numbers_in_a_reason_join_the_sealed_ones(town):
    referral_id = send(town, text="请登记")
    commands.refuse_referral(town.act("officer"), referral_id, reason="请打 13900139000")
    assert one(town, "supervisor", referral_id).timeline[-1]["text"] == "请打 〔电话1〕"
    told = commands.reveal_referral(town.act("supervisor"), referral_id, reason="联系")
    assert told == {"numbers": {"〔电话1〕": "13900139000"}}
    with expect_refusal(ReferralError.MISSING):
        commands.reveal_referral(town.act("supervisor"), referral_id, reason=" ")
    with expect_refusal(AccountError.NO_RIGHT):
        commands.reveal_referral(town.act("boss"), referral_id, reason="看看")


def test_nobody_signs_what_they_sent_or_ends_what_they_answered(town):
    """Duties apart, also for somebody with posts on both sides."""
    boss = accounts.operator()
    town.ids["both"] = users.create(boss, "both", "both示例", unit_code="JS")
    for unit in ("PS", "JS"):
        grants.give(boss, town.ids["both"], "handler", "990101", unit_code=unit)
    own = commands.refer(town.act("both"), Referring(id=new_id(), category="order", unit_code="TD", text="巡逻", area="990101001"))
    assert one(town, "both", own.id).deeds[0]["deed"] == "pass_on"
    theirs = send(town, "justice", area="990101001", lon=None, lat=None)
    commands.sign_referral(town.act("both"), theirs)
    commands.answer_referral(town.act("both"), theirs, text="已办")
    with expect_refusal(ReferralError.WRONG_SIDE):
        commands.end_referral(town.act("both"), theirs)
    commands.end_referral(town.act("justice"), theirs)


@pytest.mark.parametrize(("more", "reason"), [
    ({"unit_code": "NOPE"}, ReferralError.UNKNOWN_UNIT), ({"unit_code": "\0"}, ReferralError.UNKNOWN_UNIT),
    ({"unit_code": ""}, ReferralError.MISSING), ({"unit_code": "KG"}, ReferralError.NOBODY_SIGNS),
    ({"category": "gossip"}, ReferralError.UNKNOWN_CATEGORY), ({"category": "\0"}, ReferralError.UNKNOWN_CATEGORY),
    ({"text": " \u200b"}, ReferralError.MISSING), ({"text": "字" * 4001}, CaseError.TOO_LONG),
    ({"text": "租\x00"}, CaseError.BAD_TEXT), ({"urgency": "now"}, ReferralError.UNKNOWN_URGENCY),
    ({"found_at": MONDAY_NINE + DAY}, CaseError.BAD_TIME), ({"found_at": (MONDAY_NINE - DAY).replace(tzinfo=None)}, CaseError.NO_ZONE),
    ({"lon": None}, ReferralError.NO_PLACE), ({"lon": None, "area": "990102"}, ReferralError.UNKNOWN_AREA),
    ({"lon": None, "area": "\0"}, ReferralError.UNKNOWN_AREA), ({"lon": float("nan")}, CaseError.BAD_PLACE),
    ({"lon": AT_SEA[0], "lat": AT_SEA[1]}, CaseError.NO_AREA), ({"lon": NEXT_DOOR[0], "lat": NEXT_DOOR[1]}, ReferralError.OUTSIDE),
    ({"files": [new_id()]}, CaseError.UNKNOWN_FILE), ({"case_id": new_id()}, KernelError.NOT_FOUND),
    ({"contact_phone": "1" * 41}, CaseError.TOO_LONG), ({"place": "号" * 257}, CaseError.TOO_LONG),
])
def test_what_cannot_be_sent_is_refused_in_words_and_leaves_nothing(town, more, reason):
    with expect_refusal(reason):
        send(town, **more)
    assert not Referral.objects.exists()
    assert not Entry.objects.filter(verb="referral.sent").exists()


def test_a_retired_unit_ones_own_and_one_that_nobody_staffs(town):
    """Warned in words; who confirms may still send to a unit that nobody staffs yet."""
    units.deactivate(accounts.operator(), unit_id("KG"))
    with expect_refusal(ReferralError.UNIT_RETIRED):
        send(town, unit="KG")
    with expect_refusal(ReferralError.OWN_UNIT):
        send(town, "officer", area="990101001", lon=None)
    units.activate(accounts.operator(), unit_id("KG"))
    assert Referral.objects.filter(id=send(town, unit="KG", anyway=True)).exists()
    offered = queries.referral_choices(town.act("supervisor"), "990101001")
    assert {row["code"]: row["signs"] for row in offered["units"]}["KG"] is False
    assert {row["code"]: row["signs"] for row in offered["units"]}["PS"] is True
    assert offered["categories"][0]["sign"] == "1 工作日"


def test_a_unit_that_is_retired_with_open_referrals_does_not_hold_them(town):
    referral_id = send(town)
    commands.sign_referral(town.act("officer"), referral_id)
    for login in ("officer", "officer2"):
        users.dismiss(accounts.operator(), town.ids[login])
    units.deactivate(accounts.operator(), unit_id("PS"))
    commands.pass_on_referral(town.act("supervisor2"), referral_id, unit_code="JS", reason="派出所撤并")
    commands.sign_referral(town.act("justice"), referral_id)
    assert Referral.objects.get().state == "signed"


def test_a_place_offers_the_categories_that_its_setting_names(town):
    set_setting(accounts.operator(), "referral_categories", "dispute,health", area_code="990101001000")
    with expect_refusal(ReferralError.UNKNOWN_CATEGORY):
        send(town)
    assert [row["code"] for row in queries.referral_choices(town.act("supervisor"), "990101001001")["categories"]] == ["dispute", "health"]


def test_the_same_request_twice_is_one_referral(town):
    """Idempotent by key; the same id under another key is refused in words."""
    person, body = client(town, "supervisor"), {
        "id": str(new_id()), "category": "tenancy", "unit_code": "PS", "text": "未登记", "lon": IN_FIRST[0], "lat": IN_FIRST[1]}

    def post(key):
        with transaction.atomic():
            answer = person.post("/api/referrals", body, content_type="application/json", headers={"Idempotency-Key": key})
            transaction.set_rollback(answer.status_code != 201)
        return answer
    first = post("key-of-the-phone-1")
    assert first.status_code == 201
    assert post("key-of-the-phone-1").content == first.content
    again = post("key-of-the-phone-2")
    assert (again.status_code, again.json()["code"]) == (409, "referral.exists")
    assert Referral.objects.count() == Sending.objects.count() == 1
    misspelt = person.post("/api/referrals", {**body, "unit": "PS"}, content_type="application/json")
    assert misspelt.status_code == 400
    assert "接口说明" in misspelt.json()["detail"]


def test_from_a_case_the_case_says_so_and_shows_no_words(town):
    """The mark costs no statement; the panel asks for what was referred."""
    case_id = town.report()
    referral_id = send(town, "acceptor", case_id=case_id, lon=None, lat=None)
    told = queries.detail(town.act("boss"), case_id)
    assert told.case["marks"] == ["referred"]
    assert (told.timeline[-1]["verb"], told.timeline[-1]["unit_name"]) == ("case.referred", "柳溪派出所")
    assert "refer" in [deed["deed"] for deed in queries.detail(town.act("acceptor"), case_id).beside]
    shown = queries.referrals_of_case(town.act("boss"), case_id)
    assert [(line.id, line.text, line.from_name) for line in shown] == [(referral_id, "", "监督中心")]
    assert queries.referrals_of_case(town.act("acceptor"), case_id)[0].text.startswith("房东")
    assert one(town, "acceptor", referral_id).referral["case"]["number"] == Case.objects.get().number
    assert one(town, "officer", referral_id).referral["case"] is None  # of the case itself they see nothing
    with expect_refusal(KernelError.NOT_FOUND):
        queries.referrals_of_case(town.act("neighbour"), case_id)
    commands.refuse(town.act("acceptor"), case_id, reason="重复")
    with expect_refusal(CaseError.NOT_NOW):
        send(town, "acceptor", case_id=case_id)


def test_two_who_sign_at_once_sign_once(town):
    referral_id = send(town)
    commands.sign_referral(town.act("officer"), referral_id)
    with expect_refusal(ReferralError.WRONG_STATE):
        commands.sign_referral(town.act("officer2"), referral_id)
    assert [verb for verb, _ in data(referral_id)] == ["referral.sent", "referral.signed"]


def test_a_photo_of_an_answer_goes_to_the_sender_and_is_in_use(town):
    referral_id = send(town)
    commands.sign_referral(town.act("officer"), referral_id)
    file_id = add(town.act("officer"), photo(40, 30), "回执.jpg").id
    commands.answer_referral(town.act("officer"), referral_id, text="已登记", files=[file_id])
    assert [row["name"] for row in one(town, "supervisor", referral_id).files] == ["回执.jpg"]
    assert queries.open_referral_file(town.act("supervisor"), referral_id, file_id).size
    assert queries.files_in_use({file_id}) == {file_id}
    assert ReferralFile.objects.get().deed == "answer"


@pytest.mark.parametrize("asked", [
    "tab=mine", "state=x", "category=x", "urgency=x", "outcome=x", "area=990102", "area=%00", "unit=%00", "unit=NOPE", "month=2026-13",
    "month=2027-01", "month=%EF%BC%92026-11", "after=%E4%B8%AD", "after=MS4y", "limit=x"])
def test_an_odd_question_is_refused_by_code(town, asked):
    send(town)
    answer = client(town, "supervisor").get(f"/api/referrals?{asked}")
    assert answer.status_code in (200, 400, 422)
    assert (answer.status_code == 200 or answer.json()["code"])
    if asked not in ("after=MS4y",):
        assert answer.status_code != 200


def test_a_list_goes_on_where_the_page_before_ended_and_costs_the_same(town, django_assert_max_num_queries):
    ids = [send(town) for _ in range(5)]
    first = queries.list_referrals(town.act("officer"), ReferralFilter(), limit=3)
    actor = town.act("officer")
    with django_assert_max_num_queries(2):
        rest = queries.list_referrals(actor, ReferralFilter(), after=first.next, limit=3)
    assert [line.id for line in (*first.rows, *rest.rows)] == ids[::-1]
    assert rest.next is None
    with django_assert_max_num_queries(1):
        assert queries.referral_counts(actor)["sign"]["count"] == 5
    with django_assert_max_num_queries(10):
        queries.referral_detail(actor, ids[0])


def test_the_due_rows_of_referrals_do_not_disturb_the_list_of_cases(town):
    """The list of what waits holds cases alone, and a hand-over of cases leaves referrals where they are."""
    send(town)
    commands.refuse_referral(town.act("officer"), Referral.objects.get().id, reason="非本辖区")
    case_id = town.report()
    assert [row.id for row in queries.todo(town.act("acceptor")).rows] == [case_id]
    assert queries.todo(town.act("supervisor")).rows == []
    district = Area.objects.get(code="990101000000").path
    assert queries.held_by(town.ids["supervisor"], district) == []
    assert commands.pass_on(town.act("admin"), town.ids["supervisor"], district, (), None) == []
    assert Item.objects.filter(kind="referral_returned", person=town.ids["supervisor"]).exists()


def test_it_follows_a_unit_that_is_moved(town):
    """Both sides keep reading it, and what is due stays with the unit."""
    referral_id = send(town)
    units.move(accounts.operator(), unit_id("PS"), "")
    journal.number_entries()
    while readers.step():
        pass
    path = accounts.unit_paths({unit_id("PS")})[unit_id("PS")]
    referral, sending = Referral.objects.get(), Sending.objects.get()
    assert [referral.unit_path, sending.unit_path, Item.objects.get().unit_path] == [path] * 3
    assert [line.id for line in lines(town, "officer", tab="sign")] == [referral_id]
    commands.sign_referral(town.act("officer"), referral_id)


def test_every_verb_of_referrals_is_written_here(town):
    referral_id = send(town)
    with clock.held_at(MONDAY_NINE + 2 * DAY):
        commands.tell_unsigned()
    commands.refuse_referral(town.act("officer"), referral_id, reason="转司法所")
    commands.pass_on_referral(town.act("supervisor"), referral_id, unit_code="JS")
    commands.reveal_referral(town.act("justice"), referral_id, reason="联系")
    commands.sign_referral(town.act("justice"), referral_id)
    commands.answer_referral(town.act("justice"), referral_id, text="已调解")
    commands.end_referral(town.act("supervisor"), referral_id)
    assert {verb for verb, _ in data(referral_id)} == {event.value for event in ReferralEvent} - {"case.referred"}


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get("/api/referrals").status_code == 401
