"""A real IMAP server on the machine itself: what it holds is served, what it was told is kept."""

import re
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class Box:
    """A mailbox. `claims`: a length that it lies about; `said`: every command, without the password."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.password = "geheim"
        self.claims = 0
        self.said: list[str] = []
        self.port = 0

    def put(self, raw: bytes | str) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = raw.encode() if isinstance(raw, str) else raw
        return uid


@contextmanager
def imap_server(certificate: Path | None = None) -> Iterator[Box]:
    box = Box()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK here\r\n")
            while line := self.rfile.readline():
                if not _answer(box, line.decode().strip(), self.wfile.write):
                    return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def _answer(box: Box, line: str, write: Callable[[bytes], object]) -> bool:
    tag, _, rest = line.partition(" ")
    command = rest.split(" ")[0].upper()
    box.said.append(rest if command != "LOGIN" else "LOGIN")
    done = f"{tag} OK done\r\n".encode()
    if command == "CAPABILITY":
        write(b"* CAPABILITY IMAP4REV1 ID\r\n" + done)
    elif command == "LOGIN":
        write(done if f'"{box.password}"' in rest else f"{tag} NO wrong\r\n".encode())
    elif command in ("SELECT", "EXAMINE"):
        if "INBOX" not in rest:
            write(f"{tag} NO none\r\n".encode())
            return True
        following = max(box.mails, default=0) + 1
        write(f"* {len(box.mails)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] x\r\n* OK [UIDNEXT {following}] x\r\n".encode() + done)
    elif rest.upper().startswith("UID SEARCH"):
        low, high = map(int, re.search(r"UID (\d+):(\d+)", rest.split(" ", 2)[2]).groups())  # type: ignore[union-attr]
        found = [uid for uid in box.mails if low <= uid <= high]
        write(("* SEARCH " + " ".join(map(str, found))).encode() + b"\r\n" + done)
    elif rest.upper().startswith("UID FETCH"):
        uid, most = map(int, re.search(r"FETCH (\d+) .*<0\.(\d+)>", rest).groups())  # type: ignore[union-attr]
        raw = box.mails[uid]
        sent = raw[:most]
        write(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)} BODY[]<0> {{{box.claims or len(sent)}}}\r\n".encode() + sent + b")\r\n" + done)
    else:
        write(done)
    return command != "LOGOUT"
