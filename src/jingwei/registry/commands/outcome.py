"""What an import or a conversion did, or would do, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jingwei.kernel.errors import ErrorCode, Refusal


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a row was not taken, or what was odd about one that was (`kept`). `row` 0: no row of a file."""

    row: int
    reason: ErrorCode
    details: Mapping[str, Any] = field(default_factory=dict)
    kept: bool = False

    def text(self, language: str = "zh") -> str:
        return Refusal(self.reason, **self.details).text(language)


@dataclass(slots=True)
class Outcome:
    dry_run: bool
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    remarks: list[Remark] = field(default_factory=list)

    @property
    def rejected(self) -> list[Remark]:
        return [remark for remark in self.remarks if not remark.kept]

    def refuse(self, row: int, reason: ErrorCode, **details: Any) -> None:
        self.remarks.append(Remark(row, reason, details))

    def turn_down(self, row: int, refusal: Refusal) -> None:
        self.remarks.append(Remark(row, refusal.reason, refusal.details))

    def note(self, row: int, reason: ErrorCode, **details: Any) -> None:
        self.remarks.append(Remark(row, reason, details, kept=True))
