"""What one person is told, and how that person wants to be told."""

from django.db import models


class Message(models.Model):
    """One thing told to one person: the bell of the desk and of the phone. Words hold no personal data.

    `once`: what it tells of (a journal position, a due instant), so that nobody is told the same twice.
    """

    id = models.BigAutoField(primary_key=True)
    user = models.UUIDField()
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=300, default="", blank=True)
    link = models.CharField(max_length=200, default="", blank=True)
    urgent = models.BooleanField(default=False)
    once = models.CharField(max_length=60)
    event_at = models.DateTimeField()  # of the deed it tells of: a deed that is taken back takes its messages along
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "notices_message"
        constraints = [models.UniqueConstraint(fields=["user", "once"], name="notices_message_once")]
        indexes = [
            # The bell's number: asked at every poll of every desk.
            models.Index(fields=["user"], condition=models.Q(read_at__isnull=True), name="notices_message_unread"),
            models.Index(fields=["user", "-id"], name="notices_message_of_user"),
            models.Index(fields=["subject", "event_at"], name="notices_message_subject"),
            models.Index(fields=["made_at"], name="notices_message_made"),
        ]


class Choice(models.Model):
    """By which ways, and when, one person wants to be told. Personal: `sealed` (own mail address and phone number)."""

    PERSONAL = ("sealed",)

    user = models.UUIDField(primary_key=True)
    sealed = models.BinaryField(null=True)
    mail = models.BooleanField(default=False)
    sms = models.BooleanField(default=False)
    digest = models.CharField(max_length=5, default="", blank=True)  # '' at once | hour | day
    quiet_from = models.TimeField(null=True)   # null: as the installation sets it; equal ends: none
    quiet_until = models.TimeField(null=True)
    off = models.CharField(max_length=300, default="", blank=True)  # kinds told in the list alone: "|closed|filed|"

    class Meta:
        db_table = "notices_choice"
