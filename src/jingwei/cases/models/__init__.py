"""The tables of cases, one file per idea."""

from jingwei.cases.models.case import Case
from jingwei.cases.models.course import Adjustment, Step
from jingwei.cases.models.desk import Looking, SavedView
from jingwei.cases.models.files import CaseFile
from jingwei.cases.models.flow import LocalFlow
from jingwei.cases.models.helping import Helping
from jingwei.cases.models.numbers import NumberBlock
from jingwei.cases.models.searched import Searched
from jingwei.cases.models.upper import Copy

__all__ = [
    "Adjustment",
    "Case",
    "CaseFile",
    "Copy",
    "Helping",
    "LocalFlow",
    "Looking",
    "NumberBlock",
    "SavedView",
    "Searched",
    "Step",
]
