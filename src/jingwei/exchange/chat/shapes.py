"""What differs between the robots: the wrapping, the signature, the meaning of answers. No I/O; `now` is passed."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from jingwei.exchange.chat.errors import ChatError

Wrapped = tuple[str, dict[str, Any]]  # the address and the body


@dataclass(frozen=True, slots=True)
class Shape:
    """`wrap`: (address, secret, text, seconds since 1970) → address and body. `answers`: codes that mean something."""

    kind: str
    name: str
    wrap: Callable[[str, str, str, float], Wrapped]
    code: Callable[[Mapping[str, Any]], str]
    answers: Mapping[str, ChatError]
    signs: bool = True


def _wecom(url: str, secret: str, text: str, now: float) -> Wrapped:
    return url, {"msgtype": "text", "text": {"content": text}}


def _dingtalk(url: str, secret: str, text: str, now: float) -> Wrapped:
    if secret:
        stamp = str(int(now * 1000))
        signed = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(base64.b64encode(signed))}"
    return url, {"msgtype": "text", "text": {"content": text}}


def _feishu(url: str, secret: str, text: str, now: float) -> Wrapped:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(now))
        signed = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        body |= {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}
    return url, body


def _errcode(answer: Mapping[str, Any]) -> str:
    return str(answer.get("errcode", ""))


def _either(answer: Mapping[str, Any]) -> str:
    return str(answer["code"] if "code" in answer else answer.get("StatusCode", ""))


SHAPES = (
    Shape("wecom", "企业微信群机器人", _wecom, _errcode,
          {"45009": ChatError.TOO_MANY, "45033": ChatError.TOO_MANY, "93000": ChatError.UNKNOWN_ROBOT, "40008": ChatError.REFUSED},
          signs=False),
    Shape("dingtalk", "钉钉群机器人", _dingtalk, _errcode,
          {"130101": ChatError.TOO_MANY, "410100": ChatError.TOO_MANY, "90030": ChatError.TOO_MANY,
           "300001": ChatError.UNKNOWN_ROBOT, "300005": ChatError.UNKNOWN_ROBOT, "400013": ChatError.UNKNOWN_ROBOT,
           "310000": ChatError.NOT_SIGNED}),
    Shape("feishu", "飞书群机器人", _feishu, _either,
          {"11232": ChatError.TOO_MANY, "9499": ChatError.REFUSED, "19001": ChatError.UNKNOWN_ROBOT,
           "19021": ChatError.NOT_SIGNED, "19022": ChatError.NOT_SIGNED, "19024": ChatError.NOT_SIGNED}),
)
