"""The ways to write the registry. Each checks the right, changes, and writes its journal entry in one transaction."""

from jingwei.registry.commands.changing_scheme import change_scheme
from jingwei.registry.commands.importing import import_parts
from jingwei.registry.commands.outcome import Outcome, Remark
from jingwei.registry.commands.parts import Saved, add, change_state, correct, move, retire
from jingwei.registry.commands.placing import Where
from jingwei.registry.commands.sampling import conclude, draw_sample, look_at

__all__ = ["Outcome", "Remark", "Saved", "Where", "add", "change_scheme", "change_state", "conclude", "correct", "draw_sample", "import_parts", "look_at", "move", "retire"]
