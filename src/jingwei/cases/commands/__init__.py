"""Everything that can be done to a case, one verb per file."""

from jingwei.cases.commands.accept import accept
from jingwei.cases.commands.appeal import ask_appeal, review_appeal
from jingwei.cases.commands.batches import BatchChecked, SampleLine, begin_batch, check_batch, run_batch, stop_batch
from jingwei.cases.commands.call_back import call_back
from jingwei.cases.commands.channels import set_channel
from jingwei.cases.commands.check import check
from jingwei.cases.commands.claim import claim, settle
from jingwei.cases.commands.close import close
from jingwei.cases.commands.confirm import confirm
from jingwei.cases.commands.decline import decline
from jingwei.cases.commands.dispatch import dispatch
from jingwei.cases.commands.extend import ask_extension, extend
from jingwei.cases.commands.feed_back import feed_back
from jingwei.cases.commands.file import file
from jingwei.cases.commands.flow import (
    Drafted,
    Published,
    draft_flow,
    drop_flow_draft,
    edit_flow,
    publish_flow,
    retire_flow,
    undo_flow_edit,
)
from jingwei.cases.commands.hand_on import hand_on
from jingwei.cases.commands.help import ask_help, decline_help, finish_help, release_help, sign_help
from jingwei.cases.commands.import_cases import Outcome, import_cases
from jingwei.cases.commands.inherit import held_by_unit, inherit
from jingwei.cases.commands.kinds import (
    approve,
    change_kind,
    follow_up,
    grant,
    note,
    object_to,
    reply_to_people,
    submit,
)
from jingwei.cases.commands.learn import Lesson, learn_suggestions
from jingwei.cases.commands.letters import (
    discard_letter,
    drop_mailbox,
    due_mailboxes,
    join_letter,
    read_mailbox,
    set_mailbox,
    take_letter,
    try_mailbox,
)
from jingwei.cases.commands.look import Looker, look, look_away
from jingwei.cases.commands.mediation import (
    Beginning,
    Concluding,
    Mediated,
    Party,
    SessionHeld,
    TeamSet,
    VisitMade,
    conclude_mediation,
    hold_session,
    mediate,
    resume_mediation,
    reveal_parties,
    set_mediators,
    set_parties,
    visit,
)
from jingwei.cases.commands.meetings import (
    Called,
    Calling,
    Deciding,
    Gathered,
    add_item,
    call_meeting,
    cancel_meeting,
    change_meeting,
    decide,
    drop_item,
    finish_decision,
    gather,
    note_item,
    reopen_decision,
    settle_meeting,
    withdraw_decision,
)
from jingwei.cases.commands.merging import merge, unmerge
from jingwei.cases.commands.minutes import FromMinutes, file_minutes
from jingwei.cases.commands.orders import Issued, accept_reply, issue_order, reply, return_reply, sign_order, withdraw
from jingwei.cases.commands.pass_on import pass_on
from jingwei.cases.commands.pass_up import pass_up
from jingwei.cases.commands.proof import Proof
from jingwei.cases.commands.proposals import NewProposal, Proposed, note_proposal, take_proposal
from jingwei.cases.commands.recount import ask_recount, run_recount
from jingwei.cases.commands.referral import (
    Referred,
    Referring,
    answer_referral,
    end_referral,
    pass_on_referral,
    refer,
    refuse_referral,
    reveal_referral,
    sign_referral,
    tell_unsigned,
)
from jingwei.cases.commands.refuse import refuse
from jingwei.cases.commands.reopen import reopen
from jingwei.cases.commands.report import Report, report
from jingwei.cases.commands.reveal import reveal
from jingwei.cases.commands.rework import rework
from jingwei.cases.commands.sampling import (
    Announcing,
    SampleAnnounced,
    SampleDrawn,
    announce_sample,
    draw_sample,
    give_result,
    hand_recheck,
    stop_sample,
)
from jingwei.cases.commands.search import rebuild_search
from jingwei.cases.commands.send_back import send_back
from jingwei.cases.commands.set_ladder import set_ladder
from jingwei.cases.commands.sharing import change_shared_view, share_view, withdraw_view
from jingwei.cases.commands.sign import sign
from jingwei.cases.commands.solve import solve
from jingwei.cases.commands.sources import (
    Alarm,
    Received,
    Sms,
    drop_source,
    make_secret,
    receive_alarm,
    receive_sms,
    set_source,
)
from jingwei.cases.commands.step import Taken
from jingwei.cases.commands.suspend import ask_renewal, ask_suspension, renew, resume, suspend
from jingwei.cases.commands.undo import undo
from jingwei.cases.commands.unmoved import unmoved
from jingwei.cases.commands.urge import urge
from jingwei.cases.commands.verify import ask_verify, verify
from jingwei.cases.commands.views import drop_view, save_view
from jingwei.cases.commands.void import void
from jingwei.cases.commands.wake import remind_ending, wake_due

__all__ = [
    "Alarm", "Announcing", "BatchChecked", "Beginning", "Called", "Calling", "Concluding", "Deciding",
    "Drafted",
    "FromMinutes", "Gathered",
    "Issued",
    "Lesson",
    "Looker",
    "Mediated", "NewProposal",
    "Outcome",
    "Party", "Proof", "Proposed",
    "Published",
    "Received",
    "Referred",
    "Referring",
    "Report",
    "SampleAnnounced", "SampleDrawn", "SampleLine", "SessionHeld", "Sms",
    "Taken",
    "TeamSet",
    "VisitMade",
    "accept",
    "accept_reply",
    "add_item", "announce_sample",
    "answer_referral",
    "approve",
    "ask_appeal",
    "ask_extension",
    "ask_help",
    "ask_recount",
    "ask_renewal",
    "ask_suspension",
    "ask_verify",
    "begin_batch", "call_back", "call_meeting", "cancel_meeting", "change_kind", "change_meeting",
    "change_shared_view",
    "check",
    "check_batch", "claim",
    "close",
    "conclude_mediation",
    "confirm",
    "decide",
    "decline",
    "decline_help",
    "discard_letter",
    "dispatch",
    "draft_flow",
    "draw_sample",
    "drop_flow_draft",
    "drop_item",
    "drop_mailbox",
    "drop_source",
    "drop_view",
    "due_mailboxes",
    "edit_flow",
    "end_referral",
    "extend",
    "feed_back",
    "file",
    "file_minutes", "finish_decision",
    "finish_help",
    "follow_up",
    "gather", "give_result",
    "grant",
    "hand_on",
    "hand_recheck",
    "held_by_unit",
    "hold_session",
    "import_cases",
    "inherit",
    "issue_order",
    "join_letter",
    "learn_suggestions",
    "look",
    "look_away",
    "make_secret", "mediate",
    "merge",
    "note",
    "note_item", "note_proposal",
    "object_to",
    "pass_on",
    "pass_on_referral",
    "pass_up",
    "publish_flow",
    "read_mailbox",
    "rebuild_search",
    "receive_alarm",
    "receive_sms",
    "refer",
    "refuse",
    "refuse_referral",
    "release_help",
    "remind_ending",
    "renew",
    "reopen",
    "reopen_decision",
    "reply",
    "reply_to_people",
    "report",
    "resume",
    "resume_mediation",
    "retire_flow",
    "return_reply",
    "reveal",
    "reveal_parties",
    "reveal_referral",
    "review_appeal",
    "rework",
    "run_batch",
    "run_recount",
    "save_view",
    "send_back",
    "set_channel",
    "set_ladder",
    "set_mailbox",
    "set_mediators", "set_parties", "set_source", "settle", "settle_meeting",
    "share_view",
    "sign",
    "sign_help",
    "sign_order",
    "sign_referral",
    "solve",
    "stop_batch", "stop_sample",
    "submit",
    "suspend",
    "take_letter",
    "take_proposal",
    "tell_unsigned",
    "try_mailbox",
    "undo",
    "undo_flow_edit",
    "unmerge",
    "unmoved",
    "urge",
    "verify",
    "visit",
    "void",
    "wake_due",
    "withdraw",
    "withdraw_decision",
    "withdraw_view",
]
