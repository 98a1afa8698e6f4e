"""Proposals of deputies: noted and handed to a unit, then taken from step to step."""

from jingwei.cases.commands.proposals.noting import NewProposal, note_proposal
from jingwei.cases.commands.proposals.step import Proposed, take_proposal

__all__ = ["NewProposal", "Proposed", "note_proposal", "take_proposal"]
