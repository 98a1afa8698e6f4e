"""What codes are called in English; where a code has no name here, its Chinese one is shown."""

NAMES: dict[str, dict[str, str]] = {
    "states": {
        "reported": "To accept", "verifying": "Verifying", "verified": "To file", "filed": "To dispatch", "handling": "Handling",
        "suspended": "Suspended", "passed_up": "Passed up", "reviewing": "Under review", "publicising": "On public notice",
        "fed_back": "To confirm", "replying": "To answer the resident", "checking": "Checking", "checked": "To close", "closed": "Closed",
        "refused": "Not filed", "void": "Void", "merged": "Part of another case"},
    "marks": {
        "helped": "Several units", "callback": "To call back", "called": "Called back", "rechecked": "Re-check: right", "recheck_wrong": "Re-check: wrong", "escalated": "Escalated", "leads": "Leads others", "meeting": "Decided at a meeting", "order": "Supervised", "ordered": "Supervision over",
        "repeat": "Came back", "claim": "With a sum", "publicity": "Public notice", "urged": "Urged", "renewal": "Renewal asked for", "ending": "Suspension ends",
        "appeal": "Appeal", "exempted": "Overran, exempted", "referred": "Referred",
        "mediation": "Mediation", "visits": "Visits after mediation", "mediated": "Mediated"},
    "actions": {
        "report": "Report", "ask_verify": "Send to verify", "verify_true": "Found as reported", "verify_false": "Not found as reported",
        "solve": "Solved on the spot", "accept": "Accept and handle", "file": "File", "refuse": "Refuse to file", "dispatch": "Dispatch",
        "sign": "Sign for it", "hand_on": "Hand on", "pass_up": "Pass up to the county", "ask_extension": "Ask for an extension",
        "extend": "Grant the extension", "ask_suspension": "Ask to suspend", "suspend": "Suspend", "decline": "Decline the request",
        "submit": "Submit for review", "approve": "Approve and publish", "object": "Objection", "grant": "Grant",
        "follow": "Report from the scene", "note": "Take note, ask for the reply", "reply": "Reply to the resident",
        "resume": "Resume", "feed_back": "Report the result", "confirm": "Send to check", "check_pass": "Check passed",
        "check_fail": "Check failed", "rework": "Rework", "return": "Return", "close": "Close", "reopen": "Reopen", "void": "Void"},
    "channels": {
        "supervisor": "Grid worker", "hotline": "Hotline", "portal": "Public page", "open311": "Other application (Open311)",
        "letter": "Letter", "video": "Seen on video", "upper": "From the level above", "meeting": "From a meeting",
        "import": "Imported from before"},
    "limit_units": {
        "urgent_minute": "urgent minutes", "urgent_hour": "urgent hours", "urgent_day": "urgent days", "work_minute": "working minutes",
        "work_hour": "working hours", "work_day": "working days", "natural_day": "days"},
    "posts": {
        "system_admin": "System administrator", "security_admin": "Security administrator", "audit_admin": "Audit administrator",
        "area_admin": "Area administrator", "leader": "Leader", "evaluator": "Evaluator", "supervisor": "Grid worker (supervisor)",
        "acceptor": "Acceptor", "shift_leader": "Shift leader", "dispatcher": "Dispatcher", "handler": "Handler",
        "community_officer": "Village or community officer", "town_officer": "Town grid office", "county_officer": "County office"},
    "staffing_posts": {"main": "Main", "deputy": "Deputy", "member": "Member"},
    "area_kinds": {
        "province": "Province", "city": "City", "county": "County or district", "street": "Subdistrict", "town": "Town",
        "township": "Township", "community": "Community", "village": "Village", "responsibility": "Responsibility grid",
        "unit": "Unit grid", "group": "Group", "grid": "Grid"},
}
