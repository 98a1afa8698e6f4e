"""Bad days: the disk is full, two press at once, somebody was dismissed a moment ago. Coded words, nothing half-written."""

import contextvars
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.test import Client

from jingwei.accounts import ports as account_ports
from jingwei.accounts import queries as accounts
from jingwei.accounts.commands import tokens, users
from jingwei.cases import commands, readers
from jingwei.cases.commands.step import Moving, take
from jingwei.cases.errors import CaseError
from jingwei.cases.models import Adjustment, Case, Step
from jingwei.files.keys import ensure_key
from jingwei.grids import finding_places
from jingwei.grids import queries as ground
from jingwei.journal import commands as journal
from jingwei.journal import keys
from jingwei.journal import queries as journaled
from jingwei.journal.errors import JournalError
from jingwei.journal.models import Answer, Entry
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_FIRST, MONDAY_NINE, Centre, build, forget_caches

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def live(transactional_db: None, tmp_path: Path, settings: Any) -> Iterator[Centre]:
    """The district, committed, so that other connections see it."""
    settings.HOME = replace(django_settings.HOME, root=tmp_path / "home")
    settings.HOME.keys.mkdir(parents=True)
    keys.create_missing(settings.HOME.keys)
    ensure_key()
    wired = account_ports._area_path_of
    account_ports.wire(area_path_of=ground.path_of_code)
    forget_caches()
    finding_places.forget()
    with clock.held_at(MONDAY_NINE):
        yield build()
    account_ports.wire(area_path_of=wired)
    forget_caches()
    finding_places.forget()


def report_body(**more: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "text": "井盖松动" * 900, "lon": IN_FIRST[0], "lat": IN_FIRST[1]} | more


def post(client: Client, path: str, body: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return client.post(path, body, content_type="application/json", headers=headers)


class FullDisk:
    """`with FullDisk():` the database takes no more, as its own engine says it then."""

    def __enter__(self) -> None:
        if connection.vendor == "sqlite":
            self._run("PRAGMA max_page_count = 1")  # never below what there is
            return
        # PostgreSQL writes no row more once an extent cannot be had; the engine's own state for that is 53100
        self._run("CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION"
                  " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$")
        self._run("CREATE TRIGGER disk_full BEFORE INSERT ON worklist_item EXECUTE FUNCTION disk_full()")

    def __exit__(self, *_: object) -> None:
        if connection.vendor == "sqlite":
            self._run("PRAGMA max_page_count = 1073741823")
            return
        self._run("DROP TRIGGER disk_full ON worklist_item")
        self._run("DROP FUNCTION disk_full")

    @staticmethod
    def _run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            if connection.vendor == "sqlite":
                cursor.fetchall()


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Case, Step, Entry, Item, Answer))


def test_a_full_disk_is_said_in_words_and_nothing_is_half_written(live: Centre) -> None:
    """Issue, bad input: the database's disk is full; once there is room, the same request goes through."""
    client, taken = live.client("supervisor"), 0
    with FullDisk():
        for _ in range(400):
            before, body, key = counts(), report_body(), str(uuid4())
            answer = post(client, "/api/cases", body, key)
            if answer.status_code != 201:
                break
            taken += 1
        assert (answer.status_code, answer.json()["code"]) == (507, "request.full")
        assert "磁盘已满" in answer.json()["detail"]
        assert counts() == before
        assert Case.objects.count() == taken
        assert client.get("/api/cases").status_code == 200, "what is there can still be read"
    again = post(client, "/api/cases", body, key)
    assert again.status_code == 201
    assert Case.objects.count() == taken + 1
    while journal.number_entries():
        pass
    assert journaled.verify_journal().ok


def test_a_dismissed_persons_token_is_refused_at_once_with_warm_caches(live: Centre) -> None:
    """Issue, bad input: a dismissed user's token."""
    case_id = live.handled()
    device = Client(headers={"Authorization": f"Bearer {tokens.issue_token(live.act('handler'), '手机').token}"})
    for _ in range(2):
        assert device.get(f"/api/cases/{case_id}").status_code == 200
    assert post(device, f"/api/cases/{case_id}/sign", {}).status_code == 200
    users.dismiss(accounts.operator(), live.ids["handler"])
    before = counts()
    for answer in (device.get(f"/api/cases/{case_id}"), device.get("/api/cases"), live.client("handler").get("/api/cases"),
                   post(device, f"/api/cases/{case_id}/feed-back", {"text": "已清理"}, str(uuid4()))):
        assert (answer.status_code, answer.json()["code"]) == (401, "account.not_signed_in")
    assert counts() == before


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What each answered, or why it was refused: begun at the same moment, each on its own connection."""
    start = threading.Barrier(len(acts))

    def run(context: contextvars.Context, act: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return context.run(act)
        except Refusal as refusal:
            return refusal.reason
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in
                [pool.submit(run, contextvars.copy_context(), act) for act in acts]]


LOST = {CaseError.WRONG_STATE, CaseError.ALREADY_ASKED, CaseError.NOTHING_ASKED, JournalError.OVERTAKEN, KernelError.NOT_FOUND}


def test_of_two_who_act_on_a_case_at_once_one_wins_and_the_other_is_told(live: Centre) -> None:
    """Issue: two people at once. One step, one entry, one stay, whoever was first."""
    for case_id in [live.report() for _ in range(4)]:
        live.act("acceptor"), live.act("leader1")
        told = together(partial(commands.file, live.act("acceptor"), case_id),
                        partial(commands.refuse, live.act("leader1"), case_id, reason="重复上报"))
        assert len([one for one in told if one in LOST]) == 1, told
        case = Case.objects.get(id=case_id)
        assert case.state in ("filed", "refused")
        assert [entry.verb for entry in journaled.history(f"case:{case_id}")] == [
            "case.reported", "case.filed" if case.state == "filed" else "case.refused"]
        assert (case.step, Step.objects.filter(case_id=case_id).count()) == (2, 1)


def test_of_two_requests_of_one_unit_at_once_one_is_asked(live: Centre) -> None:
    case_id = live.handled()
    live.act("handler")
    more = {"reason": "等材料", "value": "1", "unit": "work_day"}
    told = together(lambda: commands.ask_extension(live.act("handler"), case_id, **more),
                    lambda: commands.ask_suspension(live.act("handler"), case_id, reason="等材料"))
    assert len([one for one in told if one in LOST]) == 1, told
    assert Adjustment.objects.filter(case_id=case_id, state="asked").count() == 1


def test_the_same_report_sent_by_two_connections_at_once_is_one_case_and_one_answer(live: Centre) -> None:
    """A phone that lost its answer sends again while the first is still under way."""
    body, key = report_body(), str(uuid4())
    live.key("supervisor")
    told = together(*[lambda: post(live.client("supervisor"), "/api/cases", body, key)] * 3)
    assert {answer.status_code for answer in told} == {201}
    assert len({answer.content for answer in told}) == 1
    assert Case.objects.count() == 1
    assert len(journaled.history(f"case:{body['id']}")) == 1


def test_a_step_taken_while_an_area_is_moved_leaves_no_old_path(live: Centre) -> None:
    """The reader moves paths without asking for the case: whichever comes first, case and list agree afterwards."""
    case_id = live.report()
    old = Case.objects.get(id=case_id).area_path
    new = old.replace("/", "9/", 1)
    moving = threading.Thread(target=lambda: (_move_paths(old, new), connection.close()))

    def change(step_of: Moving) -> None:
        moving.start()
        moving.join(0.5)  # it must wait for the step, or it would have been and gone by now
        step_of.set(filed_at=step_of.now)

    take(live.act("acceptor"), case_id, "file", change=change)
    moving.join(20)
    case = Case.objects.get(id=case_id)
    assert (case.state, case.area_path) == ("filed", new)
    assert Item.objects.get(subject=f"case:{case_id}").area_path == new


def _move_paths(old: str, new: str) -> None:
    with transaction.atomic():
        readers._move("area_path", old, new)
