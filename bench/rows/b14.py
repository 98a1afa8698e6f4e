"""B14: the sub-category of real texts. Learned before 1 September 2016, judged on 1 September – 31 December.

Labels never seen before count as missed. The peer, plain character n-grams, is learned and judged in the same run.
"""

import csv
import gzip
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bench.measure import line
from jingwei.cases.suggestion import Linear, Told, judge, learn
from jingwei.cases.suggestion.judging import Judged, judged_by

BORDER, END = date(2016, 9, 1).toordinal(), date(2017, 1, 1).toordinal()
MUST = "top-1 ≥ 94.5 %, top-3 ≥ 98.5 %, calibration error ≤ 0.02, macro-F1 ≥ n-grams + 0.03"
PEER = "plain character n-grams (1–3, TF-IDF, logistic regression)"
ASKED = 2000


def run() -> Iterator[dict[str, Any]]:
    earlier, later = texts()
    commonest = Counter(one.label for one in earlier).most_common(1)[0][0]
    began = time.process_time()
    model = learn(earlier, {label: [label] for label in {one.label for one in earlier}})
    learning = time.process_time() - began
    found, peer = judge(model, later, commonest), _peer(earlier, later)
    apart = [one for one in later if one.label not in one.text]
    silent = judge(model, apart)
    yield line(
        "B14", 100 * found.first, "% top-1", MUST, peer=PEER, peer_figure=100 * peer.first, peer_command="scikit-learn in this file",
        ratio=found.first / peer.first, dream="≥ 90 % top-1 where the text does not hold its label",
        ok=found.first >= 0.945 and found.three >= 0.985 and found.gap <= 0.02 and found.even >= peer.even + 0.03,
        rows=found.cases, top3=_percent(found.three), peer_top3=_percent(peer.three), calibration=round(found.gap, 4),
        peer_calibration=round(peer.gap, 4), macro_f1=round(found.even, 4), peer_macro_f1=round(peer.even, 4),
        majority=_percent(found.commonest), silent_rows=len(apart), silent_top1=_percent(silent.first),
        silent_top3=_percent(silent.three), learning_cpu_s=round(learning, 1), proposing_cpu_ms=round(_cost(model, later), 3))


def texts() -> tuple[list[Told], list[Told]]:
    """Before the border, and from it to the end of the year."""
    path = Path(os.environ["JINGWEI_TEST_DATA"]) / "tainan" / "cases_2016.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        told = [Told(row["description"], "", row["subcategory"], date.fromisoformat(row["requested_at"][:10]).toordinal())
                for row in csv.DictReader(stream)]
    return [one for one in told if one.day < BORDER], [one for one in told if BORDER <= one.day < END]


def _peer(earlier: Sequence[Told], later: Sequence[Told]) -> Judged:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    reader = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    solver = LogisticRegression(C=10, max_iter=300).fit(reader.fit_transform(one.text for one in earlier), [one.label for one in earlier])
    return judged_by(list(solver.classes_), solver.predict_proba(reader.transform(one.text for one in later)),
                     [one.label for one in later])


def _cost(model: Linear, later: Sequence[Told]) -> float:
    """CPU milliseconds of one proposal with its reasons."""
    began = time.process_time()
    for one in later[:ASKED]:
        model.propose(one.text)
    return (time.process_time() - began) * 1000 / ASKED


def _percent(share: float) -> float:
    return round(100 * share, 2)
