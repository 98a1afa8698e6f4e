"""How good proposals are, on cases that came after those that were learned from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from jingwei.cases.suggestion.linear import Linear
from jingwei.cases.suggestion.said import Told

BINS = 15
COMMON = 20           # cases of a label that counts for the mean over labels
SUREST_FROM = 0.9     # less is never filled in
_FEWEST_ABOVE = 50    # judged cases, to trust a bound


@dataclass(frozen=True, slots=True)
class OfLabel:
    label: str
    cases: int
    found: int       # of its cases, proposed first
    proposed: int    # all that it was proposed for first


@dataclass(frozen=True, slots=True)
class Judged:
    """Shares of all judged cases, those of labels never learned counted as missed.

    `gap`: mean difference between sureness and truth over bins of equal count. `commonest`: share if one always
    proposed the commonest label. `even`: mean F1 over labels with `COMMON` cases or more.
    """

    cases: int
    first: float
    three: float
    gap: float
    commonest: float
    even: float
    promised: float
    labels: tuple[OfLabel, ...] = ()

    def told(self) -> dict[str, Any]:
        return asdict(self)


def judge(model: Linear, cases: Sequence[Told], commonest: str = "") -> Judged:
    """Judge a model on cases it has not learned. `commonest`: the label most learned from."""
    return judged_by(model.labels, model.sureness([(one.text, one.place) for one in cases]), [one.label for one in cases],
                     commonest)


def judged_by(labels: Sequence[str], sure: Any, true: Sequence[str], commonest: str = "") -> Judged:
    """The same for any model that gives how sure it is: a row a case, a column a label."""
    if not true:
        return Judged(0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    named, truth = np.array(labels), np.array(true)
    order = np.argsort(-sure, axis=1, kind="stable")
    first, best = named[order[:, 0]], sure.max(axis=1)
    hits = first == truth
    rows = _of_labels(first, truth)
    return Judged(
        cases=len(truth), first=float(hits.mean()), three=float((named[order[:, :3]] == truth[:, None]).any(axis=1).mean()),
        gap=_gap(best, hits), commonest=float((truth == commonest).mean()) if commonest else 0.0,
        even=_even(rows), promised=float(best.mean()), labels=rows)


def worth(model: Linear, cases: Sequence[Told], share: float) -> float:
    """From what sureness on at least `share` of the first proposals were right; above 1 where there is no such bound.

    Never below `SUREST_FROM`: of those it is half sure of every other one is wrong, however right the surer ones are.
    """
    sure = model.sureness([(one.text, one.place) for one in cases]) if cases else np.zeros((0, 1))
    if len(cases) < _FEWEST_ABOVE:
        return 1.01
    named, best = np.array(model.labels), sure.max(axis=1)
    hits = named[sure.argmax(axis=1)] == np.array([one.label for one in cases])
    for bound in np.arange(SUREST_FROM, 1.0, 0.01):
        above = best >= bound
        if above.sum() >= _FEWEST_ABOVE and hits[above].mean() >= share:
            return round(float(bound), 2)
    return 1.01


def _of_labels(first: Any, truth: Any) -> tuple[OfLabel, ...]:
    cases, proposed = Counter(truth.tolist()), Counter(first.tolist())
    found = Counter(truth[first == truth].tolist())
    return tuple(OfLabel(label, count, found[label], proposed[label]) for label, count in cases.most_common())


def _even(rows: Sequence[OfLabel]) -> float:
    common = [2 * row.found / (row.cases + row.proposed) for row in rows if row.cases >= COMMON]
    return float(np.mean(common)) if common else 0.0


def _gap(best: Any, hits: Any) -> float:
    order = np.argsort(best, kind="stable")
    return float(sum(len(part) / len(best) * abs(best[part].mean() - hits[part].mean())
                     for part in np.array_split(order, BINS) if len(part)))
