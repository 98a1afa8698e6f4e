"""One answer per Idempotency-Key, kept in the transaction of the effect."""

from collections.abc import Callable
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from jingwei.journal import commands, queries
from jingwei.journal.errors import JournalError
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import Refusal

HEADER = "Idempotency-Key"


def once(request: HttpRequest, effect: Callable[[], Any], status: int = 200) -> HttpResponse:
    """Run `effect` and answer its result as JSON; the same key again gives the same answer without a second effect.

    The first run costs one statement more. A repeat fails on what it would do twice (or on the kept key itself),
    is rolled back, and is answered from what was kept. Refusals are not kept: after a refusal the key is free.
    """
    actor: Actor = request.auth  # type: ignore[attr-defined]
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            body = orjson.dumps(effect())
        return _answer(status, body)
    if not 8 <= len(key) <= 80 or not all("!" <= sign <= "~" for sign in key):
        raise Refusal(JournalError.KEY_MALFORMED)
    fingerprint = commands.request_hash(request.method or "", request.get_full_path(), request.body)
    try:
        with transaction.atomic():
            body = orjson.dumps(effect())
            commands.keep_answer(actor, key, fingerprint, status, body)
    except (Refusal, IntegrityError):
        kept = queries.kept_answer(actor, key, fingerprint)
        if kept is None:
            raise
        return _answer(*kept)
    return _answer(status, body)


def _answer(status: int, body: bytes) -> HttpResponse:
    return HttpResponse(body, status=status, content_type="application/json")
