"""Journal verbs of the catalogue: noun.past-participle."""

from enum import Enum


class SchemeEvent(Enum):
    """Subject scheme:<code>. Data: counts and the SHA-256 of what was read."""

    INSTALLED = "scheme.installed"
    STANDARD_IMPORTED = "standard.imported"
    RULES_IMPORTED = "responsibility.imported"
    RETIRED = "scheme.retired"
    RESTORED = "scheme.restored"


class CalendarEvent(Enum):
    """Subject calendar:<area id, or 'everywhere'>. Data: the version made and what it changed."""

    EDITED = "calendar.edited"


class SettingEvent(Enum):
    """Subject setting:<name> or stage:<name>. Data: the area id or null, the value before and after."""

    SET = "setting.set"
    STAGE_LIMITED = "stage.limited"
