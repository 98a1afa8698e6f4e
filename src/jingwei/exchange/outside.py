"""Connections to outside addresses, checked on the connected socket. Pure of Django.

A name is looked up once; each address found is judged, and the address judged is the one connected to, so a name that
changes its mind between the two gains nothing. After connecting, the peer is judged again. Then TLS with the name.
No proxy, no redirect, a limit of seconds for the whole, a limit of bytes for the answer.
"""

import contextlib
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from time import monotonic
from urllib.parse import urlsplit

from jingwei.exchange.errors import ExchangeError
from jingwei.kernel.errors import Refusal

SECONDS = 5.0
LARGEST_ANSWER = 64 * 1024
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_inside: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...] = ()


def allow(networks: Iterable[str]) -> None:
    """Networks inside the house that may be spoken to: from the machine's own settings, called once at start."""
    global _inside
    _inside = tuple(ipaddress.ip_network(network.strip(), strict=False) for network in networks)


def is_inside(address: Address) -> bool:
    """Whether the installation names the network of this address as one of its own."""
    return any(address.version == network.version and address in network for network in _inside)


def may_reach(address: Address) -> bool:
    """A public address, or one in a network that the installation names."""
    plain = _plain(address)
    return is_inside(plain) or (plain.is_global and not plain.is_multicast and not plain.is_reserved)


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, since that is who answers."""
    if isinstance(address, ipaddress.IPv6Address):
        for inner in (address.ipv4_mapped, address.sixtofour, address.teredo[1] if address.teredo else None):
            if inner is not None:
                return inner
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


class Limit:
    """The time that a whole exchange may take."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.end = monotonic() + seconds

    @property
    def left(self) -> float:
        return max(0.001, self.end - monotonic())

    @property
    def over(self) -> bool:
        return monotonic() >= self.end


def connect(host: str, port: int, limit: Limit, *, tls: bool = True, soon_tls: bool = False) -> socket.socket:
    """A connected socket to somebody who may be spoken to. Without `tls` only inside the house.

    `soon_tls`: the caller encrypts it by the protocol's own command (STARTTLS) before anything is said.
    """
    refused: Refusal | None = None
    for address in _looked_up(host, port, limit):
        if not may_reach(address):
            raise Refusal(ExchangeError.INSIDE, host=host, address=str(address))
        if not (tls or soon_tls) and not is_inside(_plain(address)):
            raise Refusal(ExchangeError.NOT_SECURE, host=host)
        try:
            plain = socket.create_connection((str(address), port), timeout=limit.left)
        except TimeoutError:
            refused = Refusal(ExchangeError.SLOW, host=host, seconds=int(limit.seconds))
            continue
        except OSError:
            refused = Refusal(ExchangeError.UNREACHABLE, host=host, port=port)
            continue
        return _secured(plain, host, limit) if tls else _judged(plain, host)
    raise refused or Refusal(ExchangeError.NO_NAME, host=host)


def _looked_up(host: str, port: int, limit: Limit) -> list[Address]:
    """The addresses of a name. Looking up has no time limit of its own, so it is done beside."""
    found: list[Address] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError, ValueError):
            for _, _, _, _, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                address = ipaddress.ip_address(str(where[0]).partition("%")[0])
                if address not in found:
                    found.append(address)

    asking = threading.Thread(target=ask, name="look-up", daemon=True)
    asking.start()
    asking.join(limit.left)
    if asking.is_alive() or not found:
        raise Refusal(ExchangeError.NO_NAME, host=host)
    return found


def _judged(connected: socket.socket, host: str) -> socket.socket:
    """The same socket, once its peer was looked at: who is connected to counts, not who was meant."""
    peer = ipaddress.ip_address(str(connected.getpeername()[0]).partition("%")[0])
    if not may_reach(peer):
        connected.close()
        raise Refusal(ExchangeError.INSIDE, host=host, address=str(peer))
    return connected


def _secured(plain: socket.socket, host: str, limit: Limit) -> socket.socket:
    judged = _judged(plain, host)
    judged.settimeout(limit.left)
    secured = ssl.create_default_context().wrap_socket(judged, server_hostname=host, do_handshake_on_connect=False)
    try:
        with at_end(limit, secured):
            secured.do_handshake()
    except ssl.SSLCertVerificationError as error:
        secured.close()
        raise Refusal(ExchangeError.NOT_TRUSTED, host=host) from error
    except (OSError, ValueError) as error:
        secured.close()
        raise gone(host, limit) from error
    return secured


@contextlib.contextmanager
def at_end(limit: Limit, *sockets: socket.socket) -> Iterator[None]:
    """Shut the sockets at the end of the time, whatever is being waited for: a drop every second is no answer."""

    def shut() -> None:
        for one in sockets:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(one, socket.SHUT_RDWR)

    timer = threading.Timer(limit.left, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def gone(host: str, limit: Limit) -> Refusal:
    """Why a connection gave nothing more."""
    if limit.over:
        return Refusal(ExchangeError.SLOW, host=host, seconds=int(limit.seconds))
    return Refusal(ExchangeError.BROKEN_OFF, host=host)


@dataclass(frozen=True, slots=True)
class Answer:
    host: str
    status: int
    body: bytes


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float = SECONDS) -> Answer:
    """One POST and its answer, of at most 64 kB. Statuses outside 2xx are refused: later (429, 5xx) or for good."""
    scheme, host, port, path = parts_of(url)
    limit = Limit(seconds)
    wire = connect(host, port, limit, tls=scheme == "https")
    try:
        with at_end(limit, wire), closing(HTTPConnection(host, port)) as line:
            wire.settimeout(limit.left)
            line.sock = wire
            line.request("POST", path, body=body, headers={"Connection": "close", "User-Agent": "jingwei", **headers})
            with line.getresponse() as answer:
                text = answer.read(LARGEST_ANSWER + 1)
    except (OSError, HTTPException, ValueError) as error:
        raise gone(host, limit) from error
    finally:
        wire.close()
    if limit.over:
        raise gone(host, limit)
    _judge(host, answer.status, len(text))
    return Answer(host, answer.status, text)


def _judge(host: str, status: int, length: int) -> None:
    if 300 <= status < 400:
        raise Refusal(ExchangeError.REDIRECTED, host=host)
    if status in (408, 425, 429) or status >= 500:
        raise Refusal(ExchangeError.LATER, host=host, status=status)
    if not 200 <= status < 300:
        raise Refusal(ExchangeError.REFUSED, host=host, status=status)
    if length > LARGEST_ANSWER:
        raise Refusal(ExchangeError.BAD_ANSWER, host=host)


def parts_of(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and path with query of an address, or the refusal."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refusal(ExchangeError.BAD_URL) from error
    host = parts.hostname or ""
    sound = parts.scheme in ("http", "https") and host and parts.username is None and parts.password is None
    if not sound or any(ord(sign) <= 32 or ord(sign) > 126 for sign in url):
        raise Refusal(ExchangeError.BAD_URL)
    path = parts.path or "/"
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), f"{path}?{parts.query}" if parts.query else path
