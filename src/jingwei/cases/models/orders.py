"""Supervision orders, and what became of each at every unit it was served on."""

from django.db import models

from jingwei.cases.models.case import Case


class Order(models.Model):
    """A numbered supervision order (督办单) on a case. `issued_by` null: a rung of the escalation ladder."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=30)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    level = models.CharField(max_length=10)
    demand = models.TextField()                        # numbers of people stand in it as tokens
    limit_value = models.DecimalField(max_digits=9, decimal_places=2)
    limit_unit = models.CharField(max_length=14)
    calendar = models.CharField(max_length=40, default="", blank=True)  # version the limit was reckoned by
    due_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    issued_at = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")  # open | closed | withdrawn, of all it was served on
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_order"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="cases_order_number_once"),
            models.CheckConstraint(condition=models.Q(state="open", ended_at=None) | ~models.Q(state="open"),
                                   name="cases_order_open_has_no_end"),
        ]
        indexes = [models.Index(fields=["-issued_at", "-id"], name="cases_order_newest")]


class Served(models.Model):
    """An order at one unit: proof of receipt (who signed and when), what it reported, how that was judged."""

    id = models.BigAutoField(primary_key=True)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="served")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="issued")  # see cases/orders.py
    state_at = models.DateTimeField()
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)
    reply = models.TextField(default="", blank=True)
    replied_by = models.UUIDField(null=True)
    replied_at = models.DateTimeField(null=True)
    judged_by = models.UUIDField(null=True)
    judged_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)  # why it was sent back or withdrawn
    returns = models.SmallIntegerField(default=0)

    class Meta:
        db_table = "cases_order_served"
        constraints = [
            models.UniqueConstraint(fields=["order", "unit"], name="cases_order_served_once"),
            models.CheckConstraint(condition=models.Q(state__in=("issued", "withdrawn")) | models.Q(signed_at__isnull=False),
                                   name="cases_order_signed_before_work"),
        ]
