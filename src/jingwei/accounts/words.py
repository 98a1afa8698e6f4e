"""What people may type into an account: logins, names, codes, passwords. Pure."""

import re
import unicodedata

from jingwei.accounts.errors import AccountError
from jingwei.kernel.errors import Refusal
from jingwei.kernel.wording import Words

LONGEST_LOGIN = 40
LONGEST_NAME = 60
LONGEST_UNIT_NAME = 100
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,39}", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z_]{0,19}", re.ASCII)
# mobile and identity numbers: accounts are named by post or by name, such numbers belong into encrypted columns
_PERSONAL_NUMBER = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx])(?![0-9])", re.ASCII)
_LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f-\xa0]{0,999}")
_FIELDS = {"name": Words("名称", "name"), "login": Words("登录名", "login"), "code": Words("编码", "code")}
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # NUL, line breaks, direction marks, zero-width signs, half characters


def fold_login(text: str) -> str:
    """The form in which a login is kept and looked up: full-width signs as ASCII, no outer blanks, lower case."""
    return unicodedata.normalize("NFKC", text[:200]).strip().lower()


def is_login(folded: str) -> bool:
    return _LOGIN.fullmatch(folded) is not None


def login(text: str) -> str:
    """A login to be given: 2 to 40 of a-z 0-9 . _ @ - after folding, no phone or identity number."""
    folded = fold_login(text)
    if len(text) > 200 or not is_login(folded):
        raise Refusal(AccountError.BAD_LOGIN)
    _no_number(folded, "login")
    return folded


def name(text: str, field: str = "name", longest: int = LONGEST_NAME) -> str:
    """A name of a person, unit or device: one visible line of 1 to `longest` characters, no phone or identity number.

    Private-use signs stay: rare surnames are written with them.
    """
    if len(text) > 4 * longest:
        raise Refusal(AccountError.BAD_NAME, field=_FIELDS.get(field, field), longest=longest)
    cleaned = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(cleaned) <= longest or any(unicodedata.category(sign) in _UNSEEN for sign in cleaned):
        raise Refusal(AccountError.BAD_NAME, field=_FIELDS.get(field, field), longest=longest)
    _no_number(unicodedata.normalize("NFKC", cleaned), field)
    return cleaned


def code(text: str) -> str:
    """A unit's code: 1 to 40 of A-Z a-z 0-9 . _ - after folding full-width signs."""
    folded = unicodedata.normalize("NFKC", text[:200]).strip()
    if len(text) > 200 or not _CODE.fullmatch(folded):
        raise Refusal(AccountError.BAD_CODE)
    _no_number(folded, "code")
    return folded


def area_code(text: str) -> str:
    """An area's code as it may be looked up, '' where the text can be none. What codes look like is the grids' own."""
    folded = unicodedata.normalize("NFKC", text[:200]).strip()
    return folded if len(folded) <= 40 and folded.isascii() and folded.isprintable() else ""


def kind(text: str) -> str:
    if not _KIND.fullmatch(text):
        raise Refusal(AccountError.BAD_KIND)
    return text


def folded_password(text: str) -> str:
    """Signs typed with a Chinese input method count as their ASCII forms, so that a password fits every keyboard.

    Empty where the text cannot be a password at all.
    """
    if len(text) > LONGEST_PASSWORD or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        return ""
    return unicodedata.normalize("NFKC", text)


def new_password(text: str, of_login: str) -> str:
    """A password fit to be set, folded: 10 to 128 signs that do not hold the login."""
    folded = folded_password(text)
    if not SHORTEST_PASSWORD <= len(folded) <= LONGEST_PASSWORD * 4 or (
            len(of_login) > 3 and of_login in folded.lower()):
        raise Refusal(AccountError.WEAK_PASSWORD, shortest=SHORTEST_PASSWORD, longest=LONGEST_PASSWORD)
    return folded


def _no_number(text: str, field: str) -> None:
    if _PERSONAL_NUMBER.search(text):
        raise Refusal(AccountError.PERSONAL_NUMBER, field=_FIELDS.get(field, field))


def local_path(text: str) -> str:
    """Where to go after signing in: an address within this site, or '/' for whatever could lead elsewhere.

    Browsers drop tabs and line breaks and take `\\` for `/`: with either, `/\t/elsewhere` would be another host.
    """
    return text if _LOCAL_PATH.fullmatch(text) else "/"
