"""What was noticed about one row, feature or picture that could still be read.

A refusal stops; a finding travels with the thing, so that one bad row does not hide the other ten thousand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jingwei.kernel.errors import ErrorCode, Refusal


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
