"""Closed cases looked at again by a sample that anybody can draw again (SMP-04, CHK; issue part verify and check)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import users
from jingwei.cases import commands, queries
from jingwei.cases import sampling_cases as rules
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Case, CaseFile, CaseSample, Recheck
from jingwei.cases.sampling_errors import SamplingError
from jingwei.files.commands import add
from jingwei.files.keys import ensure_key
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import ErrorCode, KernelError
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.closed_cases import close_many
from tests.cases.conftest import GARBAGE, MONDAY_NINE, VENDOR, Centre, expect_refusal
from tests.files.pictures import photo

pytestmark = pytest.mark.django_db
ONE, TWO = MONDAY_NINE + timedelta(hours=1), MONDAY_NINE + timedelta(hours=2)


@pytest.fixture
def later(centre: Centre) -> Iterator[Centre]:
    """An hour after what was closed in the morning."""
    ensure_key()
    with clock.held_at(ONE):
        yield centre


def closed(centre: Centre, **more: Any) -> UUID:
    """Reported and checked by supervisor, closed by leader1."""
    with clock.held_at(MONDAY_NINE):
        case_id = centre.checked(**more)
        commands.close(centre.act("leader1"), case_id)
    return case_id


def announce(centre: Centre, who: str = "boss", size: int = 3, **more: Any) -> UUID:
    made = commands.announce_sample(centre.act(who), commands.Announcing(
        **({"id": new_id(), "area": "990101", "since": MONDAY_NINE - timedelta(days=300), "until": ONE, "size": size} | more)))
    return made.id


def drawn(centre: Centre, who: str = "boss", size: int = 3, **more: Any) -> UUID:
    sample_id = announce(centre, who, size, **more)
    with clock.held_at(ONE + timedelta(minutes=5)):
        commands.draw_sample(centre.act(who), sample_id)
    return sample_id


def one(sample_id: UUID) -> Recheck:
    return Recheck.objects.get(sample_id=sample_id)


def test_a_closed_case_is_announced_drawn_and_looked_at_by_somebody_who_had_no_part_in_it(later: Centre) -> None:
    case_id = closed(later)
    sample_id = announce(later)
    announced = queries.case_sample(later.act("boss"), sample_id)
    assert (announced.sample.population, announced.sample.state, announced.seed, announced.shown) == (1, "announced", "", False)
    assert len(announced.commitment) == 64
    assert not Recheck.objects.exists()
    assert not Item.objects.filter(kind="recheck").exists()

    with clock.held_at(TWO):
        made = commands.draw_sample(later.act("boss"), sample_id)
    assert rules.digest(made.seed) == announced.commitment
    assert made.unassigned == 0
    row = one(sample_id)
    assert (row.case_id, row.person) == (case_id, later.ids["supervisor2"]), "supervisor reported and checked it"
    assert {"kind": "recheck", "name": "抽查待复核", "to": "/samples?show=mine", "count": 1, "late": 0} in queries.other_due(later.act("supervisor2"))
    for login in ("supervisor", "leader1", "boss", "handler"):
        assert not any(due["kind"] == "recheck" for due in queries.other_due(later.act(login))), login
    waiting, = queries.my_rechecks(later.act("supervisor2"))
    assert (waiting.case_id, waiting.closing, waiting.unassigned) == (case_id, "清理", False)

    sent = add(later.act("supervisor2"), photo(40, 30), "复核.jpg")
    state = commands.give_result(later.act("supervisor2"), row.id, outcome="wrong", text="垃圾还在，请打 13700001111", files=[sent.id])
    assert state == "finished"
    assert not Item.objects.filter(kind="recheck").exists()
    case = Case.objects.get(id=case_id)
    assert (case.state, case.marks) == ("closed", "|recheck_wrong|")
    assert CaseFile.objects.get(case_id=case_id).file_id == sent.id
    entry = history(f"case:{case_id}")[-1]
    assert entry.verb == "case.recheck_wrong"
    assert "13700001111" not in entry.data + one(sample_id).text
    told = queries.rechecks_of_case(later.act("handler"), case_id)
    assert [(line.outcome_name, line.files) for line in told] == [("不合格", [str(sent.id)])]
    assert [entry.verb for entry in history(f"case_sample:{sample_id}")] == ["case_sample.announced", "case_sample.drawn", "case_sample.finished"]


def test_a_wrong_one_is_opened_again_by_the_shift_leader_and_by_nobody_else(later: Centre) -> None:
    case_id = closed(later)
    sample_id = drawn(later)
    commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome="wrong", text="垃圾还在")
    assert queries.case_sample(later.act("leader1"), sample_id).rows[0].deeds == ["reopen"]
    assert queries.case_sample(later.act("boss"), sample_id).rows[0].deeds == []
    commands.reopen(later.act("leader1"), case_id, reason="抽查不合格")
    after = queries.case_sample(later.act("leader1"), sample_id).rows[0]
    assert (after.deeds, after.case_state, after.outcome) == ([], "filed", "wrong")


def test_anybody_recomputes_the_draw_and_a_change_behind_its_back_is_found(later: Centre) -> None:
    close_many(60)
    sample_id = drawn(later, size=7, by="unit")
    found = queries.check_sample(later.act("handler"), sample_id)
    assert (found.sound, [proof.name for proof in found.proofs]) == (True, ["名单", "先公告，后抽取", "种子", "抽取"])
    sample = CaseSample.objects.get(id=sample_id)
    frame = queries.sample_frame(later.act("boss"), sample_id)
    assert rules.digest(frame.decode()) == sample.digest
    numbers = sorted(Recheck.objects.filter(sample=sample).values_list("case__number", flat=True))
    assert rules.drawn(rules.read_frame(frame.decode()), 7, sample.seed, "unit") == numbers

    other = Case.objects.exclude(number__in=numbers).first()
    Recheck.objects.filter(sample=sample, place=1).update(case=other)
    assert [proof.name for proof in queries.check_sample(later.act("boss"), sample_id).proofs if not proof.holds] == ["抽取"]
    CaseSample.objects.filter(id=sample_id).update(frame=rules.packed("\n".join(frame.decode().split("\n")[1:])))
    assert "名单" in [proof.name for proof in queries.check_sample(later.act("boss"), sample_id).proofs if not proof.holds]


def test_a_public_source_is_named_before_it_is_known(later: Centre) -> None:
    closed(later)
    for source_at in (None, ONE, ONE - timedelta(hours=1)):
        with expect_refusal(SamplingError.SAMPLE_BAD):
            announce(later, source="11月24日开奖号码", source_at=source_at)
    sample_id = announce(later, source="11月24日开奖号码", source_at=TWO)
    with expect_refusal(SamplingError.SAMPLE_EARLY):
        commands.draw_sample(later.act("boss"), sample_id, seed="03 11 19 21 27 30 + 08")
    with clock.held_at(TWO):
        for seed in ("", "  ", "两\n行"):
            with expect_refusal(SamplingError.SAMPLE_SEED):
                commands.draw_sample(later.act("boss"), sample_id, seed=seed)
        commands.draw_sample(later.act("boss"), sample_id, seed=" 03 11 19 21 27 30 + 08 ")
    told = queries.case_sample(later.act("boss"), sample_id)
    assert (told.seed, told.way_name, told.commitment) == ("03 11 19 21 27 30 + 08", "以后公布的公开信息", "")
    assert queries.check_sample(later.act("boss"), sample_id).sound


def test_a_secret_that_no_longer_fits_draws_nothing(later: Centre) -> None:
    """The keys of the installation were changed."""
    closed(later)
    sample_id = announce(later)
    CaseSample.objects.filter(id=sample_id).update(commitment="0" * 64)
    with expect_refusal(SamplingError.SAMPLE_SEED_LOST):
        commands.draw_sample(later.act("boss"), sample_id)
    assert CaseSample.objects.get(id=sample_id).state == "announced"


def test_what_was_opened_again_after_the_announcement_is_kept_on_the_sheet_and_counts_for_nothing(later: Centre) -> None:
    first, second = closed(later), closed(later)
    sample_id = announce(later)
    commands.reopen(later.act("leader1"), first, reason="反映人不满意")
    commands.draw_sample(later.act("boss"), sample_id)
    assert dict(Recheck.objects.values_list("case_id", "outcome")) == {first: "reopened", second: ""}
    commands.give_result(later.act("supervisor2"), Recheck.objects.get(case_id=second).id, outcome="right")
    told = queries.case_sample(later.act("boss"), sample_id)
    assert (told.sample.state, told.whole.share, told.whole.reopened) == ("finished", "100.00", 1)
    assert Case.objects.get(id=second).marks == "|rechecked|"


def test_where_nobody_of_the_place_is_free_those_above_find_somebody_or_look_themselves(later: Centre) -> None:
    case_id = closed(later)
    users.dismiss(accounts.operator(), later.ids["supervisor2"])
    sample_id = announce(later)
    assert commands.draw_sample(later.act("boss"), sample_id).unassigned == 1
    row = one(sample_id)
    assert [due.unassigned for due in queries.my_rechecks(later.act("boss"))] == [True]
    assert queries.my_rechecks(later.act("supervisor")) == []
    assert queries.recheck_workers(later.act("boss"), row.id) == []
    with expect_refusal(SamplingError.RECHECK_PART):
        commands.hand_recheck(later.act("boss"), row.id, later.ids["supervisor"])
    with expect_refusal(SamplingError.RECHECK_NO_WORKER):
        commands.hand_recheck(later.act("boss"), row.id, later.ids["villager"])
    with expect_refusal(SamplingError.RECHECK_PART):
        commands.give_result(later.act("leader1"), row.id, outcome="right")
    assert queries.case_sample(later.act("leader1"), sample_id).rows[0].deeds == ["hand"], "leader1 closed it"
    assert commands.give_result(later.act("boss"), row.id, outcome="unclear", text="已下雪，看不出来") == "finished"
    assert Case.objects.get(id=case_id).marks == ""


def test_a_task_is_handed_to_another_worker_who_had_no_part(later: Centre) -> None:
    closed(later)
    sample_id = drawn(later)
    row = one(sample_id)
    assert [(who.name, who.open) for who in queries.recheck_workers(later.act("leader1"), row.id)] == [("supervisor2示例", 1)]
    commands.hand_recheck(later.act("leader1"), row.id, later.ids["supervisor2"])
    assert history(f"case_sample:{sample_id}")[-1].verb == "case_sample.task_handed"
    for login in ("supervisor", "villager", "dispatcher"):
        with expect_refusal(SamplingError.RECHECK_OTHERS, KernelError.NOT_FOUND):
            commands.give_result(later.act(login), row.id, outcome="right")
    assert one(sample_id).outcome == ""


@pytest.mark.parametrize(("heir", "to"), [("supervisor2", "supervisor2"), ("supervisor", None), ("villager", None), (None, None)])
def test_who_leaves_a_grid_leaves_the_re_checks_to_the_heir_or_to_those_above(later: Centre, heir: str | None, to: str | None) -> None:
    """STF-13: an heir who had a part in the case, or works elsewhere, does not look."""
    closed(later)
    sample_id = drawn(later)
    leaving = users.create(accounts.operator(), "leaving", "leaving示例")
    Recheck.objects.filter(sample_id=sample_id).update(person=leaving)
    Item.objects.filter(kind="recheck").update(person=leaving)
    commands.pass_on(accounts.operator(), leaving, later.act("boss").grants[0].area_path, [], later.ids[heir] if heir else None)
    assert one(sample_id).person == (later.ids[to] if to else None)
    item = Item.objects.get(kind="recheck")
    assert (item.person, "|supervisor|" in item.posts) == (one(sample_id).person, bool(to))
    assert history(f"case_sample:{sample_id}")[-1].verb == "case_sample.task_handed"


def test_until_it_is_over_only_those_who_manage_it_see_which_cases_were_drawn(later: Centre) -> None:
    """So that nobody mends what was drawn before somebody looks."""
    case_id = closed(later)
    sample_id = drawn(later)
    for login in ("handler", "dispatcher", "acceptor", "county"):
        told = queries.case_sample(later.act(login), sample_id)
        assert (told.shown, told.rows, told.deeds, told.whole.size) == (False, [], [], 1), login
        with expect_refusal(SamplingError.SAMPLE_NOT_NOW):
            queries.sample_frame(later.act(login), sample_id)
    assert not any("sample" in entry.verb or "recheck" in entry.verb for entry in history(f"case:{case_id}"))
    assert Case.objects.get(id=case_id).marks == ""
    commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome="right")
    told = queries.case_sample(later.act("dispatcher"), sample_id)
    assert (told.shown, told.rows[0].person_name) == (True, "")
    assert queries.sample_frame(later.act("dispatcher"), sample_id).startswith(b"990101-2026-")
    for login in ("neighbour", "villager"):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.case_sample(later.act(login), sample_id)
    assert queries.list_case_samples(later.act("neighbour")) == []


def test_figures_by_unit_and_class_with_what_they_prove(later: Centre) -> None:
    close_many(200)
    sample_id = drawn(later, size=40, by="class")
    boss = later.act("boss")
    for place, row in enumerate(Recheck.objects.filter(sample_id=sample_id).order_by("place")):
        commands.give_result(boss, row.id, outcome="wrong" if place % 10 == 0 else "right", text="没有清理干净")
    told = queries.case_sample(boss, sample_id)
    assert (told.whole.size, told.whole.right, told.whole.wrong, told.whole.share) == (40, 36, 4, "90.00")
    assert 78 < float(told.whole.proven) < 79, "the exact one-sided bound"
    assert {figure.code for figure in told.units} == {"HW", "ZF", "YL"}
    for figures in (told.units, told.of_classes):
        assert sum(figure.size for figure in figures) == 40
        assert sum(figure.wrong for figure in figures) == 4
    line, = queries.list_case_samples(boss)
    assert (line.done, line.size, line.share, line.state_name) == (40, 40, "90.00", "已完成")
    assert "合格率 90.00 %" in told.said


def test_a_sample_that_was_stopped_asks_nobody_any_more(later: Centre) -> None:
    closed(later)
    sample_id = drawn(later)
    with expect_refusal(CaseError.MISSING):
        commands.stop_sample(later.act("boss"), sample_id, reason=" ")
    commands.stop_sample(later.act("boss"), sample_id, reason="期间选错了")
    assert not Item.objects.filter(kind="recheck").exists()
    with expect_refusal(SamplingError.RECHECK_GIVEN):
        commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome="right")
    for deed in (lambda: commands.draw_sample(later.act("boss"), sample_id), lambda: commands.stop_sample(later.act("boss"), sample_id, reason="再停")):
        with expect_refusal(SamplingError.SAMPLE_NOT_NOW):
            deed()
    assert queries.case_sample(later.act("boss"), sample_id).reason == "期间选错了"


@pytest.mark.parametrize(("more", "reason"), [
    ({"size": 0}, SamplingError.SAMPLE_BAD), ({"size": 301}, SamplingError.SAMPLE_BAD), ({"workdays": 0}, SamplingError.SAMPLE_BAD),
    ({"by": "person"}, SamplingError.SAMPLE_BAD), ({"since": ONE}, SamplingError.SAMPLE_BAD), ({"until": TWO}, SamplingError.SAMPLE_BAD),
    ({"since": MONDAY_NINE - timedelta(days=400)}, SamplingError.SAMPLE_BAD), ({"area": "999999"}, CaseError.UNKNOWN_FILTER),
    ({"area": "990102"}, CaseError.UNKNOWN_FILTER), ({"area": ""}, CaseError.UNKNOWN_FILTER), ({"classes": ["x/matter/1"]}, CaseError.UNKNOWN_FILTER),
    ({"classes": [VENDOR]}, SamplingError.SAMPLE_EMPTY), ({"until": MONDAY_NINE}, SamplingError.SAMPLE_EMPTY), ({"title": "\0"}, CaseError.BAD_TEXT),
    ({"title": "字" * 61}, CaseError.TOO_LONG)])
def test_bad_input_is_refused_in_words(later: Centre, more: dict[str, Any], reason: ErrorCode) -> None:
    closed(later, class_code=GARBAGE)
    with expect_refusal(reason):
        announce(later, **more)
    assert not CaseSample.objects.exists()


def test_who_may_announce_and_where(later: Centre) -> None:
    closed(later)
    for login in ("supervisor", "acceptor", "dispatcher", "handler", "county", "admin"):
        with expect_refusal(SamplingError.SAMPLE_NOT_YOURS):
            announce(later, login)
    with expect_refusal(SamplingError.SAMPLE_NOT_YOURS, CaseError.UNKNOWN_FILTER):
        announce(later, "town")
    announce(later, "leader1")
    twice = new_id()
    announce(later, id=twice)
    with expect_refusal(CaseError.EXISTS):
        announce(later, id=twice)
    assert sorted(CaseSample.objects.values_list("number", flat=True)) == ["CC990101-2026-0001", "CC990101-2026-0002"]


@pytest.mark.parametrize(("outcome", "text", "reason"), [
    ("good", "", SamplingError.RECHECK_OUTCOME), ("", "", SamplingError.RECHECK_OUTCOME), ("reopened", "", SamplingError.RECHECK_OUTCOME),
    ("wrong", "  ", CaseError.MISSING), ("unclear", "", CaseError.MISSING), ("right", "字" * 4001, CaseError.TOO_LONG)])
def test_a_result_that_is_none_is_refused(later: Centre, outcome: str, text: str, reason: ErrorCode) -> None:
    closed(later)
    sample_id = drawn(later)
    with expect_refusal(reason):
        commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome=outcome, text=text)
    commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome="right")
    with expect_refusal(SamplingError.RECHECK_GIVEN):
        commands.give_result(later.act("supervisor2"), one(sample_id).id, outcome="wrong", text="改判")


def test_lists_cost_the_same_however_much_was_drawn(later: Centre) -> None:
    close_many(120)
    sample_id = drawn(later, size=50)
    boss = later.act("boss")
    for read, most in ((lambda: queries.list_case_samples(boss), 2), (lambda: queries.case_sample(boss, sample_id), 4), (lambda: queries.my_rechecks(boss), 3)):
        read()
        with CaptureQueriesContext(connection) as asked:
            read()
        assert len(asked) <= most, [query["sql"][:90] for query in asked]


def test_over_http(later: Centre) -> None:
    case_id = closed(later)
    client = later.client("boss")
    body = {"id": str(new_id()), "area": "990101", "since": "2026-11-01T00:00:00+08:00", "until": ONE.isoformat(), "size": 2, "workdays": 3}
    made = client.post("/api/case-samples", orjson.dumps(body), content_type="application/json")
    assert made.status_code == 201, made.content
    address = f"/api/case-samples/{made.json()['id']}"
    assert client.post(f"{address}/draw", "{}", content_type="application/json").status_code == 200
    told = client.get(address).json()
    assert (told["sample"]["size"], told["rows"][0]["case_id"], told["rows"][0]["deeds"]) == (1, str(case_id), ["look", "hand"])
    assert client.get(f"{address}/check").json()["sound"] is True
    assert client.get(f"{address}/list").content.decode().split("\t")[0] == told["rows"][0]["number"]
    worker = later.client("supervisor2")
    task, = worker.get("/api/rechecks").json()
    given = worker.post(f"/api/rechecks/{task['id']}/result", '{"outcome": "right"}', content_type="application/json")
    assert (given.status_code, given.json()) == (200, {"state": "finished"})
    assert worker.get(f"/api/cases/{case_id}/rechecks").json()[0]["outcome"] == "right"
    assert client.get("/api/case-samples").json()[0]["share"] == "100.00"
    missing = client.post("/api/rechecks/999999/result", '{"outcome": "right"}', content_type="application/json")
    assert missing.status_code == 404
