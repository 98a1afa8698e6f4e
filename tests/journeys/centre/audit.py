"""`python -m tests.journeys.centre.audit HOME OUT SECONDS [LOGS]`: what must hold, counted from the journal and the tables.

The logs of the people are used for one question alone: whether all that was acknowledged is there.
"""

import json
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from tests.journeys.centre.replay import ACTION_OF, MOMENT, Replay, Rules, Stay, Told

TOLD = 12  # faults of a kind that are told one by one


def start(home: str) -> None:
    os.environ["JINGWEI_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "jingwei.config.settings"
    import django

    django.setup()


def wait_for_readers(patience: float) -> int:
    """Until every entry has its position and the copies have followed to the last. Returns that position."""
    from jingwei.journal.models import Cursor, Unnumbered
    from jingwei.journal.queries import last_position

    until = time.monotonic() + patience
    while time.monotonic() < until:
        last = last_position()
        followed = Cursor.objects.filter(reader="cases.copies").values_list("position", flat=True).first()
        if not Unnumbered.objects.exists() and followed == last == last_position():
            return last
        time.sleep(0.2)
    return -1


def entries_by_case() -> dict[str, list[Told]]:
    from jingwei.journal.models import Entry, Position

    positions = dict(Position.objects.values_list("entry_id", "position"))
    found: dict[str, list[Told]] = defaultdict(list)
    rows = Entry.objects.filter(subject__gte="case:", subject__lt="case;").order_by("subject", "number")
    for key, subject, number, verb, actor, at, area, data in rows.values_list(
            "id", "subject", "number", "verb", "actor", "at", "area_path", "data").iterator(2000):
        found[subject.removeprefix("case:")].append(Told(
            positions.get(key, 0), number, verb, str(actor or ""), at, area, json.loads(data)))
    return found


def rules() -> Rules:
    from jingwei.accounts import queries as accounts
    from jingwei.accounts.models import User
    from jingwei.cases import timing
    from jingwei.catalogue import queries as catalogue
    from jingwei.journal.queries import generations

    known = generations()
    book, units = catalogue.book(known), accounts.unit_book(known)
    grants = {str(key): accounts.grants_of(key) for key in User.objects.values_list("id", flat=True)}

    def roles(actor: str, area: str, unit: int | None) -> frozenset[str]:
        path = units[unit].path if unit else ""
        return frozenset(grant.role for grant in grants.get(actor, ()) if grant.covers(area, path))

    return Rules(
        roles=roles, stage=book.stage_limit, calendar=timing.calendar_in_force(known),
        conditions={key: (row.limit_value, row.limit_unit or "") if row.limit_value is not None else None
                    for key, row in book.conditions.items()},
        convention=book.setting("work_day_convention"))


def audit() -> dict[str, Any]:
    """Figures, and by name the faults that were found."""
    faults: dict[str, list[str]] = defaultdict(list)
    entries = entries_by_case()
    law = rules()
    replays = {case: Replay(case, law).play(told) for case, told in entries.items()}
    for replay in replays.values():
        faults["replay"] += replay.faults
        faults["apart"] += replay.apart
    stays = _stays(replays, faults)
    _cases(replays, faults)
    _copies(entries, faults)
    _worklist(replays, faults)
    _files(entries, faults)
    journal = _journal(faults)
    acts = Counter(ACTION_OF.get(told.verb, told.verb) for each in entries.values() for told in each)
    return {
        "cases": len(entries), "entries": sum(acts.values()), "acts": acts, "stays": stays, "journal": journal,
        "states": Counter(replay.state for replay in replays.values()),
        "extended": sum(bool(replay.extensions) for replay in replays.values()),
        "faults": {name: [len(each), *each[:TOLD]] for name, each in faults.items() if each}}


def _stays(replays: dict[str, Replay], faults: dict[str, list[str]]) -> int:
    """Every change of state is one finished stay, with its limit as reckoned again, and nothing else is."""
    from jingwei.cases.models import Step

    kept: dict[str, list[Stay]] = defaultdict(list)
    rows = Step.objects.order_by("case_id", "number").values_list(
        "case_id", "number", "state", "unit_id", "began_at", "ended_at", "action", "actor", "due_at")
    for case, number, state, unit, began, ended, action, actor, due in rows:
        kept[str(case)].append(Stay(state, unit, began, ended, action, str(actor or ""), due))
        if number != len(kept[str(case)]):
            faults["stays"].append(f"{case}: stay {len(kept[str(case)])} is numbered {number}")
    for case, replay in replays.items():
        if len(kept[case]) != len(replay.stays):
            faults["stays"].append(f"{case}: {len(kept[case])} rows for {len(replay.stays)} changes of state")
            continue
        for number, (ours, row) in enumerate(zip(replay.stays, kept[case], strict=True), 1):
            if ours[:2] != row[:2] or ours[4:6] != row[4:6] or abs(ours.ended - row.ended) > MOMENT:
                faults["stays"].append(f"{case}: stay {number} is {row}, the journal says {ours}")
            if number > 1 and row.began != kept[case][number - 2].ended:
                faults["stays"].append(f"{case}: a gap before stay {number}")
            if not replay.alike(ours.due, row.due, ours.limit):
                faults["clock"].append(f"{case}: stay {number} {row.state} was due {row.due}, reckoned {ours.due}")
    return sum(map(len, kept.values()))


def _cases(replays: dict[str, Replay], faults: dict[str, list[str]]) -> None:
    """Each case stands where its entries lead, due when they say; suspended, it has no due instant."""
    from jingwei.cases.models import Case

    seen = set()
    for case in Case.objects.all().iterator(500):
        key = str(case.id)
        seen.add(key)
        replay = replays.get(key)
        if replay is None:
            faults["cases"].append(f"{key}: no entry")
            continue
        stands = (case.state, case.step, case.unit_id, case.asked)
        told = (replay.state, len(replay.stays) + 1, replay.unit, replay.asked)
        if stands != told:
            faults["cases"].append(f"{key}: stands at {stands}, the journal says {told}")
        due, limit = replay.due()
        if not replay.alike(due, case.due_at, limit):
            faults["clock"].append(f"{key}: in {case.state} due {case.due_at}, reckoned {due}")
        if case.state == "suspended" and case.due_at is not None:
            faults["clock"].append(f"{key}: suspended, and due {case.due_at}")
    faults["cases"] += [f"{key}: no row" for key in replays.keys() - seen]


def _copies(entries: dict[str, list[Told]], faults: dict[str, list[str]]) -> None:
    """AT-08: exactly the reports, dispatches, feedbacks and closings are owed to the platform above."""
    from jingwei.cases.models import Copy

    owed = {(told.position, case, ACTION_OF[told.verb]) for case, each in entries.items() for told in each
            if ACTION_OF.get(told.verb) in ("report", "dispatch", "feed_back", "close")}
    kept = {(position, str(case), action) for position, case, action in
            Copy.objects.values_list("entry_position", "case_id", "action")}
    faults["copies"] += [f"owed and not kept: {each}" for each in owed - kept]
    faults["copies"] += [f"kept and not owed: {each}" for each in kept - owed]


def _worklist(replays: dict[str, Replay], faults: dict[str, list[str]]) -> None:
    """One due thing per open case, of its state, with its due instant."""
    from jingwei.cases import workflow
    from jingwei.cases.models import Case
    from jingwei.worklist.models import Item

    wanted = {key for key, replay in replays.items() if workflow.STATES[replay.state][1] != "ended"}
    due = {str(key): each for key, *each in Case.objects.values_list("id", "state", "due_at", "area_path", "unit_path")}
    for subject, *each in Item.objects.values_list("subject", "kind", "due_at", "area_path", "unit_path"):
        key = subject.removeprefix("case:")
        if key not in wanted:
            faults["worklist"].append(f"{key}: due though it is over")
        elif each != due[key]:
            faults["worklist"].append(f"{key}: the list says {each}, the case {due[key]}")
        wanted.discard(key)
    faults["worklist"] += [f"{key}: open and not due" for key in wanted]


def _files(entries: dict[str, list[Told]], faults: dict[str, list[str]]) -> None:
    """The photos of a case are those that its entries name, and each has its content."""
    from jingwei.cases.models import CaseFile
    from jingwei.files import queries as files

    told = {(case, sent) for case, each in entries.items() for entry in each for sent in entry.data.get("files", [])}
    kept = {(str(case), str(sent)) for case, sent in CaseFile.objects.values_list("case_id", "file_id")}
    faults["files"] += [f"{each}" for each in told ^ kept]
    for _, sent in sorted(kept):
        opened = files.open_shown(sent)
        if sum(map(len, opened.chunks)) != opened.size or not opened.size:
            faults["files"].append(f"{sent}: its content is not whole")


def _journal(faults: dict[str, list[str]]) -> dict[str, Any]:
    """Positions without a gap, each entry one; the chains hold."""
    from jingwei.journal.models import Entry, Parked, Position
    from jingwei.journal.queries import verify_journal

    positions = list(Position.objects.order_by("position").values_list("position", flat=True))
    if positions != list(range(1, len(positions) + 1)) or len(positions) != Entry.objects.count():
        faults["positions"].append(f"{len(positions)} positions up to {positions[-1:]}, {Entry.objects.count()} entries")
    faults["parked"] += [f"{row.reader} at {row.position}: {row.error}" for row in Parked.objects.all()[:TOLD]]
    report = verify_journal()
    faults["verify"] += [defect.text() for defect in report.defects]
    return {"position": report.position, "ok": report.ok}


def acknowledged(logs: Path, faults: dict[str, list[str]]) -> int:
    """Every answer 200 or 201 to a deed is one entry by that person; every entry of the people was acknowledged."""
    ids = json.loads((logs / "people.json").read_text())["ids"]
    answered: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for path in sorted(logs.glob("done-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            asked = json.loads(line)
            if asked.get("status") in (200, 201) and asked["case"]:
                answered[asked["case"], asked["action"], ids[asked["who"]]].add(asked["key"])
    written = Counter((case, ACTION_OF[told.verb], told.actor) for case, each in entries_by_case().items()
                      for told in each if told.verb in ACTION_OF)
    for key in answered.keys() | written.keys():
        if len(answered.get(key, ())) != written.get(key, 0):
            faults["acknowledged"].append(f"{key}: acknowledged {len(answered.get(key, ()))}, written {written.get(key, 0)}")
    return sum(map(len, answered.values()))


def main(home: str, out: str, patience: str, logs: str = "") -> None:
    start(home)
    position = wait_for_readers(float(patience))
    found = audit()
    if position < 0:
        found["faults"]["readers"] = [1, "the readers did not come to the end"]
    if logs:
        missing: dict[str, list[str]] = defaultdict(list)
        found["acknowledged"] = acknowledged(Path(logs), missing)
        found["faults"] |= {name: [len(each), *each[:TOLD]] for name, each in missing.items() if each}
    Path(out).write_text(json.dumps(found, ensure_ascii=False, default=str), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
