"""Meetings, what stood on their agenda, and what they decided."""

from django.db import models
from django.db.models import Q

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class Meeting(models.Model):
    """A stand-up or a joint meeting with its minutes, in which numbers of people were blotted out for good."""

    id = models.UUIDField(primary_key=True)           # made by the client (UUIDv7)
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=100)
    area = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False)
    area_path = PathField()
    place = models.CharField(max_length=100, default="", blank=True)
    held_at = models.DateTimeField()
    minutes = models.TextField(default="", blank=True)
    state = models.CharField(max_length=10, default="open")  # see cases/meetings.py
    version = models.IntegerField(default=1)          # raised by every change of the columns above
    reason = models.TextField(default="", blank=True)  # why it was cancelled
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_meeting"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="cases_meeting_number_once"),
            models.CheckConstraint(condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                                   name="cases_meeting_ended"),
        ]
        indexes = [models.Index(fields=["-held_at", "-id"], name="cases_meeting_newest"),
                   models.Index(fields=["area_path"], name="cases_meeting_area")]


class Attending(models.Model):
    """Who is asked to a meeting: a person or a unit. Not who came: nobody's attendance is kept."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attending")
    person = models.UUIDField(null=True)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        db_table = "cases_meeting_attending"
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=True, unit__isnull=False) | Q(person__isnull=False, unit__isnull=True),
                                   name="cases_attending_one"),
            models.UniqueConstraint(fields=["meeting", "person"], condition=Q(person__isnull=False), name="cases_attending_person"),
            models.UniqueConstraint(fields=["meeting", "unit"], condition=Q(unit__isnull=False), name="cases_attending_unit"),
        ]
        indexes = [models.Index(fields=["person"], name="cases_attending_whose", condition=Q(person__isnull=False))]


class Decision(models.Model):
    """What a meeting decided: a case of its own, words on a case that is there, or a task that is followed here."""

    id = models.UUIDField(primary_key=True)           # made by the client
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    position = models.SmallIntegerField()
    way = models.CharField(max_length=6)              # see cases/meetings.py
    text = models.TextField()                         # without numbers of people
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField(default="", blank=True)
    person = models.UUIDField(null=True)
    due_at = models.DateTimeField(null=True)          # the end of the day until which it has to be done
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, default="open")  # of a task
    answer = models.TextField(default="", blank=True)  # what was done
    reason = models.TextField(default="", blank=True)  # why it was given again or withdrawn
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "cases_decision"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="cases_decision_numbered"),
            models.CheckConstraint(condition=Q(way="task", case__isnull=True) | (~Q(way="task") & Q(case__isnull=False)),
                                   name="cases_decision_case"),
            models.CheckConstraint(condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                                   name="cases_decision_ended"),
        ]
        indexes = [
            models.Index(fields=["case"], name="cases_decision_of_case", condition=Q(case__isnull=False)),
            models.Index(fields=["unit_path", "state"], name="cases_decision_unit"),
            models.Index(fields=["person", "state"], name="cases_decision_person", condition=Q(person__isnull=False)),
        ]


class AgendaItem(models.Model):
    """A point of the agenda: a case, something decided before that is not done, or words of one's own."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    source = models.CharField(max_length=10)          # see cases/meetings.py
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    followed = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    text = models.TextField(default="", blank=True)
    due_at = models.DateTimeField(null=True)          # of the case, when it came on the agenda
    note = models.TextField(default="", blank=True)   # what was said on it
    decided = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        db_table = "cases_meeting_item"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], condition=Q(case__isnull=False), name="cases_item_case_once"),
            models.UniqueConstraint(fields=["meeting", "followed"], condition=Q(followed__isnull=False), name="cases_item_followed_once"),
        ]
