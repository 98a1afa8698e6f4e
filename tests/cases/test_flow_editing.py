"""A flow of a place's own from draft to publishing and back, by people with names; refusals in words; one entry each."""

import json
from typing import Any

import orjson
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, flow_book, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.flow_document import to_document
from jingwei.cases.flow_edit import _EDITS
from jingwei.cases.models import Case, LocalFlow
from jingwei.cases.shipped import flows
from jingwei.journal import queries as journaled
from jingwei.journal.queries import generations
from jingwei.kernel.errors import KernelError, Refusal
from tests.cases.conftest import IN_FIRST, IN_SECOND, IN_VILLAGE, NEXT_DOOR, expect_refusal
from tests.cases.test_walks import undone

pytestmark = pytest.mark.django_db
HERE = {"area_code": "990101"}
ONLY_LEADER = {"what": "row", "row": {"state": "reported", "action": "file", "posts": ["shift_leader"], "to": "filed",
                                      "needs": ["verified_if_public"], "asks": ["class"]}}


def verbs(code: str = "city") -> list[str]:
    return [entry.verb for entry in journaled.history(f"flow:{code}")]


def published(centre: Any, *edits: dict[str, Any], code: str = "city", area: str = "990101", login: str = "admin") -> int:
    """A version with these edits, in force in an area from now on."""
    admin = centre.act(login)
    commands.draft_flow(admin, code, area_code=area)
    for seen, edit in enumerate(edits):
        commands.edit_flow(admin, code, edit, seen=seen, area_code=area)
    return commands.publish_flow(admin, code, seen=len(edits), reason="按区里的会议纪要", area_code=area).version


def test_a_flow_is_drafted_edited_undone_and_published_for_cases_from_then_on(centre):
    admin = centre.act("admin")
    before = centre.report("supervisor", at=IN_FIRST)
    assert commands.draft_flow(admin, "city", **HERE) == commands.Drafted("city", 0, 0)
    assert commands.edit_flow(admin, "city", ONLY_LEADER, seen=0, **HERE).edits == 1
    assert commands.edit_flow(admin, "city", {"what": "remove_row", "state": "filed", "action": "void"}, seen=1, **HERE).edits == 2
    assert commands.undo_flow_edit(admin, "city", seen=2, **HERE).edits == 3
    draft = queries.flow_draft(admin, "city", "990101")
    assert [(one["what"], one["state"], one["action"]) for one in draft["differences"]] == [("row", "reported", "file")]
    assert (draft["findings"], draft["undoable"], draft["based_on"]) == ([], 1, "随产品第 1 版")
    assert commands.publish_flow(admin, "city", seen=3, reason="会议纪要 〔2026〕3 号", **HERE).version == 1001
    after = centre.report("supervisor", at=IN_SECOND)
    assert [Case.objects.get(id=one).profile_version for one in (before, after)] == [1, 1001]
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.file(centre.act("acceptor"), after)
    commands.file(centre.act("leader1"), after)
    commands.file(centre.act("acceptor"), before)
    assert verbs() == ["flow.drafted", "flow.edited", "flow.edited", "flow.edit_undone", "flow.published"]


def test_what_is_in_force_elsewhere_does_not_change(centre):
    published(centre, ONLY_LEADER)
    case_id = centre.report("neighbourworker", at=NEXT_DOOR)
    assert Case.objects.get(id=case_id).profile_version == 1
    assert queries.flow_sheet("city", area_code="990102")["version"] == 1
    assert queries.flow_sheet("city", area_code="990101001001")["version_name"] == "本地第 1 版"


def test_a_retired_flow_gives_way_to_the_shipped_one_and_its_cases_run_on(centre):
    published(centre, ONLY_LEADER)
    running = centre.report("supervisor", at=IN_FIRST)
    assert commands.retire_flow(centre.act("admin"), "city", reason="恢复标准流程", **HERE).version == 1
    assert Case.objects.get(id=centre.report("supervisor", at=IN_SECOND)).profile_version == 1
    with expect_refusal(CaseError.WRONG_ROLE):
        commands.file(centre.act("acceptor"), running)
    assert [(one["version_name"], one["state"], one["running"], one["in_force"]) for one in queries.flow_versions(
        centre.act("admin"), "city", "990101")] == [("本地第 1 版", "retired", 1, False), ("随产品第 1 版", "shipped", 1, True)]
    with expect_refusal(CaseError.FLOW_NOT_LOCAL):
        commands.retire_flow(centre.act("admin"), "city", reason="再停一次", **HERE)


def test_the_next_version_takes_the_place_of_the_last_and_may_start_from_any(centre):
    assert published(centre, ONLY_LEADER) == 1001
    assert published(centre, {"what": "clock", "state": "checking", "limit": "stage:close"}) == 1002
    assert dict(LocalFlow.objects.values_list("version", "state")) == {1001: "retired", 1002: "published"}
    admin = centre.act("admin")
    commands.draft_flow(admin, "city", version=1, **HERE)
    assert {one["what"] for one in queries.flow_draft(admin, "city", "990101")["differences"]} == {"row", "clock"}
    assert commands.publish_flow(admin, "city", seen=0, reason="回到随产品的写法", **HERE).version == 1003


def test_an_exported_flow_is_taken_in_again(centre):
    admin = centre.act("admin")
    document = json.loads(json.dumps(queries.flow_document("city")))
    document["clocks"]["checking"] = "stage:close"
    commands.draft_flow(admin, "city", document=document, **HERE)
    commands.publish_flow(admin, "city", seen=0, reason="从邻区拿来", **HERE)
    assert queries.flow_document("city", area_code="990101")["clocks"]["checking"] == "stage:close"
    assert queries.flow_document("city", version=1)["clocks"]["checking"] == "stage:check"


def test_faults_keep_a_draft_from_being_published_and_say_what_is_wrong(centre):
    admin = centre.act("admin")
    commands.draft_flow(admin, "city", **HERE)
    drafted = commands.edit_flow(admin, "city", {"what": "apart", "duty": "handle", "other": "check", "apart": False}, seen=0, **HERE)
    assert drafted.faults == 1
    with pytest.raises(Refusal) as caught, transaction.atomic():
        commands.publish_flow(admin, "city", seen=1, reason="试试", **HERE)
    assert caught.value.reason is CaseError.FLOW_FAULTS
    assert "“处置”和“核查”必须由不同的人做" in caught.value.text("zh")
    assert "handle and check must stay apart" in caught.value.text("en")
    assert queries.flow_sheet("city", area_code="990101")["version"] == 1


@pytest.mark.parametrize(("deed", "reason"), [
    (lambda who: commands.draft_flow(who, "city", **HERE), CaseError.FLOW_DRAFT_THERE),
    (lambda who: commands.draft_flow(who, "village", **HERE), KernelError.NOT_FOUND),
    (lambda who: commands.draft_flow(who, "township", version=7, **HERE), CaseError.FLOW_VERSION),
    (lambda who: commands.draft_flow(who, "township", document={}, **HERE), CaseError.FLOW_UNREADABLE),
    (lambda who: commands.draft_flow(who, "township", document=to_document(flows()["city"]), **HERE), CaseError.FLOW_UNREADABLE),
    (lambda who: commands.draft_flow(who, "township", area_code="9999"), CaseError.FLOW_AREA),
    (lambda who: commands.draft_flow(who, "township", area_code="\0"), CaseError.FLOW_AREA),
    (lambda who: commands.draft_flow(who, "township", area_code="990102"), CaseError.FLOW_AREA),
    (lambda who: commands.draft_flow(who, "township"), AccountError.RIGHT_ELSEWHERE),
    (lambda who: commands.edit_flow(who, "city", ONLY_LEADER, seen=7, **HERE), CaseError.FLOW_EDITED),
    (lambda who: commands.edit_flow(who, "township", ONLY_LEADER, seen=0, **HERE), CaseError.FLOW_NO_DRAFT),
    (lambda who: commands.edit_flow(who, "city", {"what": "burn"}, seen=0, **HERE), CaseError.FLOW_UNREADABLE),
    (lambda who: commands.edit_flow(who, "city", {**ONLY_LEADER, "what": "new_row"}, seen=0, **HERE), CaseError.FLOW_ROW_THERE),
    (lambda who: commands.edit_flow(who, "city", {"what": "remove_row", "state": "filed", "action": "close"}, seen=0, **HERE), CaseError.FLOW_ROW),
    (lambda who: commands.undo_flow_edit(who, "city", seen=0, **HERE), CaseError.FLOW_NO_EDIT),
    (lambda who: commands.publish_flow(who, "city", seen=0, reason="试", **HERE), CaseError.FLOW_SAME),
    (lambda who: commands.publish_flow(who, "city", seen=0, reason=" ", **HERE), CaseError.MISSING),
    (lambda who: commands.retire_flow(who, "city", reason="停", **HERE), CaseError.FLOW_NOT_LOCAL),
    (lambda who: commands.drop_flow_draft(who, "township", **HERE), CaseError.FLOW_NO_DRAFT),
])
def test_what_cannot_be_done_to_a_flow_is_refused_and_leaves_no_entry(centre, deed, reason):
    commands.draft_flow(centre.act("admin"), "city", **HERE)
    before = verbs()
    with expect_refusal(reason):
        deed(centre.act("admin"))
    assert verbs() == before


@pytest.mark.parametrize("login", ["boss", "sysadmin", "leader1", "town"])
def test_only_the_administrator_of_the_area_changes_flows(centre, login):
    with expect_refusal(AccountError.NO_RIGHT):
        commands.draft_flow(centre.act(login), "city", **HERE)


def test_a_dropped_draft_is_gone_and_another_may_be_made(centre):
    admin = centre.act("admin")
    commands.draft_flow(admin, "city", **HERE)
    commands.drop_flow_draft(admin, "city", **HERE)
    assert queries.flow_draft(admin, "city", "990101") is None
    commands.draft_flow(admin, "city", **HERE)
    assert verbs() == ["flow.drafted", "flow.draft_dropped", "flow.drafted"]


def test_an_edit_that_changes_nothing_leaves_nothing(centre):
    admin = centre.act("admin")
    commands.draft_flow(admin, "city", **HERE)
    assert commands.edit_flow(admin, "city", {"what": "name", "name": flows()["city"].name}, seen=0, **HERE).edits == 0
    assert verbs() == ["flow.drafted"]


def test_phone_numbers_in_the_reason_do_not_reach_the_journal(centre):
    admin = centre.act("admin")
    commands.draft_flow(admin, "city", **HERE)
    commands.edit_flow(admin, "city", ONLY_LEADER, seen=0, **HERE)
    commands.publish_flow(admin, "city", seen=1, reason="老王 13800138000 要求", **HERE)
    told = orjson.loads(journaled.history("flow:city")[-1].data)
    assert "13800138000" not in told["reason"] + LocalFlow.objects.get(version=1001).reason


def test_the_clock_of_a_case_is_that_of_its_own_flow(centre):
    """The township's level limit gives way to the filing standard's, where a place says so."""
    published(centre, {"what": "clock", "state": "handling", "limit": "class"}, code="township")
    case_id = centre.report("villager", at=IN_VILLAGE)
    commands.accept(centre.act("community"), case_id)
    assert Case.objects.get(id=case_id).due_at is None  # nobody filed it under a condition
    flow_book.forget()
    assert flow_book.in_force("township", Case.objects.get(id=case_id).area_path, generations()).clocks["handling"] == "class"


_JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(
    ["filed", "handle", "check", "dispatch", "class", "supervisor"]), lambda part: st.lists(part, max_size=3) | st.dictionaries(
    st.sampled_from(["state", "action", "posts", "to", "needs", "asks", "signs", "row"]) | st.text(max_size=4), part, max_size=6), max_leaves=12)


def test_whatever_is_sent_as_an_edit_or_as_a_document_is_taken_or_refused_in_words(centre):
    """Never a 500 for bad input."""
    admin = centre.act("admin")

    @settings(max_examples=150, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.sampled_from([*_EDITS]), st.dictionaries(st.sampled_from(
        ["row", "state", "action", "limit", "duty", "other", "apart", "steps", "name", "channels"]), _JSON, max_size=4), _JSON)
    def sends(what: str, told: dict[str, Any], document: Any) -> None:
        with undone():
            commands.draft_flow(admin, "city", **HERE)
            for edit in ({"what": what, **told}, {"what": what, **{name: told.get(name) for name in _EDITS[what][0]}}):
                assert sent(lambda edit=edit: commands.edit_flow(admin, "city", edit, seen=0, **HERE)) in (
                    None, CaseError.FLOW_UNREADABLE, CaseError.FLOW_ROW, CaseError.FLOW_ROW_THERE, CaseError.FLOW_EDITED)
            township = {"code": "township", "rows": document}
            assert sent(lambda: commands.draft_flow(admin, "township", document=township, **HERE)) is CaseError.FLOW_UNREADABLE

    def sent(deed: Any) -> Any:
        """Why it was refused, None where it was taken."""
        try:
            with transaction.atomic():
                deed()
        except Refusal as refusal:
            return refusal.reason
        return None

    sends()


def test_flows_over_the_interface_from_draft_to_publishing(centre):
    client = centre.client("admin")

    def post(path: str, body: dict[str, Any]) -> Any:
        return client.post(f"/api/flows/{path}", {"area": "990101", **body}, content_type="application/json")

    assert post("city/draft", {}).status_code == 201
    assert post("city/draft/edits", {"seen": 0, "edit": ONLY_LEADER}).json() == {"code": "city", "edits": 1, "faults": 0}
    assert client.get("/api/flows/city/draft?area=990101").json()["draft"]["differences"][0]["before"].startswith("受理员、值班长；")
    assert post("city/draft/publish", {"seen": 1, "reason": "试行"}).json() == {"code": "city", "version": 1001}
    assert client.get("/api/flows/city/versions?area=990101").json()["items"][0]["by"]
    assert post("city/draft/edits", {"seen": 0, "edit": {"what": "\0"}}).status_code in (409, 422)
    words = client.get("/api/flow-words").json()
    assert words["actions"]["return"]["ways"]["filed"]["to"] == ["verified", "reported"]
    assert [one["code"] for one in client.get("/api/flows").json()["items"]] == ["city", "township", "approval", "coordination", "mediation", "sudden"]
