"""`python -m tests.journeys.centre.spoil HOME`: damages a copy in one way per question, so that the audit is seen to notice."""

import sys
from datetime import timedelta

from tests.journeys.centre.audit import start


def main(home: str) -> None:
    start(home)
    from django.db.models import F

    from jingwei.cases.models import Case, CaseFile, Copy, Step
    from jingwei.journal.models import Entry, Position
    from jingwei.worklist.models import Item

    several = Case.objects.filter(step__gte=4).order_by("id")
    Step.objects.filter(case_id=several[0].id, number=2).delete()
    kept = Step.objects.filter(state="handling", due_at__isnull=False).exclude(case_id=several[0].id).order_by("id").first()
    Step.objects.filter(id=kept.id if kept else 0).update(due_at=F("due_at") + timedelta(days=3))
    Case.objects.filter(id=several[1].id).update(asked="extension" if several[1].asked == "" else "")
    Copy.objects.filter(entry_position=Copy.objects.order_by("entry_position")[0].entry_position).delete()
    Item.objects.filter(subject=Item.objects.order_by("subject")[0].subject).delete()
    CaseFile.objects.filter(id=CaseFile.objects.order_by("id")[0].id).delete()
    # The one who fed back is made the one who checked: against the separation of duties, and against the chain.
    checked = Entry.objects.filter(verb="case.check_passed").order_by("id")[0]
    fed_back = Entry.objects.filter(subject=checked.subject, verb="case.fed_back").order_by("id")[0]
    Entry.objects.filter(id=checked.id).update(actor=fed_back.actor)
    last = Position.objects.order_by("-position")[0]
    Position.objects.filter(position=last.position).update(position=last.position + 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
