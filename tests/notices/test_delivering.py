"""What goes out: limits over processes, digests, quiet hours, pauses, parking; at least once, one held up by no other."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from jingwei.accounts.queries import Role, operator
from jingwei.exchange import outside
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.notices import commands, jobs, ports, queries
from jingwei.notices.commands import Described, Telling, Wanted, delivering
from jingwei.notices.models import Connector, Delivery, Message
from tests.cast import TOWN, Cast
from tests.exchange.servers import silent_server, took
from tests.notices.outboxes import KINDS, LATER, NO_SUCH_RECEIVER, REFUSED, SENT, Outbox

pytestmark = pytest.mark.django_db

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday 09:00 in Shanghai
Boxes = dict[str, Outbox]


@pytest.fixture
def desk(cast: Cast, boxes: Boxes) -> Any:
    with clock.held_at(NINE):
        yield cast


def connect(kind: str, **more: Any) -> UUID:
    return commands.connect(operator(), kind, Described("试验连接", {"url": "https://robot.example.cn/secret"}, **more))


def tell(title: str, kind: str = "handle", users: list[UUID] | None = None, place: str = TOWN, **more: Any) -> None:
    commands.tell(Telling(kind, f"case:{title}", title, "", "/cases/1", clock.now(), f"{title}:{kind}", place=place, **more),
                  users or [], generations())


def minute(count: int = 1) -> None:
    """What the worker does each minute, so many minutes on."""
    for _ in range(count):
        for connector in delivering.waiting_connectors(clock.now()):
            delivering.deliver(connector)


def later(**span: int) -> Any:
    return clock.held_at(clock.now() + timedelta(**span))


def states() -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def test_a_robot_speaks_to_the_group_of_its_area_and_to_no_other(desk: Cast, boxes: Boxes) -> None:
    connect("wecom", area_code="330199001")
    tell("在本镇", place=TOWN)
    tell("在邻镇", place="1/12/121/")
    minute()
    assert boxes["wecom"].titles == ["在本镇"]


def test_twenty_a_minute_and_what_exceeds_it_is_gathered_into_one(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    for number in range(50):
        tell(f"案件 {number:02}")
    minute(3)
    assert len(boxes["wecom"].sent) == 20
    with later(seconds=61):
        minute()
    assert boxes["wecom"].titles[20:] == ["30 条新消息"]
    assert set(boxes["wecom"].sent[-1][2]) & set(boxes["wecom"].titles) == set()
    assert states() == {"sent": 50}


def test_the_limit_is_counted_over_all_processes(desk: Cast, boxes: Boxes) -> None:
    """Two workers with the same connector: the second finds it busy, and afterwards the minute used up."""
    pk = connect("wecom", per_minute=3)
    for number in range(5):
        tell(f"案件 {number}")
    second: list[int] = []
    real = boxes["wecom"].send
    boxes["wecom"].send = lambda *told: (second.append(delivering.deliver(pk)), real(*told))[1]  # type: ignore[method-assign]
    delivering.deliver(pk)
    boxes["wecom"].send = real  # type: ignore[method-assign]
    assert (second, delivering.deliver(pk), len(boxes["wecom"].sent)) == ([0, 0, 0], 0, 3)


def test_quiet_hours_hold_back_and_gather_but_for_what_is_urgent(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    with clock.held_at(NINE + timedelta(hours=13)):  # 22:00
        tell("夜里一")
        tell("夜里二")
        tell("超时了", kind="late")
        minute()
        assert boxes["wecom"].titles == ["超时了"]
    with clock.held_at(NINE + timedelta(hours=22, minutes=1)):  # 07:01 of the next day
        minute()
    assert boxes["wecom"].titles == ["超时了", "2 条新消息"]


def test_a_person_is_told_by_the_ways_they_chose_at_the_address_they_gave(desk: Cast, boxes: Boxes) -> None:
    worker, other = desk.of(Role.HANDLER), desk.of(Role.ACCEPTOR)
    connect("mail")
    connect("sms")
    commands.choose(desk.actor(worker), Wanted(mail="worker@example.cn", sms="13900001234", by_mail=True, by_sms=True))
    tell("派给您", users=[worker.id, other.id])
    minute()
    assert [(to, title) for to, title, _, _ in boxes["mail"].sent] == [("worker@example.cn", "派给您")]
    assert [(to, title) for to, title, _, _ in boxes["sms"].sent] == [("13900001234", "派给您")]
    assert Message.objects.filter(title="派给您").count() == 2


def test_a_kind_that_one_does_not_want_to_be_rung_for_stays_in_the_list(desk: Cast, boxes: Boxes) -> None:
    worker = desk.of(Role.HANDLER)
    connect("mail")
    commands.choose(desk.actor(worker), Wanted(mail="worker@example.cn", by_mail=True, off=("handle",)))
    tell("派给您", users=[worker.id])
    minute()
    assert (boxes["mail"].sent, Message.objects.count()) == ([], 1)


def test_a_digest_of_the_hour_holds_all_of_that_hour(desk: Cast, boxes: Boxes) -> None:
    worker = desk.of(Role.HANDLER)
    connect("mail")
    commands.choose(desk.actor(worker), Wanted(mail="worker@example.cn", by_mail=True, digest="hour"))
    for number in range(3):
        tell(f"案件 {number}", users=[worker.id])
    minute()
    assert boxes["mail"].sent == []
    with later(hours=1):
        minute()
    assert boxes["mail"].titles == ["3 条新消息"]


def test_what_can_be_taken_back_goes_nowhere_outside_before_its_minute_is_over(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    at = clock.now()
    tell("派给了", not_before=at + timedelta(seconds=60))
    tell("派给了二", not_before=at + timedelta(seconds=60))
    minute()
    assert boxes["wecom"].sent == []
    commands.untell("case:派给了", at)
    with later(seconds=61):
        minute()
    assert boxes["wecom"].titles == ["派给了二"]


def test_what_was_not_taken_is_tried_again_with_the_same_key(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    boxes["wecom"].says = [LATER, SENT]
    tell("案件一")
    minute()
    assert (states(), Delivery.objects.get().error) == ({"waiting": 1}, LATER.why.text() if LATER.why else "")
    minute()
    assert len(boxes["wecom"].sent) == 1  # not before its pause is over
    with later(seconds=31):
        minute()
    keys = [key for _, _, _, key in boxes["wecom"].sent]
    assert (states(), keys) == ({"sent": 1}, [str(Delivery.objects.get().id)] * 2)


def test_a_digest_that_was_not_taken_keeps_its_key_and_one_with_more_in_it_has_another(desk: Cast, boxes: Boxes) -> None:
    pk = connect("wecom")
    for number in range(2):
        tell(f"案件 {number}")
    Delivery.objects.update(gather=True)
    boxes["wecom"].always = LATER
    minute()
    with later(seconds=31):
        minute()
        with later(minutes=3):
            tell("案件 3")
            Delivery.objects.update(gather=True)
            Connector.objects.filter(id=pk).update(open_until=None)
            minute()
    first, second, third = (key for _, _, _, key in boxes["wecom"].sent)
    assert first == second != third


def test_a_process_that_dies_after_sending_sends_again_with_the_same_key(desk: Cast, boxes: Boxes, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least once."""
    connect("wecom")
    tell("案件一")
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_note", _dies)
        with pytest.raises(KeyboardInterrupt):
            minute()
    minute()
    keys = [key for _, _, _, key in boxes["wecom"].sent]
    assert (len(keys), len(set(keys)), states()) == (2, 1, {"sent": 1})


def _dies(*_: Any) -> None:
    raise KeyboardInterrupt


def test_after_a_day_it_is_parked_and_can_be_sent_again_or_given_up(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    boxes["wecom"].always = LATER
    tell("案件一")
    tell("案件二")
    for hour in range(1, 27):
        with clock.held_at(NINE + timedelta(hours=hour)):
            minute()
    assert states() == {"parked": 2}
    assert len(boxes["wecom"].sent) <= 30
    first, second = queries.parked(operator())
    boxes["wecom"].always = SENT
    with clock.held_at(NINE + timedelta(days=2)):
        commands.retry(operator(), first.id)
        commands.give_up(operator(), second.id)
        minute()
    assert (boxes["wecom"].titles[-1], states()) == (first.title, {"sent": 1, "dropped": 1})


def test_what_is_refused_for_good_is_parked_at_once_with_its_reason(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    boxes["wecom"].says = [REFUSED]
    tell("案件一")
    minute()
    (parked,) = queries.parked(operator())
    assert (parked.title, parked.error) == ("案件一", REFUSED.why.text() if REFUSED.why else "")


def test_a_receiver_that_is_not_taken_stops_nobody_else(desk: Cast, boxes: Boxes) -> None:
    first, second = desk.of(Role.HANDLER), desk.of(Role.ACCEPTOR)
    connect("mail")
    for person, address in ((first, "gone@example.cn"), (second, "there@example.cn")):
        commands.choose(desk.actor(person), Wanted(mail=address, by_mail=True))
    boxes["mail"].says = [NO_SUCH_RECEIVER, SENT]
    tell("案件一", users=[first.id, second.id])
    minute()
    assert (states(), Connector.objects.get().failures) == ({"sent": 1, "parked": 1}, 0)


def test_a_connector_that_answers_nothing_for_an_hour_is_left_alone_and_the_others_go_on(desk: Cast, boxes: Boxes) -> None:
    """One attempt a try, none while it rests; a second robot and the mail lose nothing."""
    dead, alive = connect("wecom"), connect("mail")
    worker = desk.of(Role.HANDLER)
    commands.choose(desk.actor(worker), Wanted(mail="worker@example.cn", by_mail=True))
    boxes["wecom"].always = LATER
    for number in range(60):
        with clock.held_at(NINE + timedelta(minutes=number)):
            tell(f"案件 {number}", users=[worker.id])
            minute()
    assert len(boxes["mail"].sent) == 60
    assert len(boxes["wecom"].sent) <= 10
    assert Connector.objects.get(id=dead).failures == len(boxes["wecom"].sent)
    assert Connector.objects.get(id=alive).failures == 0
    boxes["wecom"].always = SENT
    with clock.held_at(NINE + timedelta(hours=2, minutes=5)):
        minute()
        with later(seconds=61):
            minute()
        with later(seconds=122):
            minute()
    assert Delivery.objects.filter(connector_id=dead, state="waiting").count() == 0
    assert Delivery.objects.filter(connector_id=dead, state="parked").count() == 0


def test_a_server_that_hangs_costs_one_time_limit_and_holds_up_no_other_way(desk: Cast, boxes: Boxes, socket_enabled: None) -> None:
    """With a real server that takes the connection and says nothing."""
    from jingwei.exchange.ports import connectors

    outside.allow(["127.0.0.0/8"])
    ports.wire(connectors={**boxes, "wecom": connectors()["wecom"]}, kinds=KINDS, address="")
    try:
        with silent_server() as port:
            commands.connect(operator(), "wecom", Described("不答话的机器人", {"url": f"http://127.0.0.1:{port}/"}))
            connect("mail")
            worker = desk.of(Role.HANDLER)
            commands.choose(desk.actor(worker), Wanted(mail="worker@example.cn", by_mail=True))
            for number in range(10):
                tell(f"案件 {number}", users=[worker.id])
            seconds = took(minute)
    finally:
        outside.allow([])
    assert seconds < 8
    assert len(boxes["mail"].sent) == 10
    assert Delivery.objects.filter(connector__kind="wecom", state="waiting").count() == 10


def test_the_job_of_the_minute_asks_for_one_job_a_connector(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    connect("mail")
    tell("案件一")
    assert jobs.deliver_waiting.func() == 1


def test_old_messages_are_cleared_and_what_is_parked_stays(desk: Cast, boxes: Boxes) -> None:
    connect("wecom")
    boxes["wecom"].says = [SENT, REFUSED]
    tell("案件一", users=[desk.of(Role.HANDLER).id])
    tell("案件二")
    minute()
    delivering.forget_old(NINE + timedelta(days=100))
    assert (states(), Message.objects.count()) == ({"parked": 1}, 0)


NUMBERS = ("13900001234", "11010519491231002X", "010-12345678", "１３９００００１２３４")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_gets_into_a_name_does_not_go_out(number: str) -> None:
    """An area or a class may be named by anybody: what looks like somebody's number is taken out of what is told."""
    words = commands.rendered("案件 {number}，{area}", {"number": "990101-2026-000123", "area": f"老张家（{number}）"}, 120)
    assert number not in words
    assert "990101-2026-000123" in words


def test_a_template_that_asks_for_more_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        commands.rendered("{text}", {"number": "1"}, 20)


def statements(deed: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        deed()
    return len(found)


def test_telling_many_costs_as_many_statements_as_telling_one(desk: Cast, boxes: Boxes) -> None:
    people = [desk.of(role).id for role in (Role.HANDLER, Role.ACCEPTOR, Role.DISPATCHER)]
    known = generations()
    queries.in_force(known)
    one = statements(lambda: commands.tell(Telling("handle", "case:1", "一", "", "", clock.now(), "1"), people[:1], known))
    many = statements(lambda: commands.tell_all(
        [(Telling("handle", f"case:{number}", "一", "", "", clock.now(), f"x{number}"), people) for number in range(20)], known))
    assert one == many == 1
