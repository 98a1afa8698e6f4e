"""E-mail as a way in: read once, never a case by itself, limits against floods (INT-01, INT-05)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.cases import commands, letters, ports, queries
from jingwei.cases.errors import CaseError
from jingwei.cases.letter_errors import LetterError
from jingwei.cases.models import Case, CaseFile, Letter, LetterFile, Mailbox
from jingwei.exchange.errors import ExchangeError
from jingwei.files.keys import ensure_key
from jingwei.journal.queries import history
from jingwei.kernel import clock
from jingwei.kernel.errors import KernelError, Refusal
from jingwei.kernel.ids import new_id
from jingwei.worklist.models import Item
from tests.cases.conftest import IN_FIRST, MONDAY_NINE, Centre, expect_refusal

pytestmark = pytest.mark.django_db
TEXT = "枫林路 12 号门前的路灯不亮，请打 13912345678"
SETTINGS = {"host": "mail.example.test", "user": "centre@example.test", "password": "geheim"}


class Reader:
    """What stands in the mailbox, without a network; the real one has tests of its own."""

    def __init__(self) -> None:
        self.mails: list[ports.Opened] = []
        self.fails: Refusal | None = None
        self.asked: list[tuple[int, int]] = []

    def check(self, settings: Mapping[str, str]) -> None:
        if self.fails:
            raise self.fails

    def read(self, settings: Mapping[str, str], *, validity: int, after: int, since: date, most: int) -> Iterator[ports.Incoming]:
        self.asked.append((validity, after))
        if self.fails:
            raise self.fails
        for uid, mail in enumerate(self.mails, 1):
            if uid > after and most > 0:
                most -= 1
                yield ports.Incoming(7, uid, mail)


@pytest.fixture
def reader(centre: Centre) -> Iterator[Reader]:
    ensure_key()
    wired, made = list(ports._wired), Reader()
    ports.wire(made)
    yield made
    ports._wired[:] = wired


@pytest.fixture
def box(centre: Centre, reader: Reader) -> UUID:
    return commands.set_mailbox(centre.act("sysadmin"), new_id(), name="网格信箱", area_code="990101", active=True, settings=SETTINGS)


def mail(key: str = "a", sender: str = "li@example.test", **more: Any) -> ports.Opened:
    return ports.Opened(**({"key": key, "sender": sender, "name": "李示例", "subject": "路灯", "text": TEXT} | more))


def came(reader: Reader, box: UUID, *mails: ports.Opened) -> list[Letter]:
    reader.mails += mails
    commands.read_mailbox(box)
    return list(Letter.objects.order_by("came_at", "id"))


def report(**more: Any) -> commands.Report:
    return commands.Report(**({"id": new_id(), "text": "路灯不亮", "lon": IN_FIRST[0], "lat": IN_FIRST[1]} | more))


def test_a_letter_waits_in_the_inbox_and_is_no_case(centre: Centre, reader: Reader, box: UUID) -> None:
    came(reader, box, mail())
    assert not Case.objects.exists()
    found = queries.inbox(centre.act("acceptor")).letters[0]
    assert (found.mailbox, found.sender, found.subject, found.state) == ("网格信箱", "l***@example.test", "路灯", "waiting")
    assert "13912345678" not in found.text
    assert "李示例" not in str(found)
    assert queries.other_due(centre.act("acceptor")) == [{"kind": "letter", "name": "来信待处理", "to": "/inbox", "count": 1, "late": 0}]


def test_a_message_that_comes_twice_is_one_letter(centre: Centre, reader: Reader, box: UUID) -> None:
    came(reader, box, mail(), mail())
    Mailbox.objects.update(last_uid=0)
    assert len(came(reader, box)) == 1


def test_reading_goes_on_where_it_was(centre: Centre, reader: Reader, box: UUID) -> None:
    came(reader, box, mail())
    came(reader, box, mail("b"))
    assert reader.asked == [(0, 0), (7, 1)]
    assert Letter.objects.count() == 2


def test_it_becomes_a_case_by_the_rules_of_every_report(centre: Centre, reader: Reader, box: UUID) -> None:
    photo = b"%PDF-1.4\n%%EOF\n"
    letter, = came(reader, box, mail(attached=(ports.Attached("说明.pdf", photo), ports.Attached("坏.pdf", b"\0\1\2"))))
    assert letter.left_out == ["坏.pdf"]
    shown = queries.inbox(centre.act("acceptor")).letters[0]
    taken = commands.take_letter(centre.act("acceptor"), letter.id, report(text=shown.text))
    case = Case.objects.get(id=taken.id)
    assert (case.channel, case.state) == ("letter", "reported")
    assert CaseFile.objects.get(case=case).file_id == shown.files[0].id
    told = commands.reveal(centre.act("acceptor"), case.id, reason="回访")
    assert told["contact"]["name"] == "李示例 <li@example.test>"
    assert list(told["numbers"].values()) == ["13912345678"]
    done = queries.inbox(centre.act("acceptor"), state="taken").letters[0]
    assert (done.number, done.by) == (taken.number, "acceptor示例")
    assert not Item.objects.filter(subject__startswith="letter:").exists()
    assert [entry.verb for entry in history(f"letter:{letter.id}")] == ["letter.came", "letter.taken"]
    with expect_refusal(LetterError.NOT_WAITING):
        commands.take_letter(centre.act("acceptor"), letter.id, report())


def test_a_report_that_is_refused_leaves_the_letter_waiting(centre: Centre, reader: Reader, box: UUID) -> None:
    letter, = came(reader, box, mail())
    with expect_refusal(CaseError.NO_AREA):
        commands.take_letter(centre.act("acceptor"), letter.id, report(lon=122.9, lat=30.0))
    assert Letter.objects.get().state == "waiting"
    assert not Case.objects.exists()


def test_it_joins_a_case_that_is_there(centre: Centre, reader: Reader, box: UUID) -> None:
    letter, = came(reader, box, mail(attached=(ports.Attached("说明.pdf", b"%PDF-1.4\n%%EOF\n"),)))
    case_id = centre.handled()
    number = Case.objects.get(id=case_id).number
    with expect_refusal(LetterError.NO_CASE):
        commands.join_letter(centre.act("acceptor"), letter.id, number="没有\0")
    assert commands.join_letter(centre.act("acceptor"), letter.id, number=f" {number} ") == case_id
    entry = history(f"case:{case_id}")[-1]
    assert entry.verb == "case.letter_joined"
    assert "13912345678" not in entry.data
    assert CaseFile.objects.filter(case_id=case_id).count() == 1
    assert queries.inbox(centre.act("acceptor"), state="joined").letters[0].number == number


def test_neither_asks_for_a_reason(centre: Centre, reader: Reader, box: UUID) -> None:
    letter, = came(reader, box, mail())
    with expect_refusal(LetterError.NO_REASON):
        commands.discard_letter(centre.act("acceptor"), letter.id, reason=" ")
    commands.discard_letter(centre.act("acceptor"), letter.id, reason="广告")
    assert queries.inbox(centre.act("acceptor"), state="discarded").letters[0].reason == "广告"


def test_automatic_answers_and_own_mail_are_passed_over(centre: Centre, reader: Reader, box: UUID) -> None:
    assert came(reader, box, mail(by_machine=True), mail("b", sender="Centre@Example.test")) == []
    assert queries.mailboxes(centre.act("sysadmin"))[0].by_machine == 2


def test_the_flood_of_one_sender_is_stopped_and_others_get_through(centre: Centre, reader: Reader, box: UUID) -> None:
    many = [mail(f"a{number}") for number in range(letters.PER_SENDER + 5)]
    assert len(came(reader, box, *many, mail("z", sender="wang@example.test"))) == letters.PER_SENDER + 1
    assert "5 封没有收进来" in queries.inbox(centre.act("acceptor")).troubles[0]


def test_of_everybody_no_more_than_so_many_an_hour_and_the_rest_later(centre: Centre, reader: Reader, box: UUID, monkeypatch: Any) -> None:
    monkeypatch.setattr(letters, "PER_MAILBOX", 3)
    many = [mail(f"{number}", sender=f"s{number}@example.test") for number in range(5)]
    assert len(came(reader, box, *many)) == 3
    with clock.held_at(MONDAY_NINE + timedelta(hours=2)):
        assert len(came(reader, box)) == 5


def test_one_run_takes_no_more_than_its_share(centre: Centre, reader: Reader, box: UUID) -> None:
    many = [mail(f"{number}", sender=f"s{number}@example.test") for number in range(letters.PER_RUN + 3)]
    assert len(came(reader, box, *many)) == letters.PER_RUN
    assert len(came(reader, box)) == letters.PER_RUN + 3


def test_what_went_wrong_stands_beside_the_mailbox_and_is_gone_once_it_works(centre: Centre, reader: Reader, box: UUID) -> None:
    reader.fails = Refusal(ExchangeError.NO_NAME, host="mail.example.test")
    commands.read_mailbox(box)
    assert "mail.example.test" in queries.inbox(centre.act("acceptor")).troubles[0]
    assert commands.due_mailboxes() == [box]
    reader.fails = None
    commands.read_mailbox(box)
    assert queries.inbox(centre.act("acceptor")).troubles == []


def test_two_do_not_read_one_mailbox_at_once(centre: Centre, reader: Reader, box: UUID) -> None:
    Mailbox.objects.update(busy_until=MONDAY_NINE + timedelta(minutes=1))
    assert commands.due_mailboxes() == []
    assert came(reader, box, mail()) == []


def test_letters_are_of_the_area_of_their_mailbox(centre: Centre, reader: Reader, box: UUID) -> None:
    letter, = came(reader, box, mail())
    assert queries.inbox(centre.act("neighbour")).letters == []
    with expect_refusal(KernelError.NOT_FOUND):
        commands.discard_letter(centre.act("neighbour"), letter.id, reason="广告")
    for login in ("dispatcher", "boss", "sysadmin"):
        with expect_refusal(AccountError.NO_RIGHT):
            queries.inbox(centre.act(login))


def test_a_kept_password_is_not_led_to_another_server(centre: Centre, reader: Reader, box: UUID) -> None:
    admin = centre.act("sysadmin")
    more = {"name": "网格信箱", "area_code": "990101", "active": True}
    with expect_refusal(LetterError.PASSWORD_AGAIN):
        commands.set_mailbox(admin, box, settings=SETTINGS | {"host": "evil.example.test", "password": ""}, **more)
    commands.set_mailbox(admin, box, settings=SETTINGS | {"password": "", "folder": "Post"}, **more)
    line, = queries.mailboxes(admin)
    assert (line.host, line.folder, line.port) == ("mail.example.test", "Post", "993")
    assert "geheim" not in str(line)
    assert not any("geheim" in entry.data for entry in history(f"mailbox:{box}"))


@pytest.mark.parametrize("more", [{"name": ""}, {"name": "x" * 61}, {"area_code": ""}, {"area_code": "123"}, {"area_code": "\0"}, {"settings": {}},
                                  {"settings": SETTINGS | {"user": "a\r\nb"}}, {"settings": SETTINGS | {"host": "h" * 201}}])
def test_a_mailbox_that_cannot_work_is_refused(centre: Centre, reader: Reader, more: dict[str, Any]) -> None:
    with expect_refusal(LetterError.BAD_BOX):
        commands.set_mailbox(centre.act("sysadmin"), new_id(), **({"name": "信箱", "area_code": "990101", "active": True, "settings": SETTINGS} | more))
    assert not Mailbox.objects.exists()


def test_a_mailbox_that_is_dropped_leaves_its_letters(centre: Centre, reader: Reader, box: UUID) -> None:
    came(reader, box, mail())
    commands.drop_mailbox(centre.act("sysadmin"), box)
    assert len(queries.inbox(centre.act("acceptor")).letters) == 1
    assert commands.read_mailbox(box) == 0


def test_files_of_a_letter_are_kept_and_shown_to_those_who_may_open_it(centre: Centre, reader: Reader, box: UUID) -> None:
    letter, = came(reader, box, mail(attached=(ports.Attached("说明.pdf", b"%PDF-1.4\n%%EOF\n"),)))
    file_id = LetterFile.objects.get().file_id
    assert queries.files_in_use({file_id, new_id()}) == {file_id}
    assert queries.open_letter_file(centre.act("acceptor"), letter.id, file_id).media_type == "application/pdf"
    for login in ("neighbour", "dispatcher"):
        with expect_refusal(KernelError.NOT_FOUND):
            queries.open_letter_file(centre.act(login), letter.id, file_id)


def test_trying_takes_nothing_in(centre: Centre, reader: Reader, box: UUID) -> None:
    reader.mails.append(mail())
    commands.try_mailbox(centre.act("sysadmin"), box)
    assert not Letter.objects.exists()
    reader.fails = Refusal(ExchangeError.NO_NAME, host="x")
    with pytest.raises(Refusal):
        commands.try_mailbox(centre.act("sysadmin"), box)
    with expect_refusal(AccountError.NO_RIGHT):
        commands.try_mailbox(centre.act("acceptor"), box)


@pytest.mark.parametrize(("name", "sender", "shown"), [
    ("李示例", "li@x.cn", "李示例 <li@x.cn>"), ("", "li@x.cn", "li@x.cn"), ("li@x.cn", "li@x.cn", "li@x.cn"),
    ("很" * 80, "li@x.cn", "很" * 50 + " <li@x.cn>"),
])
def test_how_a_sender_is_named(name: str, sender: str, shown: str) -> None:
    assert letters.named(name, sender) == shown
