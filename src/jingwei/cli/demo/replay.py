"""The stories played again: every step by its own person, at its own moment, in the order in which things happened."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from jingwei.cases import commands
from jingwei.catalogue.queries import book
from jingwei.cli.demo.people import Absence
from jingwei.cli.demo.plots import Act
from jingwei.cli.demo.staff import Cast, leave_begins, let_go
from jingwei.cli.demo.stories import Step, Story
from jingwei.journal.queries import generations
from jingwei.kernel import clock
from jingwei.kernel.actor import Actor
from jingwei.kernel.ids import new_id

Told = Callable[[int, int], None]


class Stage:
    """Plays steps on the real commands."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._cases: dict[str, UUID] = {}
        self._conditions = _conditions()

    def play(self, story: Story, step: Step) -> None:
        """One step, now (the caller holds the clock)."""
        actor = self._cast.actor(step.who)
        if step.action is Act.REPORT:
            new = commands.Report(id=new_id(int(step.at.timestamp() * 1000)), **step.args)
            self._cases[story.key] = commands.report(actor, new).id
        else:
            _DEEDS[step.action](actor, self._cases[story.key], self._resolved(step.args))

    def _resolved(self, args: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments in the rooms' own terms: people and conditions by id."""
        known = dict(args)
        if "person" in known:
            known["person"] = self._cast.id_of(known["person"])
        if "condition" in known:
            known["condition_id"] = self._conditions[known["class_code"], known.pop("condition")]
        if "limit_unit" in known:
            known["limit"] = {"value": known.pop("value"), "unit": known.pop("limit_unit")}
        return known


def _conditions() -> dict[tuple[str, str], int]:
    known = book(generations())
    return {(known.classes[condition.class_id].full_code, condition.text): condition.id
            for condition in known.conditions.values()}


_Deed = Callable[[Actor, UUID, dict[str, Any]], object]
_DEEDS: dict[Act, _Deed] = {
    Act.ASK_VERIFY: lambda actor, case, args: commands.ask_verify(actor, case, person=args["person"]),
    Act.VERIFY_TRUE: lambda actor, case, args: commands.verify(actor, case, found=True),
    Act.VERIFY_FALSE: lambda actor, case, args: commands.verify(actor, case, found=False, reason=args["reason"]),
    Act.FILE: lambda actor, case, args: commands.file(actor, case, **args),
    Act.REFUSE: lambda actor, case, args: commands.refuse(actor, case, reason=args["reason"]),
    Act.DISPATCH: lambda actor, case, args: commands.dispatch(actor, case, unit_code=args["unit"]),
    Act.SIGN: lambda actor, case, args: commands.sign(actor, case),
    Act.RETURN: lambda actor, case, args: commands.send_back(actor, case, reason=args["reason"]),
    Act.HAND_ON: lambda actor, case, args: commands.hand_on(
        actor, case, reason=args["reason"], unit_code=args.get("unit", "")),
    Act.PASS_UP: lambda actor, case, args: commands.pass_up(actor, case, reason=args["reason"]),
    Act.ASK_EXTENSION: lambda actor, case, args: commands.ask_extension(
        actor, case, reason=args["reason"], **args["limit"]),
    Act.EXTEND: lambda actor, case, args: commands.extend(actor, case, reason=args["reason"], **args["limit"]),
    Act.ASK_SUSPENSION: lambda actor, case, args: commands.ask_suspension(actor, case, reason=args["reason"]),
    Act.SUSPEND: lambda actor, case, args: commands.suspend(actor, case, reason=args["reason"]),
    Act.DECLINE: lambda actor, case, args: commands.decline(actor, case, reason=args["reason"]),
    Act.RESUME: lambda actor, case, args: commands.resume(actor, case),
    Act.FEED_BACK: lambda actor, case, args: commands.feed_back(actor, case, text=args["text"]),
    Act.CONFIRM: lambda actor, case, args: commands.confirm(actor, case, person=args["person"]),
    Act.CHECK_PASS: lambda actor, case, args: commands.check(actor, case, passed=True),
    Act.CHECK_FAIL: lambda actor, case, args: commands.check(actor, case, passed=False, reason=args["reason"]),
    Act.REWORK: lambda actor, case, args: commands.rework(actor, case, reason=args["reason"]),
    Act.CLOSE: lambda actor, case, args: commands.close(actor, case),
    Act.REOPEN: lambda actor, case, args: commands.reopen(actor, case, reason=args["reason"]),
    Act.VOID: lambda actor, case, args: commands.void(actor, case, reason=args["reason"]),
    Act.SOLVE: lambda actor, case, args: commands.solve(actor, case, text=args["text"]),
    Act.ACCEPT: lambda actor, case, args: commands.accept(actor, case),
    Act.SUBMIT: lambda actor, case, args: commands.submit(actor, case, text=args["text"]),
    Act.APPROVE: lambda actor, case, args: commands.approve(actor, case, text=args["text"]),
    Act.OBJECT: lambda actor, case, args: commands.object_to(actor, case, reason=args["reason"]),
    Act.GRANT: lambda actor, case, args: commands.grant(actor, case, text=args["text"]),
    Act.NOTE: lambda actor, case, args: commands.note(actor, case, text=args["text"]),
    Act.REPLY: lambda actor, case, args: commands.reply_to_people(actor, case, text=args["text"]),
    Act.FOLLOW: lambda actor, case, args: commands.follow_up(actor, case, text=args["text"]),
}


def replay(actor: Actor, stories: Sequence[Story], absences: Sequence[Absence], cast: Cast, told: Told) -> None:
    """Everything in the order of time, so that the journal's positions follow its instants. `actor` books the leave.

    A report is committed by itself: the numbers that its process took for the cases to come are its own only then.
    """
    stage = Stage(cast)
    away = sorted(absences, key=leave_begins)
    done, total = 0, sum(len(story.steps) for story in stories)
    for reporting, moments in groupby(_moments(stories), key=lambda moment: moment[1].action is Act.REPORT):
        for some in ([moment] for moment in moments) if reporting else (moments,):
            with transaction.atomic():
                for story, step in some:
                    while away and leave_begins(away[0]) <= step.at:
                        _book(actor, away.pop(0), cast)
                    with clock.held_at(step.at):
                        stage.play(story, step)
                    done += 1
        told(done, total)
    for absence in away:
        _book(actor, absence, cast)


def _moments(stories: Sequence[Story]) -> Iterator[tuple[Story, Step]]:
    steps = [(step.at, story.key, number, story, step)
             for story in stories for number, step in enumerate(story.steps)]
    return ((story, step) for _, _, _, story, step in sorted(steps, key=lambda row: row[:3]))


def _book(actor: Actor, absence: Absence, cast: Cast) -> None:
    with clock.held_at(leave_begins(absence)), transaction.atomic():
        let_go(actor, absence, cast)
