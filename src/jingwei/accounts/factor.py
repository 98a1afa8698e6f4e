"""The second factor (8.1.4.1): who is asked for it, what may be typed, which code fits. Pure: time and chance are given.

TOTP (RFC 6238) comes from `cryptography`, which the house needs anyway; it compares in constant time.
"""

import base64
import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from jingwei.accounts.rights import ADMINISTRATORS, Role
from jingwei.formats import qr_code

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30            # seconds that a code lasts
SKEW = 1             # steps by which a phone's clock may differ, either way
SECRET_BYTES = 20    # what RFC 4226 recommends and every authenticator takes
RECOVERY_CODES = 8
ISSUER = "经纬"
_QR_PIXELS = 264

NOT_ASKED, SHOWN, NEEDED, ENROL = "", "shown", "needed", "enrol"
PENDING = frozenset({NEEDED, ENROL})

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that can be taken for another
_RECOVERY_SIGNS = 11                        # 54 bits, after the code's own number
_CODE = re.compile(r"[0-9]{6}", re.ASCII)
_RECOVERY = re.compile(rf"[1-{RECOVERY_CODES}][{_SIGNS}]{{{_RECOVERY_SIGNS}}}", re.ASCII)
ASKED_FIRST = frozenset(role.code for role in {*ADMINISTRATORS, Role.AREA_ADMIN})


class Policy(Enum):
    """The setting `second_factor`."""

    ADMINISTRATORS = "administrators"
    EVERYONE = "everyone"
    OFF = "off"


def policy(text: str) -> Policy:
    """A word that is none of the three asks everybody: a slip in the settings must not open a door."""
    try:
        return Policy(text)
    except ValueError:
        return Policy.EVERYONE


def standing(policy: Policy, roles: Iterable[str], *, enrolled: bool, shown: bool) -> str:
    """How a session or token stands: '' not asked, `shown`, `needed`, or `enrol` for who has to set one up first.

    Who has set one up is asked for it in whatever post; with OFF nobody is.
    """
    if shown:
        return SHOWN
    if policy is Policy.OFF:
        return NOT_ASKED
    if enrolled:
        return NEEDED
    return ENROL if policy is Policy.EVERYONE or not ASKED_FIRST.isdisjoint(roles) else NOT_ASKED


def folded(text: str) -> str:
    """What was typed: full-width signs as ASCII, without blanks and hyphens, lower case."""
    plain = unicodedata.normalize("NFKC", text[:100])
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Pd").lower()


def is_code(folded: str) -> bool:
    return _CODE.fullmatch(folded) is not None


def is_recovery(folded: str) -> bool:
    """The first sign is the code's number among its eight."""
    return _RECOVERY.fullmatch(folded) is not None


def step_at(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def code_of(secret: bytes, step: int) -> str:
    """The six digits that an authenticator shows in this step."""
    return _totp(secret).generate(step * STEP).decode()


def fitting_step(secret: bytes, code: str, at: datetime, after: int) -> int | None:
    """The step, later than `after`, whose code this is, as far as clocks may differ; None if there is none.

    Every step is compared, whichever fits: how long it takes tells nothing.
    """
    found = None
    for step in range(step_at(at) - SKEW, step_at(at) + SKEW + 1):
        if _fits(secret, code, step) and step > after:
            found = step
    return found


def _fits(secret: bytes, code: str, step: int) -> bool:
    from cryptography.hazmat.primitives.twofactor import InvalidToken

    if not is_code(code) or step < 0:
        return False
    try:
        _totp(secret).verify(code.encode(), step * STEP)
    except InvalidToken:
        return False
    return True


def typed(secret: bytes) -> str:
    """The secret as it is typed into an authenticator: base32 without padding."""
    return base64.b32encode(secret).decode().rstrip("=")


def in_fours(text: str) -> str:
    """`ABCD EFGH …`: so that it can be copied by eye."""
    return " ".join(text[at:at + 4] for at in range(0, len(text), 4))


def uri(secret: bytes, login: str) -> str:
    """What the QR code says."""
    return _totp(secret).get_provisioning_uri(login, ISSUER)


def qr(text: str) -> str:
    """The QR code for the page."""
    return qr_code.svg_inline(text, "二维码：两步验证", _QR_PIXELS)


def recovery_codes(choose: Callable[[str], str]) -> list[str]:
    """Fresh one-time codes, folded: number and 11 signs. `choose`: one sign of a text, unpredictably."""
    return [f"{number}{''.join(choose(_SIGNS) for _ in range(_RECOVERY_SIGNS))}"
            for number in range(1, RECOVERY_CODES + 1)]


def written(recovery: str) -> str:
    """A recovery code as it is printed: `1abc-defg-hjkm`."""
    return in_fours(recovery).replace(" ", "-")


def _totp(secret: bytes) -> "TOTP":
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(secret, 6, SHA1(), STEP)  # SHA-1 is what every authenticator speaks; as an HMAC it is not broken
