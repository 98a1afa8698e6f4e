"""Systems that send by themselves, and the signatures they used."""

from django.db import models

from jingwei.kernel.fields import PathField


class Source(models.Model):
    """A system that sends messages or alarms, and for which area. Secret: `sealed` (what it signs with); empty: none was made yet."""

    PERSONAL = ("sealed",)

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)          # sms | camera
    name = models.CharField(max_length=60)
    sealed = models.BinaryField(null=True)
    area_path = PathField(default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    active = models.BooleanField(default=True)
    trusted = models.BooleanField(default=False)    # its alarms that tell a place are cases at once
    heard_at = models.DateTimeField(null=True)
    too_many = models.IntegerField(default=0)       # refused because too many came
    too_many_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "cases_source"


class SourceNonce(models.Model):
    """A number used once, kept while its signature would still be in time."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    nonce = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_sourcenonce"
        constraints = [models.UniqueConstraint(fields=["source", "nonce"], name="cases_sourcenonce_once")]
        indexes = [models.Index(fields=["at"], name="cases_sourcenonce_at")]
