"""A case."""

from django.db import models

from jingwei.kernel.fields import PathField


class Case(models.Model):
    """One problem from report to closing. Personal: `private` (ciphertext) and the keyed hashes beside it."""

    PERSONAL = ("private", "phone_hash", "phone_tail_hash")

    id = models.UUIDField(primary_key=True)           # made by the client (UUIDv7)
    number = models.CharField(max_length=30)
    county = models.CharField(max_length=12)          # immutable: the distribution key of a sharded database
    profile = models.CharField(max_length=20)
    profile_version = models.SmallIntegerField(default=1)
    state = models.CharField(max_length=12)
    level = models.CharField(max_length=10, default="", blank=True)  # township: community | town | county
    channel = models.CharField(max_length=20)
    text = models.TextField()                         # numbers of people stand in it as tokens
    place = models.CharField(max_length=256, default="", blank=True)
    lon = models.FloatField()
    lat = models.FloatField()
    cell = models.BigIntegerField()
    # Areas are deleted by the thousand where a draft plan is dropped, which no case refers to: the database would
    # search all cases for each of them, or need two more indexes.
    area_then = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                  db_constraint=False)
    area_now = models.ForeignKey("grids.Area", on_delete=models.PROTECT, related_name="+", db_index=False,
                                 db_constraint=False)
    area_path = PathField()                           # of area_now: scope, queues
    class_entry = models.ForeignKey("catalogue.ClassEntry", null=True, on_delete=models.PROTECT, related_name="+",
                                    db_index=False)
    condition = models.ForeignKey("catalogue.Condition", null=True, on_delete=models.PROTECT, related_name="+",
                                  db_index=False)
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit_path = PathField(default="", blank=True)
    person = models.UUIDField(null=True)              # whom a verify or check task waits for
    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    dispatched_at = models.DateTimeField(null=True)
    fed_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    state_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)          # of the state it is in; null: no clock runs
    limit_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # of the state it is in
    limit_unit = models.CharField(max_length=14, default="", blank=True)
    calendar = models.CharField(max_length=40, default="", blank=True)            # version the limit was reckoned by
    handle_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # for handling, fixed at filing
    handle_unit = models.CharField(max_length=14, default="", blank=True)
    step = models.SmallIntegerField(default=1)        # the number of its present stay; earlier ones are `Step` rows
    verified = models.BooleanField(null=True)
    checked = models.BooleanField(null=True)
    signed_at = models.DateTimeField(null=True)
    asked = models.CharField(max_length=10, default="", blank=True)  # extension | suspension, while undecided
    duties = models.JSONField(default=dict)           # duty -> ids of the people who exercised it
    returns = models.SmallIntegerField(default=0)
    reworks = models.SmallIntegerField(default=0)
    # What it is about, of the parts register; parts are never deleted, and a check of the key at every step buys nothing.
    part = models.ForeignKey("registry.Part", null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
                             db_constraint=False)
    marks = models.CharField(max_length=120, default="", blank=True)  # what it has beside its flow, see cases/marks.py
    source_id = models.CharField(max_length=80, null=True)  # the id in the system it was imported from
    private = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=64, default="", blank=True)
    phone_tail_hash = models.CharField(max_length=64, default="", blank=True)

    class Meta:
        db_table = "cases_case"
        constraints = [
            # Not `unique=True`, which on PostgreSQL brings a second index for LIKE.
            models.UniqueConstraint(fields=["number"], name="cases_case_number_once"),
            models.UniqueConstraint(fields=["channel", "source_id"], condition=models.Q(source_id__isnull=False),
                                    name="cases_case_source_once"),
            models.CheckConstraint(condition=models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                                   name="cases_case_on_earth"),
            models.CheckConstraint(
                condition=~models.Q(state="handling") | models.Q(unit__isnull=False), name="cases_case_handled_by_unit"),
            models.CheckConstraint(
                condition=~models.Q(state="suspended") | models.Q(due_at__isnull=True),
                name="cases_case_no_clock_while_suspended"),
        ]
        # Every step of every case writes all of these: one more must earn that. See queries/newest.py.
        indexes = [
            # The newest of a state; `area_path` last, so that a scope is looked at in the index, not row by row.
            models.Index(fields=["state", "-reported_at", "-id", "area_path"], name="cases_case_state"),
            # The same of one class: a rare class among the cases of years.
            models.Index(fields=["class_entry", "state", "-reported_at", "-id", "area_path"], name="cases_case_class"),
            # A scope of a few unit grids, for which the newest of the whole district would be searched in vain.
            models.Index(fields=["area_path", "class_entry", "state", "reported_at"], name="cases_case_area"),
            # What one unit holds.
            models.Index(fields=["unit_path", "state"], name="cases_case_unit"),
            # What one reported oneself, whatever the scope.
            models.Index(fields=["reported_by", "-reported_at", "-id"], name="cases_case_reporter"),
            # What was reported about one part. Cases that name none, which are most, are not in it.
            models.Index(fields=["part", "-reported_at"], condition=models.Q(part__isnull=False), name="cases_case_part"),
            # What ended today, of all that ever ended. Written once in a case's life.
            models.Index(fields=["ended_at"], condition=models.Q(ended_at__isnull=False), name="cases_case_ended"),
        ]
