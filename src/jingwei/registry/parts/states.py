"""States of a part, classes of accuracy, sources: the words of table 2 of GB/T 47678.5 (standards §3.3). Pure."""

STATES = {"intact": "完好", "damaged": "破损", "lost": "丢失", "abandoned": "废弃", "removed": "移除"}
RETIRED = ("abandoned", "removed")
"""A part in one of these no longer stands in the district's service; its number is kept and never given again."""
NEEDS_REASON = ("lost", *RETIRED)

ACCURACY = {"A": 0.5, "B": 1.0, "C": 10.0}
"""Metres (mean square error of the position) by class of accuracy."""

SOURCES = ("实测", "地形图", "基础地理数据", "其他")

_MEANT = {**{code: code for code in STATES}, **{name: code for code, name in STATES.items()}}


def state_in(text: str) -> str | None:
    """The code of a state written in Chinese or by its code; None for another word."""
    return _MEANT.get(text.strip().lower())


def accuracy_in(text: str) -> str | None:
    """'A', 'B', 'C', or '' where nothing stands; None for anything else. "A类" and "a" mean A."""
    word = text.strip().upper().removesuffix("级").removesuffix("类")
    return word if word in ("", *ACCURACY) else None
