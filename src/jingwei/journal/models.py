"""Tables of the journal. Entries hold no personal values: references, or ciphertext under a subject's key."""

from uuid import UUID

from django.db import models

from jingwei.kernel.fields import PathField

NOBODY = UUID(int=0)  # in place of a user, for acts at the machine's own keyboard


class Entry(models.Model):
    """One thing that happened to one subject. Only ever inserted."""

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=60)  # "case:0197…", "user:…", "import:…"
    number = models.IntegerField()             # 1, 2, 3 … within the subject
    verb = models.CharField(max_length=60)
    actor = models.UUIDField(null=True)
    via = models.CharField(max_length=10)
    at = models.DateTimeField()
    area_path = PathField(default="", blank=True)
    data = models.TextField()                  # canonical JSON; the hash covers these very characters
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_entry"
        constraints = [
            models.UniqueConstraint(fields=["subject", "number"], name="journal_entry_no_fork"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="journal_entry_counts_from_one"),
        ]


class Head(models.Model):
    """The last link of each subject's chain; its row is the subject's lock."""

    subject = models.CharField(max_length=60, primary_key=True)
    number = models.IntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_head"


class Position(models.Model):
    """The order in which committed entries became visible: gap-free, insert-only."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)

    class Meta:
        db_table = "journal_position"


class Unnumbered(models.Model):
    """Entries that wait for their position (PostgreSQL; on SQLite the writer numbers its own)."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "journal_unnumbered"


class Lock(models.Model):
    """One row per thing that only one process may do at a time; locked by row, so it ends with its holder."""

    name = models.CharField(max_length=40, primary_key=True)

    class Meta:
        db_table = "journal_lock"


class Generation(models.Model):
    """A counter per cached table family: raised by whoever changes it, compared before a cache is used."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.BigIntegerField(default=1)

    class Meta:
        db_table = "journal_generation"


class Answer(models.Model):
    """What was answered to an Idempotency-Key: the same request twice is one row and the same answer."""

    id = models.BigAutoField(primary_key=True)
    user = models.UUIDField()
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    status = models.SmallIntegerField()
    body = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_answer"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="journal_answer_once")]
        indexes = [models.Index(fields=["at"], name="journal_answer_at")]


class Cursor(models.Model):
    """How far a reader has come, written in the transaction of its effect; and the entry it stumbles over."""

    reader = models.CharField(max_length=60, primary_key=True)
    position = models.BigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    failing = models.BigIntegerField(null=True)  # the position that failed; a restart goes on counting
    tries = models.SmallIntegerField(default=0)
    next_try = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        db_table = "journal_cursor"


class Parked(models.Model):
    """An entry that failed too often for a reader, or a later one of its subject; it waits for a person."""

    id = models.BigAutoField(primary_key=True)
    reader = models.CharField(max_length=60)
    position = models.BigIntegerField()
    subject = models.CharField(max_length=60)
    tries = models.IntegerField(default=0)
    error = models.TextField(default="", blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_parked"
        constraints = [models.UniqueConstraint(fields=["reader", "position"], name="journal_parked_once")]
        indexes = [models.Index(fields=["reader", "subject"], name="journal_parked_subject")]


class Checkpoint(models.Model):
    """A signed statement of what the journal held at a position."""

    position = models.BigIntegerField(primary_key=True)
    count = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=64)
    signature = models.TextField()

    class Meta:
        db_table = "journal_checkpoint"


class Job(models.Model):
    """Background work as a row: leased, fenced by a token, tried again, never lost."""

    id = models.UUIDField(primary_key=True)
    task = models.CharField(max_length=200)
    queue = models.CharField(max_length=40, default="default")
    arguments = models.TextField()
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default="ready")  # ready | running | done | failed
    run_after = models.DateTimeField()
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)    # the first try
    attempted_at = models.DateTimeField(null=True)  # the last one
    finished_at = models.DateTimeField(null=True)
    owner = models.CharField(max_length=80, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    token = models.BigIntegerField(default=0)
    tries = models.SmallIntegerField(default=0)
    result = models.TextField(default="", blank=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        db_table = "journal_job"
        indexes = [models.Index(fields=["state", "-priority", "run_after"], name="journal_job_next")]


class SubjectKey(models.Model):
    """The data key of one subject, wrapped by the home's master key. Deleting it deletes what it sealed."""

    subject = models.CharField(max_length=60, primary_key=True)
    wrapped = models.BinaryField()

    class Meta:
        db_table = "journal_subject_key"
