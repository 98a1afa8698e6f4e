"""Learning from closed cases: two linear models, one of each block of features, averaged into one.

Later cases count more, for a town's ways change; a label that its own words have left is not learned any more; the
names of the labels are read as cases of theirs, so that one with few cases can be proposed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

import numpy as np

from jingwei.cases.suggestion.linear import BLOCKS, Linear, weigh
from jingwei.cases.suggestion.said import Told, read

HALF_LIFE = 120    # days after which a case counts half
LEAST = 0.1        # of a case of today, however old: what comes once a year is still known
FEWEST = 3         # cases of a label that can be learned
_NAME_COUNTS = 1.0  # cases of today
_GONE_DAYS, _GONE_EXPECTED, _GONE_SHARE = 30, 5.0, 0.25
_STRENGTH = 10.0   # how freely weights may grow
_MOST_FEATURES = 60_000
_HELD_BACK, _FEWEST_HELD = 0.15, 50  # of the newest cases, by which sureness is set right


class TooFew(Exception):
    """There is nothing to tell apart: fewer than two labels with enough cases."""


@dataclass(frozen=True, slots=True)
class _Case:
    """A case with its features counted, once for all that is learned of it."""

    label: str
    day: int
    counts: Mapping[str, int]
    left: str


@dataclass(frozen=True, slots=True)
class _Text:
    counts: Mapping[str, int]
    label: str
    counts_for: float


def learn(cases: Sequence[Told], names: Mapping[str, Sequence[str]] | None = None) -> Linear:
    """A model of these cases. `names`: what else each label is called (its name, its condition)."""
    ordered = sorted(cases, key=lambda one: one.day)
    counted = [_counted(one) for one in ordered]
    named = {label: [_counted(Told(name, "", label, 0)).counts for name in called if name] for label, called in (names or {}).items()}
    border = len(ordered) - int(len(ordered) * _HELD_BACK)
    heat = 1.0
    if len(ordered) - border >= _FEWEST_HELD:
        with suppress(TooFew):
            heat = _heat(_fitted(counted[:border], named), ordered[border:])
    return replace(_fitted(counted, named), heat=heat)


def out_of_use(cases: Sequence[Told]) -> set[str]:
    """Labels whose own words went to others lately: by the texts of the last days many were to be expected, few came."""
    return _out_of_use([_counted(one) for one in cases])


def _out_of_use(cases: Sequence[_Case]) -> set[str]:
    border = max((one.day for one in cases), default=0) - _GONE_DAYS
    before: dict[str, Counter[str]] = {}
    for one in cases:
        if one.day <= border and one.left:
            before.setdefault(one.left, Counter())[one.label] += 1
    expected: dict[str, float] = {}
    came: Counter[str] = Counter()
    for one in cases:
        shares = before.get(one.left)
        if one.day > border and shares and shares.total() >= FEWEST:
            came[one.label] += 1
            for label, count in shares.items():
                expected[label] = expected.get(label, 0.0) + count / shares.total()
    return {label for label, much in expected.items() if much >= _GONE_EXPECTED and came[label] <= _GONE_SHARE * much}


def _fitted(cases: Sequence[_Case], names: Mapping[str, Sequence[Mapping[str, int]]]) -> Linear:
    gone, last = _out_of_use(cases), max((one.day for one in cases), default=0)
    kept = [one for one in cases if one.label not in gone or one.day > last - _GONE_DAYS]
    often = Counter(one.label for one in kept)
    kept = [one for one in kept if often[one.label] >= FEWEST]
    labels = tuple(sorted({one.label for one in kept}))
    if len(labels) < 2:
        raise TooFew
    texts = [_Text(one.counts, one.label, max(LEAST, 0.5 ** ((last - one.day) / HALF_LIFE))) for one in kept]
    texts += [_Text(name, label, _NAME_COUNTS) for label in labels for name in names.get(label, ())]
    vocabulary, rarity = _vocabulary(texts)
    weights, bias = np.zeros((len(vocabulary), len(labels)), np.float16), np.zeros(len(labels), np.float32)
    for block in range(len(BLOCKS)):
        columns = [row for name, row in vocabulary.items() if _block(name) == block]
        if columns:
            learned, lift = _solved(texts, vocabulary, rarity, columns, labels)
            weights[columns] = (learned / len(BLOCKS)).astype(np.float16)
            bias += (lift / len(BLOCKS)).astype(np.float32)
    return Linear(labels, vocabulary, rarity, weights, bias)


def _counted(case: Told) -> _Case:
    said = read(case.text, case.place)
    return _Case(case.label, case.day, Counter(intern(feature.name) for feature in said.features), said.left)


def _block(name: str) -> int:
    return BLOCKS.index("a" if name[0] == "a" else "c")


def _vocabulary(texts: Sequence[_Text]) -> tuple[dict[str, int], Any]:
    """Features of at least two texts, the commonest if there are too many, and how rare each is."""
    spread = Counter(name for text in texts for name in text.counts)
    kept = sorted(name for name, count in spread.most_common(_MOST_FEATURES) if count > 1)
    rarity = np.array([np.log((1 + len(texts)) / (1 + spread[name])) + 1 for name in kept], dtype=np.float32)
    return {name: row for row, name in enumerate(kept)}, rarity


def _solved(texts: Sequence[_Text], vocabulary: Mapping[str, int], rarity: Any, columns: Sequence[int],
            labels: Sequence[str]) -> tuple[Any, Any]:
    """Weights (feature of the block × label) and lifts of one block."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    place_of = {row: place for place, row in enumerate(columns)}
    starts, at = [0], []
    values: list[float] = []
    for text in texts:
        mine = [(vocabulary[name], count) for name, count in text.counts.items() if vocabulary.get(name) in place_of]
        rows = np.array([row for row, _ in mine], dtype=np.int64)
        at += [place_of[row] for row, _ in mine]
        values += weigh(np.array([count for _, count in mine], dtype=np.float64), rarity[rows],
                        np.zeros(len(mine), dtype=np.int64)).tolist() if mine else []
        starts.append(len(at))
    matrix = sparse.csr_matrix((values, at, starts), shape=(len(texts), len(columns)))
    counts_for = np.array([text.counts_for for text in texts])
    solver = LogisticRegression(C=_STRENGTH, max_iter=400, tol=3e-4)
    solver.fit(matrix, [text.label for text in texts], sample_weight=counts_for / counts_for.mean())
    weights, lift = solver.coef_, solver.intercept_
    if len(labels) == 2:  # it keeps one row for two labels
        weights, lift = np.vstack([-weights / 2, weights / 2]), np.concatenate([-lift / 2, lift / 2])
    return weights.T, lift


def _heat(model: Linear, cases: Sequence[Told]) -> float:
    """By how much the model must be cooled for its sureness to fit cases it has not learned."""
    known = {label: place for place, label in enumerate(model.labels)}
    judged = [one for one in cases if one.label in known]
    if len(judged) < _FEWEST_HELD:
        return 1.0
    towards = np.log(model.sureness([(one.text, one.place) for one in judged]) + 1e-12)
    true = np.array([known[one.label] for one in judged])
    # what is of no label the model knows was told too surely as well: it counts as missed
    unknown = 1 - len(judged) / len(cases)
    tried = np.linspace(0.7, 2.0, 53)
    losses = []
    for heat in tried:
        cooled = np.exp(towards / heat - (towards / heat).max(axis=1, keepdims=True))
        sure = cooled / cooled.sum(axis=1, keepdims=True)
        hit, best = sure[np.arange(len(true)), true], sure.max(axis=1)
        losses.append(-np.log(hit + 1e-12).mean() * (1 - unknown) - unknown * np.log(1 - best.mean() + 1e-12))
    return float(tried[int(np.argmin(losses))])
