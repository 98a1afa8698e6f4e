"""T6 as a property: any single change to a sound journal is found. In memory, without a database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import given, settings

from jingwei.journal.chain import GENESIS, Link, fold_root, link_hash
from jingwei.journal.checkpoint import Signed
from jingwei.journal.verify import Bare, Book, Mark, Place, Stored, examine

DAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEXTS = ("subject", "verb", "actor", "via", "area_path", "data", "previous")


@dataclass
class Shelf:
    """A journal as three plain tables: entries and hashes by id, positions, heads."""

    entries: dict[int, tuple[Link, str]]
    positions: dict[int, int]
    heads: dict[str, tuple[int, str]]
    ids_follow_positions = False

    def places(self) -> Iterator[Place]:
        for position, pk in sorted(self.positions.items()):
            yield Place(position, pk, self.entries[pk][1] if pk in self.entries else None)

    def stored(self) -> Iterator[Stored]:
        at = {pk: position for position, pk in self.positions.items()}
        for pk, (link, digest) in sorted(self.entries.items(), key=lambda row: (row[1][0].subject, row[1][0].number)):
            fits = link_hash(link) == digest
            head = self.heads.get(link.subject, (None, ""))
            yield Stored(link.subject, link.number, at.get(pk), link.previous, digest, fits, None if fits else link,
                         head_number=head[0], head_hash=head[1])

    def bare_heads(self) -> Iterator[Bare]:
        held = {link.subject for link, _ in self.entries.values()}
        return (Bare(subject, head[0]) for subject, head in sorted(self.heads.items()) if subject not in held)

    def displaced(self, since: int, until: int, limit: int) -> list[tuple[Place, int]]:
        return []

    def root(self) -> str:
        root = GENESIS
        for _, pk in sorted(self.positions.items()):
            root = fold_root(root, self.entries[pk][1])
        return root


def shelf(order: list[str]) -> Shelf:
    made = Shelf({}, {}, {})
    for place, subject in enumerate(order, 1):
        number, previous = made.heads.get(subject, (0, GENESIS))
        link = Link(subject, number + 1, "thing.changed", "", "cli", DAY + timedelta(minutes=place), "1/",
                    f'{{"n":{place}}}', previous)
        made.entries[100 + place] = (link, link_hash(link))
        made.positions[place] = 100 + place
        made.heads[subject] = (number + 1, link_hash(link))
    return made


def report(made: Shelf, mark: Mark | None = None) -> Any:
    return examine(made, [mark] if mark else [], Book())


journals = st.lists(st.sampled_from("abcd"), min_size=1, max_size=25).map(shelf)


@given(journals)
@settings(max_examples=60, deadline=None)
def test_a_sound_journal_has_no_fault(made):
    found = report(made, Mark(Signed(len(made.positions), len(made.positions), made.root(), DAY, "")))
    assert found.ok, found.defects
    assert found.entries == len(made.entries)


@given(journals, st.data())
@settings(max_examples=200, deadline=None)
def test_a_change_to_any_column_of_any_entry_is_found(made, data):
    pk = data.draw(st.sampled_from(sorted(made.entries)))
    link, digest = made.entries[pk]
    name = data.draw(st.sampled_from((*TEXTS, "number", "at", "hash")))
    if name == "hash":
        made.entries[pk] = (link, digest[::-1] if digest[::-1] != digest else GENESIS)
    elif name == "at":
        made.entries[pk] = (replace(link, at=link.at + timedelta(microseconds=data.draw(st.integers(1, 9)))), digest)
    elif name == "number":
        made.entries[pk] = (replace(link, number=link.number + data.draw(st.integers(1, 30))), digest)
    else:
        other = data.draw(st.text(max_size=8).filter(lambda text: text != getattr(link, name)))
        made.entries[pk] = (replace(link, **{name: other}), digest)
    assert not report(made).ok


@given(journals, st.data())
@settings(max_examples=200, deadline=None)
def test_a_row_taken_out_of_any_table_is_found(made, data):
    last = len(made.positions)
    table = data.draw(st.sampled_from([made.entries, made.positions, made.heads]))
    del table[data.draw(st.sampled_from(sorted(table)))]
    found = report(made)
    assert not found.ok
    assert found.position in (last, last - 1)


@given(journals, st.data())
@settings(max_examples=200, deadline=None)
def test_two_rows_that_change_places_are_found_with_a_checkpoint(made, data):
    if len(made.positions) < 2:
        return
    mark = Mark(Signed(len(made.positions), len(made.positions), made.root(), DAY, ""), outside=True)
    one, other = data.draw(st.lists(st.sampled_from(sorted(made.positions)), min_size=2, max_size=2, unique=True))
    made.positions[one], made.positions[other] = made.positions[other], made.positions[one]
    assert not report(made, mark).ok


@given(journals, st.data())
@settings(max_examples=100, deadline=None)
def test_an_entry_added_past_the_system_is_found(made, data):
    subject = data.draw(st.sampled_from("abcdz"))
    number = data.draw(st.integers(1, 30))
    link = Link(subject, number, "thing.changed", "", "cli", DAY, "1/", "{}",
                data.draw(st.sampled_from([GENESIS, *(digest for _, digest in made.entries.values())])))
    made.entries[999] = (link, link_hash(link))
    if data.draw(st.booleans()):
        made.positions[len(made.positions) + 1] = 999
    assert not report(made).ok
