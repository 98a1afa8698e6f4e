"""Who called about which case, found again without being named; and calls back to them."""

from django.db import models

from jingwei.cases.models.case import Case


class Caller(models.Model):
    """Of a case reported with a phone number: its keyed hashes, in an order that finds the newest of one caller.

    A table of its own, so that cases without a number pay nothing for it.
    """

    PERSONAL = ("phone_hash", "tail_hash")

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="+")
    phone_hash = models.CharField(max_length=64)
    tail_hash = models.CharField(max_length=64)
    reported_at = models.DateTimeField()

    class Meta:
        db_table = "cases_caller"
        indexes = [models.Index(fields=["phone_hash", "-reported_at"], name="cases_caller_phone"),
                   models.Index(fields=["tail_hash", "-reported_at"], name="cases_caller_tail")]


class CallBack(models.Model):
    """One call to the reporter after the case was closed (回访), and what came of it."""

    id = models.UUIDField(primary_key=True)            # made by the client (UUIDv7)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    closed_at = models.DateTimeField()                 # of the closing that it asked about
    outcome = models.CharField(max_length=10)          # satisfied | not | unreached
    text = models.TextField(default="", blank=True)    # numbers of people stand in it as tokens of the case
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_callback"
        indexes = [models.Index(fields=["at"], name="cases_callback_at")]
