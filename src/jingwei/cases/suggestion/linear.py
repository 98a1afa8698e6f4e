"""A learned model as arrays: weights of features towards labels. Proposing needs numpy only and asks nothing else.

Kept as plain arrays, never pickled: reading a model file can run nothing.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from jingwei.cases.suggestion.said import Said, read

BLOCKS = ("c", "a")  # `=` counts with `c`
_LONGEST = 12        # signs of a word that is named as a reason
_REASONS = 3
_WEAKEST = 0.25      # of the strongest reason

Arrays = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposed:
    """A label with how sure the model is of it (0–1), and the words of the text that spoke for it."""

    label: str
    confidence: float
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Linear:
    """`weights`: feature × label. `rarity`: of each feature. `heat` > 1: the model was too sure, and is cooled by it."""

    labels: tuple[str, ...]
    vocabulary: dict[str, int]
    rarity: Any
    weights: Any
    bias: Any
    heat: float = 1.0

    def propose(self, text: str, place: str = "", *, most: int = 3, among: Collection[str] | None = None) -> list[Proposed]:
        """The likeliest labels, those `among` if given; what is left shares all that there is to be sure of."""
        said = read(text, place)
        found, worth, features = self._weighed(said)
        rows = self.weights[found].astype(np.float32)
        sure = self._sure(rows, worth)
        if among is not None:
            sure = np.where([label in among for label in self.labels], sure, 0.0)
            if not sure.any():
                return []
            sure = sure / sure.sum()
        best = [one for one in np.argsort(-sure, kind="stable")[:most] if sure[one] > 0]
        return [Proposed(self.labels[one], float(sure[one]), self._because(said, features, rows, worth, sure, int(one)))
                for one in best]

    def sureness(self, texts: Iterable[tuple[str, str]]) -> Any:
        """For many (text, place): how sure of each label, a row each."""
        told = [self._weighed(read(text, place)) for text, place in texts]
        return np.array([self._sure(self.weights[found].astype(np.float32), worth) for found, worth, _ in told])

    def _sure(self, rows: Any, worth: Any) -> Any:
        towards = (worth @ rows + self.bias) / self.heat
        raised = np.exp(towards - towards.max())
        return raised / raised.sum()

    def _weighed(self, said: Said) -> tuple[Any, Any, list[list[tuple[int, ...]]]]:
        """Rows of the features that the model knows, what each is worth in this text, and where each stands."""
        where: dict[int, list[tuple[int, ...]]] = {}
        block_of: dict[int, int] = {}
        for feature in said.features:
            row = self.vocabulary.get(feature.name)
            if row is not None:
                where.setdefault(row, []).append(feature.places)
                block_of[row] = BLOCKS.index("a" if feature.name[0] == "a" else "c")
        found = np.fromiter(where, dtype=np.int64, count=len(where))
        counts = np.fromiter((len(places) for places in where.values()), dtype=np.float64, count=len(where))
        blocks = np.fromiter((block_of[row] for row in where), dtype=np.int64, count=len(where))
        return found, weigh(counts, self.rarity[found], blocks), list(where.values())

    def _because(self, said: Said, features: list[list[tuple[int, ...]]], rows: Any, worth: Any, sure: Any,
                 label: int) -> tuple[str, ...]:
        """The words that speak for this label against the others, the strongest first, as they stand in the text."""
        others = sure.copy()
        others[label] = 0.0
        others = others / others.sum() if others.sum() else others
        speaks = worth * (rows[:, label] - rows @ others)
        signs = np.zeros(len(said.given))
        for value, stands in zip(speaks, features, strict=True):
            for places in stands:
                for at in places:
                    signs[at] += value / len(stands) / len(places)
        return _words(said, signs)

    def arrays(self) -> Arrays:
        return {"labels": _packed(self.labels), "vocabulary": _packed(sorted(self.vocabulary, key=self.vocabulary.__getitem__)),
                "rarity": self.rarity, "weights": self.weights, "bias": self.bias, "heat": np.float64(self.heat)}

    @classmethod
    def from_arrays(cls, arrays: Arrays) -> "Linear":
        """ValueError where they do not fit each other."""
        labels, names = _unpacked(arrays["labels"]), _unpacked(arrays["vocabulary"])
        weights, heat = arrays["weights"], float(arrays["heat"])
        if weights.shape != (len(names), len(labels)) or not math.isfinite(heat) or heat <= 0:
            raise ValueError("the arrays of a model do not fit each other")
        return cls(labels, {name: row for row, name in enumerate(names)}, arrays["rarity"], weights, arrays["bias"], heat)


def weigh(counts: Any, rarity: Any, blocks: Any) -> Any:
    """What each feature of a text is worth: the oftener here and the rarer elsewhere the more; each block of length 1."""
    worth = (1.0 + np.log(counts)) * rarity
    lengths = np.sqrt(np.bincount(blocks, weights=worth * worth, minlength=len(BLOCKS)))
    return (worth / np.where(lengths > 0, lengths, 1.0)[blocks]).astype(np.float32)


def _words(said: Said, signs: Any) -> tuple[str, ...]:
    """Stretches whose signs all speak for the label; of the address only where nothing else does."""
    for within in (said.body, frozenset(range(len(said.given)))):
        found: list[tuple[float, str]] = []
        run: list[int] = []
        for at in range(len(said.given) + 1):
            if at in within and signs[at] > 0 and not said.given[at].isspace() and len(run) < _LONGEST:
                run.append(at)
                continue
            word = said.given[run[0]:run[-1] + 1] if run else ""
            if len(word) > 1:
                found.append((float(signs[run].sum()), word))
            run = [at] if at in within and signs[at] > 0 and not said.given[at].isspace() else []
        if found:
            strongest = max(value for value, _ in found)
            ranked = sorted(found, key=lambda one: -one[0])
            return tuple(dict.fromkeys(word for value, word in ranked if value >= _WEAKEST * strongest))[:_REASONS]
    return ()


def _packed(words: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(array: Any) -> tuple[str, ...]:
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
