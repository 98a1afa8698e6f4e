"""Mail read over IMAP: TLS unless inside the house, nothing marked or moved, an end to time and bytes."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from jingwei.cases.ports import Incoming
from jingwei.exchange import outside
from jingwei.exchange.errors import ExchangeError
from jingwei.exchange.mail.errors import MailError
from jingwei.exchange.mail.opening import LARGEST, opened
from jingwei.exchange.outside import Limit
from jingwei.kernel.errors import Refusal

_SECONDS = 60.0
_WINDOW = 10_000  # numbers looked through at once: an answer longer than the library takes would never be got past
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FOLDER = re.compile(r"[A-Za-z0-9&+,./ _-]{1,80}")


class _Imap(imaplib.IMAP4):
    """The library's client over a socket of ours. It would believe any length that the other side claims."""

    def __init__(self, host: str, wire: socket.socket, limit: Limit) -> None:
        self._own, self._limit = wire, limit
        super().__init__(host, 143, timeout=limit.left)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        self._own.settimeout(self._limit.left)
        return self._own

    def read(self, size: int) -> bytes:
        if size > LARGEST + 1024:
            raise self.abort("too much at once")
        return super().read(size)


class Reader:
    def check(self, settings: Mapping[str, str]) -> None:
        port = settings["port"]
        if settings["security"] not in ("tls", "starttls", "none"):
            raise Refusal(MailError.BAD_SECURITY)
        if not (port.isascii() and port.isdigit() and len(port) < 6 and 1 <= int(port) <= 65535):
            raise Refusal(MailError.BAD_BOX_PORT)
        if not _FOLDER.fullmatch(settings["folder"]):
            raise Refusal(MailError.BAD_FOLDER)

    def read(self, settings: Mapping[str, str], *, validity: int, after: int, since: date, most: int) -> Iterator[Incoming]:
        host, security, limit = settings["host"], settings["security"], Limit(_SECONDS)
        wire = outside.connect(host, int(settings["port"]), limit, tls=security == "tls", soon_tls=security == "starttls")
        client: _Imap | None = None
        try:
            with outside.at_end(limit, wire):
                client = _Imap(host, wire, limit)
                if security == "starttls":
                    client.starttls(ssl.create_default_context())
                with outside.at_end(limit, client.sock):
                    _sign_in(client, settings)
                    yield from _messages(client, settings, validity, after, since, most)
        except ssl.SSLCertVerificationError as error:
            raise Refusal(ExchangeError.NOT_TRUSTED, host=host) from error
        except (OSError, imaplib.IMAP4.error) as error:
            raise outside.gone(host, limit) from error
        finally:
            if client is not None:
                client.shutdown()
            wire.close()


def _sign_in(client: _Imap, settings: Mapping[str, str]) -> None:
    try:
        client.login(settings["user"], settings["password"])
    except imaplib.IMAP4.abort:
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        raise Refusal(MailError.BOX_SIGN_IN, host=settings["host"]) from error
    if "ID" in client.capabilities:  # some providers let nobody in who does not say what program it is
        client.xatom("ID", '("name" "jingwei")')


def _messages(client: _Imap, settings: Mapping[str, str], validity: int, after: int, since: date, most: int) -> Iterator[Incoming]:
    answer, _ = client.select(f'"{settings["folder"]}"', readonly=True)
    if answer != "OK":
        raise Refusal(MailError.NO_FOLDER, folder=settings["folder"])
    now, following = _number(client, "UIDVALIDITY"), _number(client, "UIDNEXT")
    after = after if now == validity else 0
    first = after + 1
    if first == 1 and following > _WINDOW:
        first = following - _WINDOW
    last = min(first + _WINDOW - 1, following - 1) if following else first + _WINDOW - 1
    day = since - timedelta(days=1)
    _, found = client.uid("SEARCH", "UID", f"{first}:{max(first, last)}", "SINCE", f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}")
    uids = sorted(int(uid) for uid in b" ".join(piece for piece in found if isinstance(piece, bytes)).split() if uid.isdigit() and first <= int(uid) <= last)
    for uid in uids[:most]:
        _, told = client.uid("FETCH", str(uid), f"(RFC822.SIZE BODY.PEEK[]<0.{LARGEST}>)")
        for piece in told:
            if isinstance(piece, tuple):
                size = re.search(rb"RFC822\.SIZE (\d{1,12})", piece[0])
                yield Incoming(now, uid, opened(piece[1], int(size.group(1)) if size else len(piece[1])))
                break
        else:
            yield Incoming(now, uid)
    if len(uids) <= most and following:
        yield Incoming(now, max(last, after))


def _number(client: _Imap, name: str) -> int:
    _, found = client.response(name)
    text = found[-1] if found else None
    return int(text) if isinstance(text, bytes) and text.isdigit() and len(text) <= 10 else 0
