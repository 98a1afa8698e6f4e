"""统一社会信用代码 (GB 32100-2015): 18 signs, the last of which proves the others. Pure."""

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {sign: value for value, sign in enumerate(_SIGNS)}
LENGTH = 18


def check_sign(body: str) -> str:
    """The eighteenth sign that follows seventeen. KeyError for a sign that is none."""
    total = sum(_VALUE[sign] * pow(3, place, 31) for place, sign in enumerate(body[:LENGTH - 1]))
    return _SIGNS[-total % 31]


def doubtful(code: str) -> bool:
    """Whether a text of 18 signs cannot be such a code. Shorter and longer ones are codes of another kind: not judged."""
    text = code.strip().upper()
    if len(text) != LENGTH:
        return False
    return any(sign not in _VALUE for sign in text) or check_sign(text) != text[-1]
