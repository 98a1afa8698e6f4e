"""The flows by which cases of this installation run, in memory. A version never changes once cases run by it."""

from collections.abc import Mapping

from jingwei.cases import shipped
from jingwei.cases.flow import Flow
from jingwei.cases.models import Case


def of(case: Case) -> Flow:
    """The flow by which a case runs: of the version that was in force when it began."""
    return shipped.versions()[case.profile, case.profile_version]


def in_force(code: str, generations: Mapping[str, int]) -> Flow:
    """The flow that new cases take."""
    return shipped.flows()[code]
