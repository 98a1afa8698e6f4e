"""Schemes and their classes, filing standards, who answers for what, work calendars. No personal columns.

Areas and units are foreign keys, so that their paths are always today's; `area` null means everywhere.
"""

from django.db import models

KINDS = ("component", "matter")


class Scheme(models.Model):
    """A classification and its validity: a national one, or a city's own."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=150, default="", blank=True)
    minor_digits = models.SmallIntegerField()
    component_word = models.CharField(max_length=20, default="部件")
    matter_word = models.CharField(max_length=20, default="事件")  # 事件 until 2026, 事项 since
    valid_from = models.DateField(null=True)
    replaced_on = models.DateField(null=True)
    source = models.CharField(max_length=200, default="", blank=True)
    confidence = models.CharField(max_length=10, default="", blank=True)
    active = models.BooleanField(default=True)  # its classes may be used for new cases

    class Meta:
        db_table = "catalogue_scheme"
        constraints = [
            models.CheckConstraint(condition=models.Q(minor_digits__gte=1, minor_digits__lte=6),
                                   name="catalogue_scheme_minor_digits"),
            models.CheckConstraint(condition=~models.Q(code=""), name="catalogue_scheme_has_code"),
        ]


class ClassEntry(models.Model):
    """A class. A major class has no parent; cases bear minor ones only. Codes are retired, never reused."""

    id = models.AutoField(primary_key=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=10)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=150, default="", blank=True)
    source = models.CharField(max_length=200, default="", blank=True)
    confidence = models.CharField(max_length=10, default="", blank=True)
    local = models.BooleanField(default=False)  # added by the city, not by the scheme
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "catalogue_class"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind", "code"], name="catalogue_class_code_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="catalogue_class_kind_known"),
            models.CheckConstraint(condition=~models.Q(code="") & ~models.Q(name_zh=""),
                                   name="catalogue_class_named"),
        ]


class Condition(models.Model):
    """One row of the filing standard. A row that changes is retired and followed by a new one: cases keep theirs.

    `limit_value` null: no limit could be read, or it begins with the planting season (`season`).
    """

    id = models.AutoField(primary_key=True)
    entry = models.ForeignKey(ClassEntry, on_delete=models.PROTECT, related_name="conditions")
    number = models.IntegerField(default=0)  # the order of the sheet
    text = models.TextField()                # 立案条件
    text_key = models.CharField(max_length=64)  # SHA-256 of the text without spaces and punctuation
    limit_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=14, default="", blank=True)
    season = models.BooleanField(default=False)
    limit_text = models.CharField(max_length=60, default="", blank=True)
    closing = models.TextField(default="", blank=True)         # 结案条件
    responsible = models.TextField(default="", blank=True)     # as the sheet says; rules decide
    supervising = models.TextField(default="", blank=True)
    legal_basis = models.TextField(default="", blank=True)
    collection = models.TextField(default="", blank=True)      # 采集要求
    active = models.BooleanField(default=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "catalogue_condition"
        constraints = [
            models.UniqueConstraint(fields=["entry", "text_key"], condition=models.Q(active=True),
                                    name="catalogue_condition_once"),
            models.CheckConstraint(
                condition=models.Q(limit_value=None, limit_unit="") | models.Q(limit_value__gt=0) & ~models.Q(limit_unit=""),
                name="catalogue_condition_limit_whole"),
            models.CheckConstraint(condition=models.Q(active=True, until=None) | models.Q(active=False, until__isnull=False),
                                   name="catalogue_condition_retired_has_end"),
        ]


class ResponsibilityRule(models.Model):
    """Classes of a scheme whose code begins with `prefix` go to `unit` within `area`.

    One that names the owner of the part wins, then the narrower area, the longer prefix, the closer time (`Book.answers`).
    `unit` null: nobody answers, the case waits at dispatch.
    """

    id = models.AutoField(primary_key=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rules")
    kind = models.CharField(max_length=10)
    prefix = models.CharField(max_length=10)  # a major or a minor code, '' for the whole kind
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, default="", blank=True)
    owner = models.CharField(max_length=100, default="", blank=True)       # code or name of the owner of a part, '' for any
    at_times = models.CharField(max_length=80, default="", blank=True)     # `When.text`, '' for always
    hint_value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    hint_unit = models.CharField(max_length=14, default="", blank=True)
    automatic = models.BooleanField(default=False)                         # dispatched without anybody confirming

    class Meta:
        db_table = "catalogue_rule"
        constraints = [
            models.UniqueConstraint(fields=["scheme", "kind", "prefix", "area", "owner", "at_times"],
                                    name="catalogue_rule_once", condition=models.Q(area__isnull=False)),
            models.UniqueConstraint(fields=["scheme", "kind", "prefix", "owner", "at_times"], condition=models.Q(area=None),
                                    name="catalogue_rule_everywhere_once"),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="catalogue_rule_kind_known"),
            models.CheckConstraint(
                condition=models.Q(hint_value=None, hint_unit="") | models.Q(hint_value__gt=0) & ~models.Q(hint_unit=""),
                name="catalogue_rule_hint_whole"),
            models.CheckConstraint(condition=models.Q(automatic=False) | models.Q(unit__isnull=False),
                                   name="catalogue_rule_automatic_has_unit"),
        ]


class RuleHelper(models.Model):
    """A unit that a rule asks to help the one that answers."""

    id = models.AutoField(primary_key=True)
    rule = models.ForeignKey(ResponsibilityRule, on_delete=models.CASCADE, related_name="helpers", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "catalogue_rule_helper"
        constraints = [models.UniqueConstraint(fields=["rule", "unit"], name="catalogue_rule_helper_once")]


class WorkCalendar(models.Model):
    """One version of the work calendar of an area. Versions are only added: deadlines name the one they used."""

    id = models.AutoField(primary_key=True)
    number = models.IntegerField(unique=True)  # 1, 2, 3 … over all areas
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=60)
    slots = models.JSONField()                 # seven weekdays, each a list of ["08:00", "12:00"]
    makeup = models.JSONField(null=True)       # slots of a make-up working day; null: the first weekday's
    years = models.JSONField(default=list)     # whose holiday list is in
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    note = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "catalogue_calendar"
        constraints = [models.CheckConstraint(condition=models.Q(number__gte=1), name="catalogue_calendar_numbered")]


class CalendarDay(models.Model):
    """A date on which a calendar differs from its week."""

    id = models.BigAutoField(primary_key=True)
    calendar = models.ForeignKey(WorkCalendar, on_delete=models.CASCADE, related_name="days", db_index=False)
    on = models.DateField()
    word = models.CharField(max_length=4)      # off | work
    name = models.CharField(max_length=40, default="", blank=True)
    year = models.SmallIntegerField()          # the list it stands in; 0: set by hand

    class Meta:
        db_table = "catalogue_calendar_day"
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on"], name="catalogue_day_once"),
            models.CheckConstraint(condition=models.Q(word__in=("off", "work")), name="catalogue_day_word_known"),
        ]


class StageLimit(models.Model):
    """How long a stage may take in an area. `value` null: no clock runs."""

    id = models.AutoField(primary_key=True)
    stage = models.CharField(max_length=30)
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    unit = models.CharField(max_length=14, default="", blank=True)

    class Meta:
        db_table = "catalogue_stage_limit"
        constraints = [
            models.UniqueConstraint(fields=["stage", "area"], condition=models.Q(area__isnull=False),
                                    name="catalogue_stage_once_per_area"),
            models.UniqueConstraint(fields=["stage"], condition=models.Q(area=None),
                                    name="catalogue_stage_everywhere_once"),
            models.CheckConstraint(
                condition=models.Q(value=None, unit="") | models.Q(value__gt=0) & ~models.Q(unit=""),
                name="catalogue_stage_limit_whole"),
        ]


class Setting(models.Model):
    """A choice among those the catalogue knows, for everywhere or for an area."""

    id = models.AutoField(primary_key=True)
    name = models.CharField(max_length=40)
    area = models.ForeignKey("grids.Area", null=True, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=400, default="", blank=True)

    class Meta:
        db_table = "catalogue_setting"
        constraints = [
            models.UniqueConstraint(fields=["name", "area"], condition=models.Q(area__isnull=False),
                                    name="catalogue_setting_once_per_area"),
            models.UniqueConstraint(fields=["name"], condition=models.Q(area=None),
                                    name="catalogue_setting_everywhere_once"),
        ]
