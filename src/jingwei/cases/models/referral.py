"""What is passed to a unit that must sign for it."""

from django.db import models

from jingwei.cases.models.case import Case
from jingwei.kernel.fields import PathField


class Referral(models.Model):
    """A matter passed to a station, clinic or office, with or without a case behind it, as it stands now.

    Only whoever sent it and whoever signs for it read its words. Personal: `private` (ciphertext) and the keyed hashes.
    """

    PERSONAL = ("private", "phone_hash", "phone_tail_hash")

    id = models.UUIDField(primary_key=True)           # made by the client (UUIDv7)
    number = models.CharField(max_length=30)
    county = models.CharField(max_length=12)          # immutable: the distribution key of a sharded database
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=20)
    urgency = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    state_at = models.DateTimeField()
    text = models.TextField()                         # numbers of people stand in it as tokens
    place = models.CharField(max_length=256, default="", blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    area_then = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                  db_constraint=False)
    area_now = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                 db_constraint=False)
    area_path = PathField()                           # of area_now
    sent_by = models.UUIDField(null=True)
    from_name = models.CharField(max_length=160)      # the unit or grid post on that day, as lists name it
    from_unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_unit_path = PathField(default="", blank=True)
    from_post = PathField(default="", blank=True)     # the area of the grid post it was sent from; '': from the unit
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    sendings = models.SmallIntegerField(default=1)    # how often it was passed on, the first time included
    handled_by = models.UUIDField(null=True)          # who signed or answered for the unit
    sent_at = models.DateTimeField()                  # the first time
    found_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)          # of the state it is in; null: no clock runs
    ended_at = models.DateTimeField(null=True)
    private = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, default="", blank=True)
    phone_tail_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "cases_referral"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="cases_referral_number_once"),
            models.CheckConstraint(condition=~models.Q(state="ended") | models.Q(ended_at__isnull=False),
                                   name="cases_referral_ended_when"),
        ]
        indexes = [
            models.Index(fields=["sent_by", "-sent_at"], name="cases_referral_sender"),
            models.Index(fields=["case"], condition=models.Q(case__isnull=False), name="cases_referral_case"),
        ]


class Sending(models.Model):
    """One passing of a referral to one unit, kept as it came out: when it had to be signed for and when it was."""

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    number = models.SmallIntegerField()
    current = models.BooleanField(default=True)       # the referral's last one
    county = models.CharField(max_length=12)
    category = models.CharField(max_length=20)
    area_path = PathField()                           # as the referral's
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField()
    sent_at = models.DateTimeField()
    limit_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, default="", blank=True)
    calendar = models.CharField(max_length=40, default="", blank=True)
    due_at = models.DateTimeField(null=True)          # for signing
    told_at = models.DateTimeField(null=True)         # when it was told that nobody had signed in time
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)    # taken back before anybody signed
    answer_due_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_referral_sending"
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="cases_sending_numbered"),
            models.UniqueConstraint(fields=["referral"], condition=models.Q(current=True), name="cases_sending_one_current"),
        ]
        indexes = [
            models.Index(fields=["unit", "-sent_at"], name="cases_sending_unit"),
            models.Index(fields=["sent_at", "area_path"], name="cases_sending_month"),
            # What nobody has signed for yet, few among all: for the look that tells it.
            models.Index(fields=["due_at"], name="cases_sending_unsigned", condition=models.Q(
                signed_at__isnull=True, refused_at__isnull=True, withdrawn_at__isnull=True, told_at__isnull=True)),
        ]


class ReferralFile(models.Model):
    """A photo or document of a referral, and with which deed it came."""

    id = models.BigAutoField(primary_key=True)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="+")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    deed = models.CharField(max_length=16)

    class Meta:
        db_table = "cases_referral_file"
        constraints = [models.UniqueConstraint(fields=["referral", "file"], name="cases_referral_file_once")]
