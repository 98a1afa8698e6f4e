"""What stands at the end, counted twice: from the journal's entries alone, and from what the screens and tables say."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from jingwei.cases import orders, workflow
from tests.journeys.centre.cast import OTHER_TOWN
from tests.journeys.centre.desk import Desk
from tests.journeys.homes import Folder
from tests.journeys.hotline import SCHEME

MINE = "chief1"
"""Whoever sees the whole county."""
IN_HAND = ("handling", "suspended")


@dataclass
class Case:
    """One case as its entries lead. `via`: the verb of the first."""

    via: str = ""
    channel: str = ""
    state: str = ""
    unit: int | None = None
    code: str = ""
    area_path: str = ""


@dataclass
class Journal:
    """Read once: nothing but entries, in the order of each subject."""

    cases: dict[str, Case] = field(default_factory=lambda: defaultdict(Case))
    served: dict[tuple[str, int], str] = field(default_factory=dict)  # order and unit → state
    referrals: dict[str, str] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    helps: dict[tuple[str, str], str] = field(default_factory=dict)  # case and task → state
    verbs: Counter[str] = field(default_factory=Counter)
    by: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # case, verb, who
    faults: list[str] = field(default_factory=list)


ORDER = {"case.order_signed": "signed", "case.order_replied": "replied", "case.order_accepted": "accepted",
         "case.order_returned": "returned", "case.order_withdrawn": "withdrawn"}
HELP = {"case.help_asked": "asked", "case.help_signed": "signed", "case.help_done": "", "case.help_declined": "", "case.help_released": ""}
REFERRAL = {"referral.sent": "sent", "referral.signed": "signed", "referral.refused": "refused", "referral.answered": "answered",
            "referral.passed_on": "sent", "referral.ended": "ended"}
LETTER = {"letter.came": "waiting", "letter.taken": "taken", "letter.put_to_case": "joined", "letter.discarded": "discarded"}


def read(made: Folder, without: str = "") -> Journal:
    """`without`: leave out the first entry of this verb, so that the counts are seen to notice."""
    found = Journal()
    rows = made.ask("SELECT subject, number, verb, actor, area_path, data FROM journal_entry ORDER BY subject, number")
    last: dict[str, int] = {}
    for subject, number, verb, actor, area_path, data in rows:
        if verb == without:
            without = ""
            continue
        if number != last.get(subject, 0) + 1:
            found.faults.append(f"{subject}: {number} follows {last.get(subject, 0)}")
        last[subject] = number
        kind, _, key = subject.partition(":")
        found.verbs[verb] += 1
        told = json.loads(data)
        if kind == "case":
            found.by[key, verb, plain(actor)] += 1
            found.cases[key].area_path = found.cases[key].area_path or area_path
            _case(found, key, verb, told)
        elif verb in REFERRAL:
            found.referrals[key] = REFERRAL[verb]
        elif verb in LETTER:
            found.letters[key] = LETTER[verb]
    return found


def plain(key: Any) -> str:
    """An id as it is written in entries, whatever the database gives back."""
    return str(key or "").replace("-", "")


def _case(found: Journal, key: str, verb: str, told: dict[str, Any]) -> None:
    case = found.cases[key]
    if not case.via:
        case.via, case.channel, case.state = verb, told["channel"], told["to"]
        return
    if "from" in told:
        if told["from"] != case.state:
            found.faults.append(f"{key}: {verb} leaves {told['from']}, it was {case.state}")
        case.state = told["to"]
    if "unit_before" in told:
        case.unit = told.get("unit")
    if verb == "case.filed":
        case.code = told["class"]
    elif verb == "case.returned" and told["from"] == "filed":
        case.code = ""  # to be filed anew
    if verb == "case.order_issued":
        found.served |= {(told["order"], unit): "issued" for unit in told["units"]}
    elif verb in ORDER:
        found.served[told["order"], told["unit"]] = ORDER[verb]
    elif verb in HELP:
        found.helps[key, told["help"]] = HELP[verb]
    if case.state not in IN_HAND:  # any way out of the unit's hands lets its helpers go
        found.helps |= {each: "" for each in found.helps if each[0] == key}


def asked(desk: Desk, path: str) -> Any:
    told = desk.read(MINE, path)
    assert told is not None, path
    return told


def compare(made: Folder, desk: Desk, began: str, without: str = "") -> dict[str, Any]:
    """By name both sides of every count: `[from the journal, from the screen]`. `began`: when the day did."""
    journal = read(made, without)
    cases = list(journal.cases.values())
    units = {key: (code, path) for key, code, path in made.ask("SELECT id, code, path FROM accounts_unit")}
    sides: dict[str, list[Any]] = {}

    def screen(**query: str) -> int:
        return int(asked(desk, "/api/cases/count?" + "&".join(f"{name}={value}" for name, value in query.items()))["count"])

    for channel in sorted({case.channel for case in cases}):
        sides[f"channel {channel}"] = [sum(case.channel == channel for case in cases), screen(channel=channel)]
    for state in workflow.STATES:
        sides[f"state {state}"] = [sum(case.state == state for case in cases), screen(state=state)]
    town = made.one(f"SELECT path FROM grids_area WHERE code = '{OTHER_TOWN}'")  # there nobody says at a step which class it is
    for code in sorted({case.code for case in cases if case.code}):
        filed = sum(case.code == code and case.state != "merged" and not case.area_path.startswith(town) for case in cases)
        query = {"class_code": f"{SCHEME}/matter/{code}", "filed_since": began}
        sides[f"class {code}"] = [filed, screen(**query) - screen(**query, area=OTHER_TOWN)]
    for code, path in sorted(units.values()):
        held = sum(case.unit is not None and units[case.unit][1].startswith(path) for case in cases)
        sides[f"unit {code}"] = [held, screen(unit=code)]
    sides["all"] = [len(cases), screen()]
    sides |= _overview(asked(desk, "/api/overview"), cases)
    sides |= _worklist(made, cases, journal)
    return {"sides": sides, "faults": journal.faults, "verbs": journal.verbs, "cases": len(cases),
            "channels": Counter(case.channel for case in cases if case.via == "case.reported"),
            "by": [[*key, count] for key, count in journal.by.items()],
            "ended": sum(workflow.STATES[case.state][1] == "ended" for case in cases)}


def _overview(told: dict[str, Any], cases: list[Case]) -> dict[str, list[Any]]:
    open_ = Counter(case.state for case in cases if workflow.STATES[case.state][1] != "ended")
    stages = {each["state"]: each["count"] for each in told["stages"] if each["count"]}
    return {"overview stages": [dict(sorted(open_.items())), dict(sorted(stages.items()))],
            "overview areas": [sum(open_.values()), sum(each["open"] for each in told["areas"])],
            "overview ended": [sum(case.state == "closed" for case in cases), told["today"]["ended"]]}


def _worklist(made: Folder, cases: list[Case], journal: Journal) -> dict[str, list[Any]]:
    """Each open thing is due once, under the kind of its state; nothing else is."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for subject, kind in made.ask("SELECT subject, kind FROM worklist_item"):
        rows[subject.partition(":")[0]][kind] += 1
    due = {
        "case": Counter(case.state for case in cases if workflow.STATES[case.state][1] != "ended"),
        "order": Counter(orders.STATES[state][1] for state in journal.served.values() if orders.STATES[state][1]),
        "referral": Counter({"sent": "referral_sign", "signed": "referral_answer", "refused": "referral_returned",
                             "answered": "referral_end"}[state] for state in journal.referrals.values() if state != "ended"),
        "letter": Counter("letter" for state in journal.letters.values() if state == "waiting"),
        "help": Counter("help" for state in journal.helps.values() if state),
    }
    return {f"due {name}": [dict(sorted(wanted.items())), dict(sorted(rows[name].items()))] for name, wanted in due.items()}
