"""What is told while a proposal is made, and calling it off."""

import pytest
import shapely

from jingwei.grids.partition import Settings, Stage, progress, propose, searching
from tests.grids.partition.towns import block_town, strips


class CalledOff(Exception):
    pass


def heard(**more) -> list[tuple[str, float]]:
    streets, buildings, boundary = block_town(8, 6)
    said: list[tuple[str, float]] = []
    propose(streets, buildings, None, strips(boundary, 2), progress=lambda stage, done: said.append((stage, done)), **more)
    return said


def test_every_stage_is_told_once_in_its_order_and_the_share_never_falls() -> None:
    said = heard()
    assert list(dict.fromkeys(stage for stage, _ in said)) == [stage.value for stage in Stage]
    shares = [done for _, done in said]
    assert shares == sorted(shares)
    assert (shares[0], said[-1]) == (0.0, ("measuring", 1.0))


def test_every_stage_has_chinese_words() -> None:
    assert all(stage.words and not stage.words.isascii() for stage in Stage)
    assert len({stage.words for stage in Stage}) == len(Stage)


@pytest.mark.parametrize("where", list(Stage))
def test_what_the_listener_raises_comes_out_unchanged_at_any_stage(where: Stage) -> None:
    streets, buildings, boundary = block_town()
    raised = CalledOff("enough")

    def listen(stage: str, _: float) -> None:
        if stage == where:
            raise raised

    with pytest.raises(CalledOff) as caught:
        propose(streets, buildings, boundary, progress=listen)
    assert caught.value is raised


def test_a_proposal_called_off_leaves_nothing_behind() -> None:
    streets, buildings, boundary = block_town()
    before = propose(streets, buildings, boundary)

    def listen(stage: str, _: float) -> None:
        if stage == Stage.GROUPING:
            raise CalledOff

    with pytest.raises(CalledOff):
        propose(streets, buildings, boundary, settings=Settings(seed=9), progress=listen)
    after = propose(streets, buildings, boundary)
    assert (shapely.to_wkb(before.units) == shapely.to_wkb(after.units)).all()
    assert before.unit_group.tolist() == after.unit_group.tolist()


def test_a_search_that_tells_how_far_it_is_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    streets, buildings, boundary = block_town(10, 8)
    quiet = propose(streets, buildings, boundary)
    monkeypatch.setattr(searching, "_LARGE", 2)
    monkeypatch.setattr(searching, "_SLICE", 1_000)
    monkeypatch.setattr(progress, "_SELDOM", 0.0)
    said: list[tuple[str, float]] = []
    told = propose(streets, buildings, boundary, progress=lambda stage, done: said.append((stage, done)))
    assert told.unit_group.tolist() == quiet.unit_group.tolist()
    assert told.report == quiet.report
    assert [stage for stage, _ in said].count("grouping") > 1
