"""`jingwei notices`: said exactly what went wrong, and what waits is sent again."""

import argparse

import pytest

from jingwei.accounts.queries import operator
from jingwei.cli import notices as command
from jingwei.kernel import clock
from jingwei.kernel.errors import Refusal
from jingwei.kernel.ids import new_id
from jingwei.notices import commands
from jingwei.notices.models import Delivery
from tests.cast import cast  # noqa: F401
from tests.notices.conftest import boxes, home  # noqa: F401
from tests.notices.outboxes import REFUSED, Outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "django_ready", lambda: None)


def connect() -> object:
    return commands.connect(operator(), "wecom", commands.Described("值班群", {"url": "https://robot.example.cn/x"}))


def test_a_trial_is_sent_or_says_why_not(boxes: dict[str, Outbox], capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    connect()
    assert command.test(argparse.Namespace(connector="值班群", to="")) == 0
    assert "值班群" in capsys.readouterr().out
    boxes["wecom"].says = [REFUSED]
    with pytest.raises(Refusal, match="404"):
        command.test(argparse.Namespace(connector="值班群", to=""))
    with pytest.raises(Refusal):
        command.test(argparse.Namespace(connector="没有这个", to=""))


def test_what_is_parked_is_listed_and_sent_again(boxes: dict[str, Outbox], capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    assert command.parked(argparse.Namespace(retry=False)) == 0
    now = clock.now()
    Delivery.objects.create(id=new_id(), connector_id=connect(), kind="late", subject="case:1", title="案件已超时", state="parked",
                            error="没有发出。", event_at=now, due_from=now, next_try=now, at=now)
    assert command.parked(argparse.Namespace(retry=False)) == 1
    assert "案件已超时（值班群，群，试了 0 次）：没有发出。" in capsys.readouterr().out
    assert command.parked(argparse.Namespace(retry=True)) == 0
    assert Delivery.objects.get().state == "waiting"
    assert command.show(argparse.Namespace()) == 0
    assert "值班群（试验，正常；等待 1 条，搁置 0 条）" in capsys.readouterr().out
