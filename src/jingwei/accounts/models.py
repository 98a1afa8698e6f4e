"""Units as a tree, people, what they may do and the ways they are signed in."""

from django.db import models

from jingwei.kernel.fields import PathField


class Unit(models.Model):
    """An organisation: centre, bureau, station, company, committee."""

    id = models.AutoField(primary_key=True)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, default="department")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = PathField(unique=True, null=True)  # null only between the two statements that create a unit
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "accounts_unit"


class User(models.Model):
    """A member of staff. Personal columns: login, name."""

    PERSONAL = ("login", "name")

    id = models.UUIDField(primary_key=True)
    login = models.CharField(max_length=40, unique=True)  # lower case
    name = models.CharField(max_length=60)
    password = models.CharField(max_length=200, blank=True, default="")  # argon2; empty: cannot sign in
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT)
    active = models.BooleanField(default=True)
    stamp = models.IntegerField(default=1)  # raised by every change of roles: caches of them end
    failures = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    password_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    last_login_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_user"
        constraints = [
            models.CheckConstraint(condition=models.Q(active=True) | models.Q(password=""),
                                   name="accounts_user_dismissed_has_no_password"),
        ]


class RoleGrant(models.Model):
    """A role over an area path and, if given, only for what one unit holds; with dates. Ended grants stay."""

    id = models.AutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)
    area_path = PathField(default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_grant"
        indexes = [models.Index(fields=["role", "area_path"], name="accounts_grant_role")]
        constraints = [
            models.CheckConstraint(condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                                   name="accounts_grant_ends_after_it_begins"),
        ]


class Session(models.Model):
    """A signed-in browser. Only the hash of its cookie is kept."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    renewed = models.BooleanField(default=False)  # lengthened once already
    shown = models.BooleanField(default=False)  # the second factor was
    waiting = models.BinaryField(null=True)  # a sealed secret offered to this browser, in force once a code proves it

    class Meta:
        db_table = "accounts_session"


class DeviceToken(models.Model):
    """A phone or a program. Only the hash of its token is kept. Personal column: name ("王示例的手机")."""

    PERSONAL = ("name",)

    id = models.UUIDField(primary_key=True)
    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    shown = models.BooleanField(default=False)  # issued in a session that had shown the second factor

    class Meta:
        db_table = "accounts_device_token"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="accounts_device_token_one_per_name")]


class Invitation(models.Model):
    """A one-time link with which a person sets a password: the first administrators, a new or a reset account."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_invitation"


class SecondFactor(models.Model):
    """What a person's authenticator shares with us. Personal and secret column: sealed (journal/vault.py)."""

    PERSONAL = ("sealed",)

    user = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="second_factor")
    sealed = models.BinaryField()
    last_step = models.BigIntegerField()  # of the newest code taken: this one and older ones are refused
    set_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_second_factor"


class RecoveryCode(models.Model):
    """One way in without the authenticator; the row goes when it is used. Only the hash is kept."""

    id = models.AutoField(primary_key=True)
    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="recovery")
    number = models.SmallIntegerField()  # the code's first sign, so that one hash is computed and not eight
    code = models.CharField(max_length=200)  # argon2

    class Meta:
        db_table = "accounts_recovery_code"
        constraints = [
            models.UniqueConstraint(fields=["factor", "number"], name="accounts_recovery_code_one_per_number"),
        ]
