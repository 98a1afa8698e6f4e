"""The ways to write the registry. Each checks the right, changes, and writes its journal entry in one transaction."""

from jingwei.registry.commands.parts import Saved, add, change_state, correct, move, retire
from jingwei.registry.commands.placing import Where

__all__ = ["Saved", "Where", "add", "change_state", "correct", "move", "retire"]
