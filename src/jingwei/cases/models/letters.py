"""What residents and systems send before it is a case: the mailboxes that are read, and the inbox."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.cases.models.sources import Source
from jingwei.kernel.fields import PathField


class Mailbox(models.Model):
    """A mailbox that is read by IMAP, and for which area. Secret: `sealed` (host, user, password)."""

    PERSONAL = ("sealed",)

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    area_path = PathField(default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    active = models.BooleanField(default=True)
    validity = models.BigIntegerField(default=0)    # of the numbers that its messages have
    last_uid = models.BigIntegerField(default=0)
    busy_until = models.DateTimeField(null=True)    # somebody reads it now
    read_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=400, default="", blank=True)
    by_machine = models.IntegerField(default=0)     # automatic answers that were passed over
    too_many = models.IntegerField(default=0)       # passed over because one sender sent too many
    made_at = models.DateTimeField()

    class Meta:
        db_table = "cases_mailbox"


class Letter(models.Model):
    """One message in the inbox. Personal: `sealed` (who sent it, numbers found in it) and the keyed hash of its sender."""

    PERSONAL = ("sealed", "sender_hash")

    id = models.UUIDField(primary_key=True)
    mailbox = models.ForeignKey(Mailbox, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    source = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    via = models.CharField(max_length=6, default="mail")  # mail | sms | camera
    key = models.CharField(max_length=64)               # of its Message-ID: what comes twice is kept once
    area_path = PathField(default="", blank=True)
    sender_hash = models.CharField(max_length=64)
    sender_hint = models.CharField(max_length=60, default="", blank=True)
    subject = models.CharField(max_length=200, default="", blank=True)   # numbers of people stand in it as tokens
    text = models.TextField(default="", blank=True)
    cut = models.BooleanField(default=False)
    left_out = models.JSONField(default=list)
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, default="waiting")  # waiting | taken | joined | discarded
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(default="", blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField(null=True)
    came_at = models.DateTimeField()
    lon = models.FloatField(null=True)                  # where a camera stands that tells it
    lat = models.FloatField(null=True)
    place = models.CharField(max_length=256, default="", blank=True)
    class_code = models.CharField(max_length=80, default="", blank=True)
    found_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_letter"
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "key"], name="cases_letter_once"),
            models.UniqueConstraint(fields=["source", "key"], name="cases_letter_source_once"),
            models.CheckConstraint(condition=models.Q(state="waiting") | models.Q(at__isnull=False), name="cases_letter_ended"),
        ]
        indexes = [models.Index(fields=["state", "came_at"], name="cases_letter_state"),
                   models.Index(fields=["sender_hash", "came_at"], name="cases_letter_sender")]


class LetterFile(models.Model):
    """What was attached to a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "cases_letterfile"
