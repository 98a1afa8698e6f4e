"""The ways to write the catalogue. Each checks the right, changes, and writes its journal entry in one transaction."""

from jingwei.catalogue.commands.edit_calendar import Edit, Edited, edit_calendar, import_holidays
from jingwei.catalogue.commands.import_rules import import_rules
from jingwei.catalogue.commands.import_standard import import_standard
from jingwei.catalogue.commands.inherit_rules import inherit_rules
from jingwei.catalogue.commands.install_scheme import OwnScheme, import_scheme, install_scheme, retire_scheme
from jingwei.catalogue.commands.outcome import Outcome, Remark
from jingwei.catalogue.commands.settings import set_setting, set_stage_limit
from jingwei.catalogue.standard_sheet import REQUIRED as STANDARD_COLUMNS

__all__ = [
    "STANDARD_COLUMNS", "Edit", "Edited", "Outcome", "OwnScheme", "Remark", "edit_calendar", "import_holidays",
    "import_rules", "import_scheme", "import_standard", "inherit_rules", "install_scheme", "retire_scheme", "set_setting",
    "set_stage_limit",
]
