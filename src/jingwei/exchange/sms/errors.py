"""Refusals of SMS gateways."""

from jingwei.kernel.errors import ErrorCode, Kind


class SmsError(ErrorCode):
    BAD_NAMES = (
        "sms.bad_names", Kind.REFUSED,
        "没有保存：栏目名称的写法不对。请写成 phone=mobile,text=content 这样，用逗号分隔。",
        "Not saved: the names of members are not written well. Write them as phone=mobile,text=content with commas.",
    )
    REFUSED = (
        "sms.refused", Kind.REFUSED,
        "没有发出：短信网关 {host} 不收，答复代码 {code}。请按网关的说明核对密钥、签名和余额。",
        "Not sent: the gateway {host} refuses with code {code}. Check key, signature and balance by its manual.",
    )
