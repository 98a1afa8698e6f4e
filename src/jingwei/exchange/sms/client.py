"""Short messages through an HTTP gateway."""

from collections.abc import Mapping

import orjson

from jingwei.exchange import outside
from jingwei.exchange.sending import attempt, told
from jingwei.exchange.sms.errors import SmsError
from jingwei.kernel.errors import Refusal
from jingwei.notices.ports import Field, Outcome, Words

_NAMES = {"phone": "phone", "text": "text", "sign": "sign", "id": "id"}
_TAKEN = {"", "0", "200", "OK", "ok", "Success", "success", "None"}
_LONGEST = 200


class Sms:
    kind = "sms"
    name = "短信网关"
    way = "sms"
    fields = (
        Field("url", "网关网址", hint="以 https:// 开头"),
        Field("key", "访问密钥", needed=False, secret=True),
        Field("sign", "短信签名", needed=False, hint="如 示例区网格中心"),
        Field("names", "栏目名称", needed=False, hint="网关用别的名称时填，如 phone=mobile,text=content"),
    )

    def check(self, settings: Mapping[str, str]) -> None:
        outside.parts_of(settings["url"])
        _names(settings.get("names", ""))

    def send(self, settings: Mapping[str, str], to: str, words: Words, key: str) -> Outcome:
        return attempt(lambda: _send(settings, to, words, key))


def _names(text: str) -> dict[str, str]:
    pairs = [piece.partition("=") for piece in text.split(",") if piece.strip()]
    names = {left.strip(): right.strip() for left, _, right in pairs}
    if set(names) - set(_NAMES) or not all(name.isascii() and name.isidentifier() for name in names.values()):
        raise Refusal(SmsError.BAD_NAMES)
    return _NAMES | names


def _send(settings: Mapping[str, str], to: str, words: Words, key: str) -> None:
    names = _names(settings.get("names", ""))
    text = "，".join((words.title, *words.lines[:1])).rstrip("，")[:_LONGEST]
    body = {names["phone"]: to, names["text"]: text, names["sign"]: settings.get("sign", ""), names["id"]: key}
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}
    if settings.get("key"):
        headers["Authorization"] = f"Bearer {settings['key']}"
    answer = outside.post(settings["url"], orjson.dumps(body), headers)
    if not answer.body.strip():
        return
    found = told(answer)
    code = str(next((found[name] for name in ("code", "errcode", "status") if name in found), ""))
    if code not in _TAKEN:
        raise Refusal(SmsError.REFUSED, host=answer.host, code=code[:40])


CONNECTORS = (Sms(),)
