"""Tables of the ground: areas, their boundaries by plan version, who holds them. Personal columns but user ids: `contact`."""

from jingwei.grids.models.areas import Area, Boundary, Membership, PlanChange, Succession
from jingwei.grids.models.bounds import WrittenBounds
from jingwei.grids.models.contact import BoardText, PublicContact
from jingwei.grids.models.drafting import PlanEdit, Proposal
from jingwei.grids.models.handing_over import HandOver
from jingwei.grids.models.map import BaseFeature, LayerVersion, MapState
from jingwei.grids.models.plans import GridSystem, PlanVersion
from jingwei.grids.models.rota import Cover, Shift
from jingwei.grids.models.staffing import Absence, Certificate, Staffing
from jingwei.grids.models.teams import Households, Team, TeamArea, TeamMember

__all__ = [
    "Absence",
    "Area",
    "BaseFeature",
    "BoardText",
    "Boundary",
    "Certificate",
    "Cover",
    "GridSystem",
    "HandOver",
    "Households",
    "LayerVersion",
    "MapState",
    "Membership",
    "PlanChange",
    "PlanEdit",
    "PlanVersion",
    "Proposal",
    "PublicContact",
    "Shift",
    "Staffing",
    "Succession",
    "Team",
    "TeamArea",
    "TeamMember",
    "WrittenBounds",
]
