"""Group robots of enterprise chats."""

from collections.abc import Mapping
from time import time

import orjson

from jingwei.exchange import outside
from jingwei.exchange.chat.errors import ChatError
from jingwei.exchange.chat.shapes import SHAPES, Shape
from jingwei.exchange.sending import attempt, told
from jingwei.kernel.errors import Refusal
from jingwei.notices.ports import Field, Outcome, Words

_LONGEST = 2000  # bytes; the smallest of the three takes 2,048


class Robot:
    way = "chat"

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.kind, self.name = shape.kind, shape.name
        self.fields = (
            Field("url", "机器人网址", secret=True, hint="群设置里复制的完整 Webhook 网址"),
            *((Field("secret", "加签密钥", needed=False, secret=True, hint="机器人的安全设置选了加签时填"),) if shape.signs else ()),
            Field("word", "关键词", needed=False, hint="机器人的安全设置选了关键词时填"),
        )

    def check(self, settings: Mapping[str, str]) -> None:
        outside.parts_of(settings["url"])

    def send(self, settings: Mapping[str, str], to: str, words: Words, key: str) -> Outcome:
        return attempt(lambda: _send(self.shape, settings, words, key))


def _send(shape: Shape, settings: Mapping[str, str], words: Words, key: str) -> None:
    lines = [f"{settings.get('word', '')} {words.title}".strip(), *words.lines, *filter(None, [words.link])]
    url, body = shape.wrap(settings["url"], settings.get("secret", ""), _cut("\n".join(lines)), time())
    answer = outside.post(url, orjson.dumps(body), {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key})
    code = shape.code(told(answer))
    if code != "0":
        raise Refusal(shape.answers.get(code, ChatError.REFUSED), code=code[:20] or "—")


def _cut(text: str) -> str:
    """At most what the smallest takes, never in the middle of a sign."""
    return text.encode()[:_LONGEST].decode(errors="ignore")


CONNECTORS = tuple(Robot(shape) for shape in SHAPES)
