"""Mail over SMTP."""

import smtplib
import socket
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate

from jingwei.exchange import outside
from jingwei.exchange.errors import ExchangeError
from jingwei.exchange.mail.errors import MailError
from jingwei.exchange.outside import Limit
from jingwei.exchange.sending import attempt
from jingwei.kernel.errors import Refusal
from jingwei.notices.ports import Field, Outcome, Words

_SECONDS = 5.0
_SECURITY = ("tls", "starttls", "none")


class _Smtp(smtplib.SMTP):
    """The library's client over a socket of ours."""

    def __init__(self, host: str, wire: socket.socket, limit: Limit) -> None:
        self._wire = wire
        self._limit = limit
        super().__init__(local_hostname="jingwei", timeout=limit.left)
        self._host = host
        code, _ = self.connect(host, 25)
        if code != 220:
            raise smtplib.SMTPConnectError(code, b"")

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        self._wire.settimeout(self._limit.left)
        return self._wire


class Mail:
    kind = "mail"
    name = "邮件（SMTP）"
    way = "mail"
    fields = (
        Field("host", "邮件服务器", hint="如 smtp.example.cn"),
        Field("port", "端口", default="465", hint="tls 一般是 465，starttls 一般是 587"),
        Field("security", "加密方式", default="tls", hint="tls、starttls；none 只用于单位内网"),
        Field("user", "登录用户", needed=False),
        Field("password", "密码或授权码", needed=False, secret=True),
        Field("sender", "发件地址", hint="如 notice@example.cn"),
    )

    def check(self, settings: Mapping[str, str]) -> None:
        port = settings["port"]
        if settings["security"] not in _SECURITY:
            raise Refusal(MailError.BAD_SECURITY)
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
            raise Refusal(MailError.BAD_PORT)
        sender = settings["sender"]
        if sender.count("@") != 1 or not sender.isascii() or any(sign in sender for sign in " <>,;\r\n") or sender[0] == "@":
            raise Refusal(MailError.BAD_SENDER)

    def send(self, settings: Mapping[str, str], to: str, words: Words, key: str) -> Outcome:
        return attempt(lambda: _send(settings, to, _message(settings["sender"], to, words, key)))


def _message(sender: str, to: str, words: Words, key: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, words.title.replace("\n", " ")
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2]}>"
    message["Date"] = formatdate(usegmt=True)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join((words.title, *words.lines, *filter(None, [words.link]))) + "\n")
    return message


def _send(settings: Mapping[str, str], to: str, message: EmailMessage) -> None:
    host, security, limit = settings["host"], settings["security"], Limit(_SECONDS)
    wire = outside.connect(host, int(settings["port"]), limit, tls=security == "tls", soon_tls=security == "starttls")
    try:
        with outside.at_end(limit, wire):
            _talk(settings, to, message, wire, limit)
    except smtplib.SMTPException as error:
        raise _why(host, error, limit) from error
    except ssl.SSLCertVerificationError as error:
        raise Refusal(ExchangeError.NOT_TRUSTED, host=host) from error
    except OSError as error:
        raise outside.gone(host, limit) from error
    finally:
        wire.close()


def _talk(settings: Mapping[str, str], to: str, message: EmailMessage, wire: socket.socket, limit: Limit) -> None:
    client = _Smtp(settings["host"], wire, limit)
    try:
        if settings["security"] == "starttls":
            client.starttls(context=ssl.create_default_context())
        with outside.at_end(limit, *filter(None, [client.sock])):
            _say(settings, to, message, client)
    finally:
        client.close()


def _say(settings: Mapping[str, str], to: str, message: EmailMessage, client: smtplib.SMTP) -> None:
    if settings.get("user"):
        client.login(settings["user"], settings.get("password", ""))
    client.send_message(message, settings["sender"], [to])


def _why(host: str, error: smtplib.SMTPException, limit: Limit) -> Refusal:
    status = getattr(error, "smtp_code", 0)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        status = next(iter(error.recipients.values()))[0]
        return Refusal(MailError.LATER if 400 <= status < 500 else MailError.RECEIVER_REFUSED, host=host, status=status)
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return outside.gone(host, limit)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Refusal(MailError.SIGN_IN, host=host, status=status)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal(MailError.NO_STARTTLS, host=host)
    if isinstance(error, smtplib.SMTPSenderRefused) and status >= 500:
        return Refusal(MailError.SENDER_REFUSED, host=host, status=status)
    return Refusal(MailError.LATER if status < 500 else MailError.SENDER_REFUSED, host=host, status=status)


CONNECTORS = (Mail(),)
