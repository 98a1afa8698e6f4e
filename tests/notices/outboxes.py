"""Connectors of the tests: what they sent, and what they are told to say."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from jingwei.exchange.errors import ExchangeError
from jingwei.kernel.errors import Refusal
from jingwei.notices import ports, queries
from jingwei.notices.ports import Field, Kind, Outcome, Words

LATER = Outcome("later", Refusal(ExchangeError.SLOW, host="robot.example.cn", seconds=5))
REFUSED = Outcome("refused", Refusal(ExchangeError.REFUSED, host="robot.example.cn", status=404))
NO_SUCH_RECEIVER = Outcome("refused", Refusal(ExchangeError.REFUSED, host="mail.example.cn", status=550), receiver=True)
SENT = Outcome("sent")


@dataclass
class Outbox:
    """Keeps what it was told to send: (receiver, title, lines, key). `says`: its next answers, sent where none is left."""

    kind: str
    way: str
    name: str = "试验"
    fields: tuple[Field, ...] = (Field("url", "网址", secret=True), Field("host", "主机", needed=False), Field("note", "备注", needed=False))
    sent: list[tuple[str, str, tuple[str, ...], str]] = field(default_factory=list)
    says: list[Outcome] = field(default_factory=list)
    always: Outcome = SENT

    def check(self, settings: Mapping[str, str]) -> None:
        pass

    def send(self, settings: Mapping[str, str], to: str, words: Words, key: str) -> Outcome:
        self.sent.append((to, words.title, words.lines, key))
        return self.says.pop(0) if self.says else self.always

    @property
    def titles(self) -> list[str]:
        return [title for _, title, _, _ in self.sent]


KINDS = (Kind("handle", "派给本单位的案件", "等着办的人", True, False, ("mail", "sms", "chat")),
         Kind("late", "已超时", "等着办的人", True, True, ("mail", "sms", "chat")),
         Kind("outcome", "有了结果", "上报人", True, False, ("mail",)), Kind("reported", "新上报", "等着办的人", False, False, ()))


@contextmanager
def outboxes() -> Iterator[dict[str, Outbox]]:
    """The rooms wired with connectors that only keep what they are told."""
    before = (ports._wired.connectors, ports._wired.kinds, ports._wired.address)
    made = {"mail": Outbox("mail", "mail"), "sms": Outbox("sms", "sms"), "wecom": Outbox("wecom", "chat")}
    ports.wire(connectors=made, kinds=KINDS, address="https://jingwei.example.cn/")
    queries.forget()
    yield made
    ports.wire(connectors=before[0], kinds=before[1], address=before[2])
    queries.forget()
