"""What is said about the input."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about the input that was worked around. `code` is stable, `text` is for people."""

    code: str
    layer: str
    count: int
    text: str
