"""What is told, before it is known by which ways: the words with nothing personal in them. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

LONGEST_TITLE, LONGEST_BODY = 120, 300
_NUMBER = re.compile(r"(?<![0-9A-Za-z-])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9Xx]|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9A-Za-z-])", re.ASCII)
_HIDDEN = "〔号码〕"


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing to be told. `once`: what it tells of, so that nobody hears it twice. `at`: when that happened.

    `place`, `unit`: paths, for the robots of an area or a unit. `not_before`: while it can be taken back, it goes
    nowhere outside.
    """

    kind: str
    subject: str
    title: str
    body: str
    link: str
    at: datetime
    once: str
    place: str = ""
    unit: str = ""
    not_before: datetime | None = None
    robots: bool = True


def rendered(template: str, values: Mapping[str, str], most: int) -> str:
    """A template with its values. A number that could identify somebody never goes out, wherever it came from."""
    text = template.format_map(_Shown(values))
    clean = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] != "C")
    if _NUMBER.search(unicodedata.normalize("NFKC", clean)):
        clean = _NUMBER.sub(_HIDDEN, unicodedata.normalize("NFKC", clean))
    return clean if len(clean) <= most else clean[:most - 1] + "…"


class _Shown(dict[str, str]):
    def __missing__(self, key: str) -> str:
        raise KeyError(f"a template asks for {key}, which nobody gives")
