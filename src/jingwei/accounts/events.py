"""Journal verbs of accounts: noun.past-participle. Their data holds ids and codes, never names, logins, passwords."""

from enum import Enum


class UnitEvent(Enum):
    """Subject unit:<id>."""

    CREATED = "unit.created"
    RENAMED = "unit.renamed"
    MOVED = "unit.moved"
    DEACTIVATED = "unit.deactivated"
    ACTIVATED = "unit.activated"


class UserEvent(Enum):
    """Subject user:<id>."""

    CREATED = "user.created"
    RENAMED = "user.renamed"
    TRANSFERRED = "user.transferred"
    RESET = "user.reset"
    DISMISSED = "user.dismissed"
    LOCKED = "user.locked"
    ROLE_GIVEN = "role.given"
    ROLE_WITHDRAWN = "role.withdrawn"
    PASSWORD_CHANGED = "password.changed"
    INVITATION_ISSUED = "invitation.issued"
    INVITATION_USED = "invitation.used"
    TOKEN_ISSUED = "token.issued"
    TOKEN_REVOKED = "token.revoked"
    SESSIONS_ENDED = "sessions.ended"
    SECOND_FACTOR_SET = "user.second_factor_set"
    SECOND_FACTOR_USED_RECOVERY = "user.second_factor_used_recovery"
    SECOND_FACTOR_RESET = "user.second_factor_reset"


class SignInEvent(Enum):
    """Subject user:<id>, or signin:<date> where no such person exists. Read by the audit administrator."""

    BEGUN = "signin.begun"  # the password was right, the second factor is still to come
    ACCEPTED = "signin.accepted"
    REFUSED = "signin.refused"
    ENDED = "signin.ended"


class ImportEvent(Enum):
    """Subject import:<id>."""

    UNITS = "units.imported"
    STAFF = "staff.imported"
