"""Tables of the ground: areas, their boundaries by plan version, who holds them. No personal columns but user ids."""

from jingwei.grids.models.areas import Area, Boundary, Membership, PlanChange, Succession
from jingwei.grids.models.drafting import PlanEdit, Proposal
from jingwei.grids.models.map import BaseFeature, LayerVersion, MapState
from jingwei.grids.models.plans import GridSystem, PlanVersion
from jingwei.grids.models.staffing import Absence, Certificate, Staffing

__all__ = [
    "Absence",
    "Area",
    "BaseFeature",
    "Boundary",
    "Certificate",
    "GridSystem",
    "LayerVersion",
    "MapState",
    "Membership",
    "PlanChange",
    "PlanEdit",
    "PlanVersion",
    "Proposal",
    "Staffing",
    "Succession",
]
