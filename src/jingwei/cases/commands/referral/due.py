"""What is due on a referral, for the one list of everything due."""

from jingwei.accounts.queries import Right, roles_with
from jingwei.cases.models import Referral, Sending
from jingwei.worklist import commands as worklist

SIGNERS, SENDERS = roles_with(Right.REFERRAL_SIGN), roles_with(Right.REFERRAL_SEND)
_WITH_UNIT = {"sent": "referral_sign", "signed": "referral_answer"}
_WITH_SENDER = {"refused": "referral_returned", "answered": "referral_end"}


def show_due(referral: Referral) -> None:
    """Keep the row in step with the referral. Its words and its place stay out of it: leaders read this list."""
    subject = f"referral:{referral.id}"
    if referral.state in _WITH_UNIT:
        worklist.put(subject, _WITH_UNIT[referral.state], area_path=referral.area_path, unit_path=referral.unit_path,
                     due_at=referral.due_at, since=referral.state_at, posts=SIGNERS)
    elif referral.state in _WITH_SENDER:
        worklist.put(subject, _WITH_SENDER[referral.state], area_path=referral.area_path,
                     unit_path=referral.from_unit_path, person=referral.sent_by, due_at=None, since=referral.state_at,
                     posts=SENDERS)
    else:
        worklist.drop(subject)


def show_unsigned(referral: Referral, sending: Sending) -> None:
    """A second row, for the sender: nobody has signed within the limit."""
    worklist.put(f"referral:{referral.id}:unsigned", "referral_unsigned", area_path=referral.area_path,
                 unit_path=referral.from_unit_path, person=referral.sent_by, due_at=sending.due_at,
                 since=referral.state_at, posts=SENDERS)


def drop_unsigned(referral: Referral, sending: Sending) -> None:
    if sending.told_at is not None:
        worklist.drop(f"referral:{referral.id}:unsigned")
