"""The tables of cases, one file per idea."""

from jingwei.cases.models.appeal import Appeal
from jingwei.cases.models.batches import Batch, BatchPart, BatchRow
from jingwei.cases.models.calling import CallBack, Caller
from jingwei.cases.models.case import Case
from jingwei.cases.models.claims import Claim
from jingwei.cases.models.course import Adjustment, Step
from jingwei.cases.models.desk import Looking, SavedView, SharedView
from jingwei.cases.models.files import CaseFile
from jingwei.cases.models.flow import LocalFlow
from jingwei.cases.models.helping import Helping
from jingwei.cases.models.ladders import Climb, Ladder
from jingwei.cases.models.letters import Letter, LetterFile, Mailbox
from jingwei.cases.models.mediation import Mediation, MediationFile, MediationSession, MediationVisit, Mediator
from jingwei.cases.models.meetings import AgendaItem, Attending, Decision, Meeting
from jingwei.cases.models.merging import Merged
from jingwei.cases.models.minutes import Minutes, MinutesItem
from jingwei.cases.models.numbers import NumberBlock
from jingwei.cases.models.orders import Order, Served
from jingwei.cases.models.proposals import Proposal
from jingwei.cases.models.publicity import Publicity
from jingwei.cases.models.recount import Recount, RecountLine
from jingwei.cases.models.referral import Referral, ReferralFile, Sending
from jingwei.cases.models.sampling import CaseSample, Recheck
from jingwei.cases.models.searched import Searched
from jingwei.cases.models.similar import Repeat, Spot
from jingwei.cases.models.sources import Source, SourceNonce
from jingwei.cases.models.suggested import Suggested
from jingwei.cases.models.upper import Copy
from jingwei.cases.models.urging import Urging

__all__ = [
    "Adjustment",
    "AgendaItem",
    "Appeal",
    "Attending",
    "Batch",
    "BatchPart",
    "BatchRow",
    "CallBack",
    "Caller",
    "Case",
    "CaseFile",
    "CaseSample",
    "Claim",
    "Climb",
    "Copy",
    "Decision",
    "Helping",
    "Ladder",
    "Letter",
    "LetterFile",
    "LocalFlow",
    "Looking",
    "Mailbox",
    "Mediation",
    "MediationFile",
    "MediationSession",
    "MediationVisit",
    "Mediator",
    "Meeting",
    "Merged",
    "Minutes",
    "MinutesItem",
    "NumberBlock",
    "Order",
    "Proposal",
    "Publicity",
    "Recheck",
    "Recount",
    "RecountLine",
    "Referral",
    "ReferralFile",
    "Repeat",
    "SavedView",
    "Searched",
    "Sending",
    "Served",
    "SharedView",
    "Source",
    "SourceNonce",
    "Spot",
    "Step",
    "Suggested",
    "Urging",
]
