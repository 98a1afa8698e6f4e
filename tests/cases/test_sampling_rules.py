"""The rules of a sampling re-check: a list fixed beforehand, a draw that anybody repeats, what the results prove."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from jingwei.cases import sampling_cases as rules
from jingwei.cases.sampling_cases import Listed

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FRAME = [Listed(f"990101-2026-{number:06}", "HW" if number % 3 else "YL", "s/matter/06010") for number in range(1, 31)]


def test_the_list_is_the_same_bytes_whatever_order_it_came_in() -> None:
    text = rules.frame_text(reversed(FRAME))
    assert text == rules.frame_text(FRAME)
    assert text.split("\n")[0] == "990101-2026-000001\tHW\ts/matter/06010"
    assert rules.read_frame(rules.unpacked(rules.packed(text))) == FRAME
    assert rules.digest(text) == hashlib.sha256(text.encode()).hexdigest()
    assert rules.read_frame("") == []


def test_whoever_has_list_and_seed_draws_the_same_with_sha256_alone() -> None:
    """As the manual shows it, without any of our code."""
    by_hand = sorted(sorted((one.number for one in FRAME), key=lambda number: hashlib.sha256(f"公开的种子|{number}".encode()).hexdigest())[:7])
    assert rules.drawn(FRAME, 7, "公开的种子") == by_hand
    assert rules.drawn(list(reversed(FRAME)), 7, "公开的种子") == by_hand
    assert rules.drawn(FRAME, 7, "另一个种子") != by_hand


@pytest.mark.parametrize(("by", "size", "of_yl"), [("unit", 6, 2), ("unit", 2, 1), ("class", 30, 10), ("unit", 500, 10)])
def test_every_unit_has_its_share(by: str, size: int, of_yl: int) -> None:
    yl = {one.number for one in FRAME if one.unit == "YL"}
    found = rules.drawn(FRAME, size, "种子", by)
    assert len(found) == min(size, len(FRAME))
    assert len(yl & set(found)) == of_yl


def test_a_seed_is_hard_to_choose_every_case_is_drawn_about_as_often() -> None:
    times = dict.fromkeys((one.number for one in FRAME), 0)
    for seed in range(600):
        for number in rules.drawn(FRAME, 5, str(seed)):
            times[number] += 1
    assert min(times.values()) > 60
    assert max(times.values()) < 145


@pytest.mark.parametrize(("wanted", "found"), [
    ([(1, ["a", "b"]), (2, ["a", "b"]), (3, ["a"])], {1: "a", 2: "b", 3: "a"}),
    ([(1, []), (2, ["b"])], {1: None, 2: "b"}),
    ([(1, ["a"]), (2, ["a", "b"]), (3, ["a", "b"])], {1: "a", 2: "b", 3: "a"}),
])
def test_tasks_go_round_among_those_who_may(wanted: list[tuple[int, list[str]]], found: dict[int, str | None]) -> None:
    assert rules.handed(wanted) == found


def test_whoever_had_any_part_in_a_case_is_kept_off() -> None:
    assert rules.people_in({"report": ["a"], "check": ["b", "c"]}, None, "d", "") == {"a", "b", "c", "d"}


def test_only_right_and_wrong_ones_count_and_few_prove_little() -> None:
    found = rules.figures(["right"] * 18 + ["wrong"] * 2 + ["unclear", "reopened", ""])
    assert (found.size, found.right, found.wrong, found.unclear, found.reopened, found.open) == (23, 18, 2, 1, 1, 1)
    assert found.share == 0.9
    assert found.proven == pytest.approx(0.7174, abs=0.0001)  # Clopper–Pearson, one-sided, 95 %
    few = rules.figures(["right", "right"])
    assert few.proven == pytest.approx(0.05 ** 0.5)
    empty = rules.figures(["", "unclear"])
    assert (empty.share, empty.proven) == (None, None)


@pytest.mark.parametrize(("outcomes", "words"), [
    ([], "还没有抽取。"),
    (["", ""], "抽取 2 件，还没有合格或不合格的结果。"),
    (["right"] * 3, "抽取 3 件，判定 3 件，其中 3 件合格，合格率 100.00 %。按这个样本，有 95 % 的把握说，名单内全部案件的合格率不低于 36.84 %。"),
    (["right", "wrong", "", "unclear"], ("抽取 4 件，判定 2 件，其中 1 件合格，合格率 50.00 %。按这个样本，有 95 % 的把握说，名单内全部案件的合格率不低于 2.53 %。"
     "还有 1 件待复核，结果未定。无法判断 1 件、抽取前已重新打开 0 件不计入合格率。")),
])
def test_the_result_in_words(outcomes: list[str], words: str) -> None:
    assert rules.said(rules.figures(outcomes)) == words


TEXT = rules.frame_text(FRAME)
COMMITTED = {"way": "committed", "commitment": rules.digest("秘密"), "digest": rules.digest(TEXT), "population": 30, "size": 5, "by": ""}
PUBLIC = {**COMMITTED, "way": "public", "commitment": "", "source": "开奖号码", "source_at": (AT + timedelta(hours=1)).isoformat()}
DRAWN = rules.drawn(FRAME, 5, "秘密")


@pytest.mark.parametrize(("announced", "drawing", "hours", "frame", "kept", "broken"), [
    (COMMITTED, {"seed": "秘密"}, 2, TEXT, DRAWN, []),
    (PUBLIC, {"seed": "秘密"}, 2, TEXT, DRAWN, []),
    (COMMITTED, None, 2, TEXT, [], []),
    (COMMITTED, {"seed": "秘密"}, -1, TEXT, DRAWN, ["先公告，后抽取"]),
    (COMMITTED, {"seed": "别的"}, 2, TEXT, DRAWN, ["种子", "抽取"]),
    (COMMITTED, {"seed": "秘密"}, 2, TEXT, DRAWN[:4], ["抽取"]),
    (COMMITTED, {"seed": "秘密"}, 2, "\n".join(TEXT.split("\n")[1:]), DRAWN, ["名单"]),
    (PUBLIC, {"seed": "秘密"}, 0.5, TEXT, DRAWN, ["种子"]),
    ({**PUBLIC, "source_at": AT.isoformat()}, {"seed": "秘密"}, 2, TEXT, DRAWN, ["种子"]),
])
def test_what_does_not_fit_the_announcement_is_found(announced: dict[str, Any], drawing: dict[str, Any] | None, hours: float, frame: str,
                                                     kept: list[str], broken: list[str]) -> None:
    found = rules.proofs(announced, AT, drawing, AT + timedelta(hours=hours) if drawing else None, frame, kept)
    names = [proof.name for proof in found if not proof.holds]
    assert [name for name in names if name in broken] == broken
    assert set(names) - set(broken) <= ({"抽取"} if "名单" in broken else set())
