"""Ways out of the house: connectors, what waits to go through them, and what went in the last minute."""

from django.db import models

from jingwei.kernel.fields import PathField


class Connector(models.Model):
    """One mail server, message gateway or group robot. Secret: `sealed` (addresses, keys, passwords)."""

    PERSONAL = ("sealed",)

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12)   # mail | sms | wecom | dingtalk | feishu …: what exchange offers
    way = models.CharField(max_length=6)     # mail | sms | chat
    name = models.CharField(max_length=60)
    sealed = models.BinaryField()
    # A robot speaks to a group: of what lies in this area and, if given, is held by this unit.
    area_path = PathField(default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    unit_path = PathField(default="", blank=True)
    unit_code = models.CharField(max_length=40, default="", blank=True)
    per_minute = models.SmallIntegerField(default=20)
    active = models.BooleanField(default=True)
    busy_until = models.DateTimeField(null=True)    # somebody sends by it now
    failures = models.IntegerField(default=0)       # one after another
    open_until = models.DateTimeField(null=True)    # after failures it is left alone so long
    error = models.CharField(max_length=400, default="", blank=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "notices_connector"
        constraints = [
            models.CheckConstraint(condition=models.Q(per_minute__gte=1), name="notices_connector_sends_some"),
        ]


class Delivery(models.Model):
    """A message on its way out: to one person by mail or SMS, or to the group of a robot (then `user` is null)."""

    id = models.UUIDField(primary_key=True)  # the idempotency key of the sending
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="deliveries", db_index=False)
    user = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.CharField(max_length=300, default="", blank=True)
    link = models.CharField(max_length=200, default="", blank=True)
    state = models.CharField(max_length=7, default="waiting")  # waiting | sent | parked | dropped
    gather = models.BooleanField(default=False)  # held back: goes together with others of its receiver
    event_at = models.DateTimeField()
    due_from = models.DateTimeField()            # not before: quiet hours, digests
    next_try = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    error = models.CharField(max_length=400, default="", blank=True)
    sent_as = models.UUIDField(null=True)        # the sending it went out with, its own id or that of a digest
    at = models.DateTimeField(null=True)         # sent or parked

    class Meta:
        db_table = "notices_delivery"
        indexes = [
            models.Index(fields=["connector", "next_try"], condition=models.Q(state="waiting"), name="notices_delivery_waiting"),
            models.Index(fields=["subject", "event_at"], name="notices_delivery_subject"),
            models.Index(fields=["state", "at"], name="notices_delivery_state"),
        ]


class Sending(models.Model):
    """One attempt, kept for a minute: the limit of a connector is counted over all processes."""

    id = models.BigAutoField(primary_key=True)
    connector = models.ForeignKey(Connector, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "notices_sending"
        indexes = [models.Index(fields=["connector", "at"], name="notices_sending_at")]
