"""Real servers on the machine itself, for connectors: each runs in a thread and keeps what it was told."""

import datetime
import ipaddress
import json
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class Web:
    """An HTTP server. `answer`: what it says: a status and a JSON value, or bytes. `behave`: 'hang', 'drip', 'cut'."""

    def __init__(self, certificate: Path | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self.answer: tuple[int, Any] = (200, {"errcode": 0, "code": 0})
        self.headers: dict[str, str] = {}
        self.behave = ""
        self.ending = threading.Event()
        web = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                web.asked.append({"path": self.path, "headers": dict(self.headers), "body": json.loads(body)})
                if web.behave == "hang":
                    web.ending.wait(30)
                    return
                if web.behave == "drip":
                    while not web.ending.wait(0.2):
                        self.wfile.write(b"HTTP/1.0 200 OK\r\n" if not web.asked else b"x")
                    return
                if web.behave == "cut":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                status, told = web.answer
                text = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(status)
                for name, value in web.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]

    def url(self, path: str = "/send", scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"


@contextmanager
def web_server(certificate: Path | None = None) -> Iterator[Web]:
    web = Web(certificate)
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield web
    finally:
        web.ending.set()
        web.server.shutdown()
        web.server.server_close()
        thread.join(5)


class Post:
    """A mail server. `replies`: command → what it says instead of the usual."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], str]] = []
        self.replies: dict[str, str] = {}
        self.signed_in: list[str] = []
        self.port = 0


@contextmanager
def mail_server(certificate: Path | None = None, *, starttls: bool = False) -> Iterator[Post]:
    post = Post()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _converse(self, post, certificate if starttls else None)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if certificate is not None and not starttls:
        server.socket = _context(certificate).wrap_socket(server.socket, server_side=True)
    post.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _converse(handler: socketserver.StreamRequestHandler, post: Post, certificate: Path | None) -> None:
    lines, out, sender, receivers = handler.rfile, handler.wfile, "", list[str]()

    def say(text: str) -> None:
        out.write(text.encode() + b"\r\n")
        out.flush()

    say(post.replies.get("greeting", "220 mail.example.test"))
    while line := lines.readline():
        word = line.decode(errors="replace").strip()
        command = word.split(" ")[0].upper()
        if command in post.replies:
            say(post.replies[command])
        elif command == "EHLO":
            say("250-mail.example.test" + ("\r\n250-STARTTLS" if certificate else "") + "\r\n250 AUTH PLAIN")
        elif command == "STARTTLS" and certificate:
            say("220 go on")
            wire = _context(certificate).wrap_socket(handler.connection, server_side=True)
            lines, out = wire.makefile("rb"), wire.makefile("wb")
            handler.finish = wire.close  # type: ignore[method-assign]
            certificate = None
        elif command == "AUTH":
            post.signed_in.append(word)
            say("235 well")
        elif command == "MAIL":
            sender = word
            say("250 well")
        elif command == "RCPT":
            receivers.append(word)
            say("250 well")
        elif command == "DATA":
            say("354 go on")
            text = []
            while (piece := lines.readline()) and piece != b".\r\n":
                text.append(piece.decode())
            post.mails.append((sender, receivers, "".join(text)))
            say("250 taken")
        else:
            say("250 well")


@contextmanager
def silent_server() -> Iterator[int]:
    """Takes connections and says nothing at all. Its port."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    try:
        yield int(listening.getsockname()[1])
    finally:
        listening.close()


def certificate_for(name: str, folder: Path, *, days: int = 1) -> Path:
    """A self-signed certificate with its key, in one file; it is its own authority."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        alternative = x509.DNSName(name)
    made = (x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1 if days > 0 else 9))
            .not_valid_after(now + datetime.timedelta(days=days))
            .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256()))
    path = folder / f"{name}.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return path


def took(deed: Callable[[], Any]) -> float:
    """Seconds that a deed took."""
    began = time.monotonic()
    deed()
    return time.monotonic() - began
