"""What may be read of cases, always narrowed to what the actor may see."""

from jingwei.cases.learned import REPORT as SUGGESTION_REPORT
from jingwei.cases.queries.answering import responsible_for
from jingwei.cases.queries.appeals import AppealLine, Overrun, appeals, exempt_steps, overruns
from jingwei.cases.queries.batches import (
    BatchDetail,
    BatchLine,
    RefusedRow,
    batch,
    batch_outcome,
    batch_template,
    batches,
)
from jingwei.cases.queries.calling import (
    Called,
    CallerCase,
    CallerHistory,
    CallFigures,
    CallPage,
    CallWaiting,
    call_page,
    caller_history,
    calls_of,
)
from jingwei.cases.queries.candidates import Candidate, candidates
from jingwei.cases.queries.changes import Change, changes
from jingwei.cases.queries.channels import ChannelTable, channel_rules
from jingwei.cases.queries.claims import ClaimLine, ClaimPage, claim_of, claim_page
from jingwei.cases.queries.decisions import DecisionLine, DecisionPage, decisions_of_case, list_decisions
from jingwei.cases.queries.detail import CaseDetail, detail
from jingwei.cases.queries.explain import Explained, explain_case, explain_limit
from jingwei.cases.queries.export import COLUMNS as EXPORT_COLUMNS
from jingwei.cases.queries.export import export_steps
from jingwei.cases.queries.figures import figures
from jingwei.cases.queries.file import files_in_use, open_file, paper_mark
from jingwei.cases.queries.filters import Filter
from jingwei.cases.queries.flow import flow_names, flow_table, words
from jingwei.cases.queries.flow_versions import (
    editor_words,
    flow_document,
    flow_draft,
    flow_findings,
    flow_list,
    flow_sheet,
    flow_versions,
)
from jingwei.cases.queries.held import Held, held_by
from jingwei.cases.queries.helping import Helper, helpers
from jingwei.cases.queries.kinds import EventKind, kinds_for
from jingwei.cases.queries.ladders import LadderLine, ladder_words, ladders
from jingwei.cases.queries.letters import (
    Inbox,
    LetterFileLine,
    LetterLine,
    MailboxLine,
    inbox,
    mailboxes,
    open_letter_file,
)
from jingwei.cases.queries.listing import Listed, Page, count_cases, list_cases
from jingwei.cases.queries.mediation import (
    MediationDetail,
    MediationLine,
    MediationPage,
    list_mediations,
    mediation_choices,
    mediation_detail,
    mediation_of_case,
    open_mediation_file,
)
from jingwei.cases.queries.meetings import (
    AgendaCase,
    AgendaLine,
    MeetingDetail,
    MeetingKind,
    MeetingLine,
    MeetingPage,
    MeetingPerson,
    MeetingUnit,
    list_meetings,
    meeting_kinds,
    meeting_people,
    one_meeting,
)
from jingwei.cases.queries.merging import Family, Together, family
from jingwei.cases.queries.minutes import FiledMatter, MatterLine, MinutesLine, minutes, split_minutes
from jingwei.cases.queries.numbers import id_of_number, numbers_of
from jingwei.cases.queries.orders import OrderLine, OrderPage, UrgingLine, list_orders, one_order, order_counts, urgings
from jingwei.cases.queries.overview import overview
from jingwei.cases.queries.own import Shared, View, looking, shared_views, views
from jingwei.cases.queries.part_failures import FailingPart, PartCase, PartFailures, failing_parts, failures_of
from jingwei.cases.queries.points import Points, places, points
from jingwei.cases.queries.proposals import ProposalDetail, ProposalPage, proposal, proposal_page
from jingwei.cases.queries.publicity import Publicised, PublicNotice, public_notices, publicised, publicity_of
from jingwei.cases.queries.recounts import (
    CalendarEffects,
    RecountedLine,
    RecountRun,
    effects,
    recount_lines,
    recount_table,
    recounts,
)
from jingwei.cases.queries.referral import (
    ReferralDetail,
    ReferralFilter,
    ReferralLine,
    ReferralPage,
    list_referrals,
    open_referral_file,
    referral_choices,
    referral_counts,
    referral_detail,
    referrals_of_case,
)
from jingwei.cases.queries.referral_figures import SignatureFigures, signature_figures
from jingwei.cases.queries.sampling import (
    CaseSampleDetail,
    CaseSampleLine,
    RecheckLine,
    RecheckOfCase,
    RecheckWaiting,
    RecheckWorker,
    SampleFigure,
    case_sample,
    list_case_samples,
    my_rechecks,
    recheck_workers,
    rechecks_of_case,
)
from jingwei.cases.queries.sampling_proof import (
    SampleChecked,
    SampleProof,
    check_sample,
    sample_by_number,
    sample_frame,
)
from jingwei.cases.queries.similar import Earlier, Similar, repeats_of, similar_cases, similar_to
from jingwei.cases.queries.sources import Signed, SourceLine, signed, sources
from jingwei.cases.queries.suggestion_state import SuggestionState, suggestion_state
from jingwei.cases.queries.suggestions import Suggestion, Suggestions, Telling, suggest, suggest_for
from jingwei.cases.queries.summary import stages
from jingwei.cases.queries.suspended import Standing, StandingPage, suspended
from jingwei.cases.queries.todo import other_due, todo, todo_counts
from jingwei.cases.queries.told import told_kinds

__all__ = [
    "EXPORT_COLUMNS",
    "SUGGESTION_REPORT",
    "AgendaCase",
    "AgendaLine",
    "AppealLine",
    "BatchDetail",
    "BatchLine",
    "CalendarEffects",
    "CallFigures",
    "CallPage",
    "CallWaiting",
    "Called",
    "CallerCase",
    "CallerHistory",
    "Candidate",
    "CaseDetail",
    "CaseSampleDetail",
    "CaseSampleLine",
    "Change",
    "ChannelTable", "ClaimLine", "ClaimPage", "DecisionLine", "DecisionPage",
    "Earlier",
    "EventKind",
    "Explained",
    "FailingPart",
    "Family",
    "FiledMatter",
    "Filter",
    "Held",
    "Helper",
    "Inbox",
    "LadderLine",
    "LetterFileLine",
    "LetterLine",
    "Listed",
    "MailboxLine",
    "MatterLine", "MediationDetail", "MediationLine", "MediationPage", "MeetingDetail", "MeetingKind", "MeetingLine",
    "MeetingPage", "MeetingPerson", "MeetingUnit", "MinutesLine",
    "OrderLine",
    "OrderPage",
    "Overrun",
    "Page",
    "PartCase",
    "PartFailures",
    "Points",
    "ProposalDetail",
    "ProposalPage",
    "PublicNotice",
    "Publicised",
    "RecheckLine",
    "RecheckOfCase",
    "RecheckWaiting",
    "RecheckWorker",
    "RecountLine",
    "RecountRun",
    "Recounted",
    "RecountedLine",
    "ReferralDetail",
    "ReferralFilter",
    "ReferralLine",
    "ReferralPage",
    "RefusedRow", "SampleChecked", "SampleFigure", "SampleProof",
    "Shared",
    "SignatureFigures",
    "Signed",
    "Similar",
    "SourceLine",
    "Standing",
    "StandingPage",
    "Suggestion",
    "SuggestionState",
    "Suggestions",
    "Telling",
    "Together",
    "UrgingLine",
    "View",
    "appeals",
    "batch",
    "batch_outcome",
    "batch_template",
    "batches",
    "call_page",
    "caller_history",
    "calls_of",
    "candidates",
    "case_sample",
    "changes",
    "channel_rules", "check_sample", "claim_of", "claim_page",
    "count_cases",
    "decisions_of_case",
    "detail",
    "editor_words",
    "effects",
    "exempt_steps",
    "explain_case",
    "explain_limit",
    "export_steps",
    "failing_parts",
    "failures_of",
    "family",
    "figures",
    "files_in_use",
    "flow_document",
    "flow_draft",
    "flow_findings",
    "flow_list",
    "flow_names",
    "flow_sheet",
    "flow_table",
    "flow_versions",
    "held_by",
    "helpers",
    "id_of_number",
    "inbox",
    "kinds_for",
    "ladder_words",
    "ladders",
    "list_case_samples",
    "list_cases",
    "list_decisions", "list_mediations", "list_meetings",
    "list_orders",
    "list_referrals",
    "looking",
    "mailboxes",
    "mediation_choices", "mediation_detail", "mediation_of_case", "meeting_kinds", "meeting_people", "minutes",
    "my_rechecks",
    "numbers_of",
    "one_meeting",
    "one_order",
    "open_file",
    "open_letter_file",
    "open_mediation_file",
    "open_referral_file",
    "order_counts",
    "other_due",
    "overruns",
    "overview",
    "paper_mark",
    "places",
    "points",
    "proposal",
    "proposal_page",
    "public_notices",
    "publicised",
    "publicity_of",
    "recheck_workers",
    "rechecks_of_case",
    "recount_lines",
    "recount_table",
    "recounts",
    "referral_choices",
    "referral_counts",
    "referral_detail",
    "referrals_of_case",
    "repeats_of",
    "responsible_for", "sample_by_number", "sample_frame",
    "shared_views",
    "signature_figures",
    "signed",
    "similar_cases",
    "similar_to",
    "sources", "split_minutes",
    "stages",
    "suggest",
    "suggest_for",
    "suggestion_state",
    "suspended",
    "todo",
    "todo_counts",
    "told_kinds",
    "urgings",
    "views",
    "words",
]
