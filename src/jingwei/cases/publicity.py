"""What may be publicised, and where. Pure."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from jingwei.kernel.masking import mask

LEVELS = {"community": "村社区", "town": "镇街"}
_KINDS = {"community": "community", "village": "community", "quasi_village": "community",
          "street": "town", "town": "town", "township": "town", "joint": "town"}


class _Area(Protocol):
    @property
    def level(self) -> str: ...


Area = TypeVar("Area", bound=_Area)


def levels_above(areas: Iterable[Area]) -> dict[str, Area]:
    """The community and the town among an area and all above it."""
    found = {_KINDS[area.level]: area for area in areas if area.level in _KINDS}
    return {level: found[level] for level in LEVELS if level in found}


def personal(words: str, contact: str = "") -> tuple[str, str] | None:
    """What in the words tells who somebody is, in Chinese and English; None: nothing that is known of."""
    if mask(words).values:
        return "电话或证件号码", "a telephone or identity number"
    name = "".join(contact.split())
    if len(name) > 1 and name in "".join(words.split()):
        return "联系人的姓名", "the name of the contact"
    return None
