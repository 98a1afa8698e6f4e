"""Refusals of everything outside: what went wrong on the way, and what to do."""

from jingwei.kernel.errors import ErrorCode, Kind


class ExchangeError(ErrorCode):
    BAD_URL = (
        "exchange.bad_url", Kind.REFUSED,
        "没有连接：网址的写法不对。请填以 https:// 开头的完整网址，不带用户名和密码。",
        "Not connected: this is no valid address. Give a whole one that begins with https://, without user or password.",
    )
    NO_NAME = (
        "exchange.no_name", Kind.BUSY,
        "没有办成：找不到主机 {host}。请核对地址，或检查服务器的域名解析。",
        "Not done: there is no host {host}. Check the address, or how this server looks names up.",
    )
    INSIDE = (
        "exchange.inside", Kind.REFUSED,
        ("没有连接：{host} 指向内部地址 {address}，不在允许的网段里。请核对地址；确是单位内部的服务，"
         "请系统管理员在服务器的 settings.toml 里用 inside_networks 写明网段。"),
        ("Not connected: {host} leads to the inside address {address}, which is in no allowed network. Check the address; "
         "if it is a service of the house, name its network as inside_networks in settings.toml on the server."),
    )
    NOT_SECURE = (
        "exchange.not_secure", Kind.REFUSED,
        "没有连接：{host} 不在允许的内部网段，对外只走加密连接。请改用 https 网址或加密端口。",
        "Not connected: {host} is in no allowed inside network, and outside only encrypted connections are used. Use https or an encrypted port.",
    )
    UNREACHABLE = (
        "exchange.unreachable", Kind.BUSY,
        "没有办成：连不上 {host} 的 {port} 端口。请检查地址、端口和防火墙。",
        "Not done: {host} does not answer on port {port}. Check address, port and firewall.",
    )
    SLOW = (
        "exchange.slow", Kind.BUSY,
        "没有办成：{host} 在 {seconds} 秒内没有答复。请稍后再试，或联系对方。",
        "Not done: {host} did not answer within {seconds} seconds. Try again later, or ask the other side.",
    )
    NOT_TRUSTED = (
        "exchange.not_trusted", Kind.REFUSED,
        "没有办成：{host} 的证书不可信、已过期或与名称不符。请核对地址，或请对方更换证书。",
        "Not done: the certificate of {host} is not trusted, expired or of another name. Check the address, or have it replaced.",
    )
    BROKEN_OFF = (
        "exchange.broken_off", Kind.BUSY,
        "没有办成：{host} 中途断开了连接。请稍后再试，或联系对方。",
        "Not done: {host} broke the connection off. Try again later, or ask the other side.",
    )
    REDIRECTED = (
        "exchange.redirected", Kind.REFUSED,
        "没有发出：{host} 要求转到别的网址，本程序不跟随。请填写最终的网址。",
        "Not sent: {host} sends to another address, which is not followed. Give the final address.",
    )
    BAD_ANSWER = (
        "exchange.bad_answer", Kind.REFUSED,
        "没有确认发出：{host} 的答复看不懂或太长。请核对网址是不是这种服务的。",
        "Not known to be sent: the answer of {host} is not understood or too long. Check that the address belongs to this service.",
    )
    LATER = (
        "exchange.later", Kind.BUSY,
        "没有发出：{host} 答复 {status}，对方暂时不收。请稍后再试。",
        "Not sent: {host} answers {status} and takes nothing at the moment. Try again later.",
    )
    REFUSED = (
        "exchange.refused", Kind.REFUSED,
        "没有发出：{host} 答复 {status}，拒绝了请求。请核对网址和密钥。",
        "Not sent: {host} answers {status} and refuses. Check the address and the key.",
    )
