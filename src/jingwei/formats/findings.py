"""What was noticed about one row, feature or picture that could still be read.

A refusal stops; a finding travels with the thing, so that one bad row does not hide the other ten thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jingwei.kernel.errors import ErrorCode, Refusal
from jingwei.kernel.wording import Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One coded remark, worded like a refusal and filled from the same kind of details."""

    reason: ErrorCode
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.reason.code

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


def finding(reason: ErrorCode, **details: Any) -> Finding:
    """`finding(FormatError.SPIKE, lon=…, lat=…)` reads like the refusal it did not become."""
    return Finding(reason, details)


def reason_of(remarks: Sequence[Finding]) -> Words:
    """The first remark's own reason, to stand inside another sentence."""
    if not remarks:
        return Words("读不出来", "it cannot be read")
    zh, en = remarks[0].text(), remarks[0].text("en")
    return Words(zh.partition("：")[2].partition("。")[0] or zh, en.partition(": ")[2].partition(". ")[0] or en,
                 remarks[0].code)
