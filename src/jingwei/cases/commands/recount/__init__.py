"""Recounting deadlines after a work calendar was corrected: asked for, run in the background, resumed where it was."""

from jingwei.cases.commands.recount.ask import ask_recount
from jingwei.cases.commands.recount.run import run_recount

__all__ = ["ask_recount", "run_recount"]
