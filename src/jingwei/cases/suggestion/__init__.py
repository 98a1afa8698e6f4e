"""Class, filing condition and unit proposed from closed cases. Pure: answering needs numpy, learning scikit-learn."""

from jingwei.cases.suggestion.judging import SUREST_FROM, Judged, judge, worth
from jingwei.cases.suggestion.learning import TooFew, learn, out_of_use
from jingwei.cases.suggestion.linear import Linear, Proposed
from jingwei.cases.suggestion.said import Told
from jingwei.cases.suggestion.whose import Handled, Whose

__all__ = ["SUREST_FROM", "Handled", "Judged", "Linear", "Proposed", "Told", "TooFew", "Whose", "judge", "learn", "out_of_use", "worth"]
