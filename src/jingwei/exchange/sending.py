"""What every connector shares: an attempt never raises, it tells what became of it."""

import logging
from collections.abc import Callable

import orjson

from jingwei.exchange.errors import ExchangeError
from jingwei.exchange.outside import Answer
from jingwei.kernel.errors import Kind, Refusal
from jingwei.notices.ports import Outcome

log = logging.getLogger(__name__)
_LATER = (Kind.BUSY, Kind.TOO_MANY)


def attempt(sending: Callable[[], None]) -> Outcome:
    """Sent, or why not: later where the other side may take it another time, refused where it never will.

    A refusal of the kind `not_found` is about the receiver alone.
    """
    try:
        sending()
    except Refusal as refusal:
        state = "later" if refusal.reason.kind in _LATER else "refused"
        return Outcome(state, refusal, receiver=refusal.reason.kind is Kind.NOT_FOUND)
    except Exception as fault:  # noqa: BLE001 - one connector's fault must not stop the others; nothing secret is logged
        log.error("a connector failed: %s", type(fault).__name__)
        return Outcome("later", Refusal(ExchangeError.BROKEN_OFF, host="—"))
    return Outcome("sent")


def told(answer: Answer) -> dict[str, object]:
    """An answer's JSON object, or the refusal."""
    try:
        found = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise Refusal(ExchangeError.BAD_ANSWER, host=answer.host) from error
    if not isinstance(found, dict):
        raise Refusal(ExchangeError.BAD_ANSWER, host=answer.host)
    return found
