"""Everything that can be done to a mediation, one idea per file."""

from jingwei.cases.commands.mediation.begin import Beginning, mediate
from jingwei.cases.commands.mediation.conclude import Concluding, conclude_mediation, resume_mediation
from jingwei.cases.commands.mediation.parties import Party, reveal_parties, set_parties
from jingwei.cases.commands.mediation.sessions import SessionHeld, hold_session
from jingwei.cases.commands.mediation.step import Mediated
from jingwei.cases.commands.mediation.team import TeamSet, set_mediators
from jingwei.cases.commands.mediation.visits import VisitMade, visit

__all__ = ["Beginning", "Concluding", "Mediated", "Party", "SessionHeld", "TeamSet", "VisitMade", "conclude_mediation", "hold_session", "mediate",
           "resume_mediation", "reveal_parties", "set_mediators", "set_parties", "visit"]
