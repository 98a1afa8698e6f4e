"""Refusals of mail."""

from jingwei.kernel.errors import ErrorCode, Kind


class MailError(ErrorCode):
    BAD_SECURITY = (
        "mail.bad_security", Kind.REFUSED,
        "没有保存：加密方式只能是 tls、starttls 或 none。请改正后再保存。",
        "Not saved: the encryption is one of tls, starttls, none. Correct it.",
    )
    BAD_PORT = (
        "mail.bad_port", Kind.REFUSED,
        "没有保存：端口须是 1 到 65535 的数字。常用的是 465（tls）和 587（starttls）。",
        "Not saved: the port is a number from 1 to 65535. Usual are 465 (tls) and 587 (starttls).",
    )
    BAD_SENDER = (
        "mail.bad_sender", Kind.REFUSED,
        "没有保存：发件地址的写法不对。请填一个邮箱地址，如 notice@example.cn。",
        "Not saved: this is no mail address to send from. Give one such as notice@example.cn.",
    )
    BAD_BOX_PORT = (
        "mail.bad_box_port", Kind.REFUSED,
        "没有保存：端口须是 1 到 65535 的数字。收信常用的是 993（tls）和 143（starttls）。",
        "Not saved: the port is a number from 1 to 65535. Usual for reading are 993 (tls) and 143 (starttls).",
    )
    BAD_FOLDER = (
        "mail.bad_folder", Kind.REFUSED,
        "没有保存：文件夹的写法不对。不确定时恢复为默认的收件文件夹。",
        "Not saved: this is no name of a folder. Usually it is INBOX.",
    )
    BOX_SIGN_IN = (
        "mail.box_sign_in", Kind.REFUSED,
        "没有读取：邮箱 {host} 不认这个用户名或密码。请核对；许多邮箱要先开通客户端收信，用专门的授权码登录。",
        "Not read: {host} does not take this user or password. Check them; many ask to switch IMAP on and for a code of its own.",
    )
    NO_FOLDER = (
        "mail.no_folder", Kind.REFUSED,
        "没有读取：邮箱里没有“{folder}”这个文件夹，或不让读。请核对文件夹，并确认邮箱开通了客户端收信。",
        "Not read: the mailbox has no folder {folder}, or lets nobody read it. Check the folder, and that IMAP is switched on.",
    )
    SIGN_IN = (
        "mail.sign_in", Kind.REFUSED,
        "没有发出：邮件服务器 {host} 不认这个用户名或密码（{status}）。请核对；许多邮箱要用专门的授权码。",
        "Not sent: the mail server {host} does not take this user or password ({status}). Check them; many ask for a code of their own.",
    )
    NO_STARTTLS = (
        "mail.no_starttls", Kind.REFUSED,
        "没有发出：邮件服务器 {host} 不支持 starttls。请改用 tls 和它的加密端口。",
        "Not sent: the mail server {host} offers no starttls. Use tls and its encrypted port.",
    )
    SENDER_REFUSED = (
        "mail.sender_refused", Kind.REFUSED,
        "没有发出：邮件服务器 {host} 不收这个发件地址（{status}）。请填登录用户自己的地址。",
        "Not sent: the mail server {host} does not take this sender ({status}). Use the address of the user that signs in.",
    )
    RECEIVER_REFUSED = (
        "mail.receiver_refused", Kind.NOT_FOUND,
        "没有发出：邮件服务器 {host} 不收这个收件地址（{status}）。请本人核对邮箱。",
        "Not sent: the mail server {host} does not take this receiver ({status}). Have the address checked.",
    )
    LATER = (
        "mail.later", Kind.BUSY,
        "没有发出：邮件服务器 {host} 暂时不收（{status}）。请稍后再试。",
        "Not sent: the mail server {host} takes nothing at the moment ({status}). Try again later.",
    )
