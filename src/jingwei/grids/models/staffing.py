"""Who holds an area, who is away, who has which certificate. No personal columns but user ids."""

from django.db import models

from jingwei.grids.models.areas import Area


class Staffing(models.Model):
    """A person on an area, with days. Ended ones stay: the history of posts (STF-36)."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="staffing")
    post = models.CharField(max_length=8)  # main | deputy | member
    since = models.DateField()
    until = models.DateField(null=True)  # the last day
    duties = models.JSONField(default=list)
    rank = models.SmallIntegerField(default=0)
    employer = models.CharField(max_length=60, default="", blank=True)  # STF-43: who pays
    contract = models.CharField(max_length=20, default="", blank=True)  # STF-27, STF-43: of `contracts`
    second_line = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+")  # STF-42: also directed by
    void = models.BooleanField(default=False)  # entered by mistake or taken back before its first day

    class Meta:
        db_table = "grids_staffing"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_staffing_ends_after_it_begins"),
            models.CheckConstraint(condition=models.Q(post__in=["main", "deputy", "member"]),
                                   name="grids_staffing_post_known"),
            models.UniqueConstraint(fields=["area", "user", "post", "since"], condition=models.Q(void=False),
                                    name="grids_staffing_once"),
        ]


class Absence(models.Model):
    """Somebody is away; the deputy answers meanwhile. Why is nobody's business here."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "grids_absence"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                                   name="grids_absence_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["user", "until"], name="grids_absence_open")]


class Certificate(models.Model):
    """A badge or licence of one kind with its days (STF-04, STF-27). Its number stays with the office."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "grids_certificate"
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="grids_certificate_ends_after_it_begins"),
            models.UniqueConstraint(fields=["user", "kind", "since"], name="grids_certificate_once"),
        ]
