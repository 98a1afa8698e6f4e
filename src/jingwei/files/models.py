"""One row per photo or document somebody added. The contents lie in the store (`storage.py`), shared by equal ones."""

from django.db import models
from django.db.models import Q


class StoredFile(models.Model):
    """Personal columns: name (people write anything there), evidence (time and place where a photo was taken)."""

    PERSONAL = ("name", "evidence")

    id = models.UUIDField(primary_key=True)              # made by the client (UUIDv7)
    kind = models.CharField(max_length=10)               # photo | document
    media_type = models.CharField(max_length=80)         # what the content is, whatever its name says
    name = models.CharField(max_length=120, blank=True)  # cleaned; a label, never a path
    size = models.BigIntegerField()                      # bytes, of the original
    width = models.IntegerField(null=True)               # pixels, upright
    height = models.IntegerField(null=True)
    original_hash = models.CharField(max_length=64)      # keyed hash of the original; the original is encrypted
    shown_hash = models.CharField(max_length=64, default="", blank=True)  # SHA-256 of the copy that others see
    thumb_hash = models.CharField(max_length=64, default="", blank=True)
    evidence = models.BinaryField(null=True)             # ciphertext; null: the photo told nothing
    added_by = models.UUIDField(null=True)               # null: the operator
    added_at = models.DateTimeField()

    class Meta:
        db_table = "files_stored"
        constraints = [
            models.CheckConstraint(
                name="files_stored_photo_has_copies",
                condition=Q(kind="photo", width__gte=1, height__gte=1, shown_hash__gt="", thumb_hash__gt="")
                | Q(kind="document", width__isnull=True, height__isnull=True, shown_hash="", thumb_hash="")),
            models.CheckConstraint(name="files_stored_not_empty", condition=Q(size__gte=1)),
        ]
        indexes = [
            models.Index(fields=["original_hash"], name="files_stored_original"),
            models.Index(fields=["shown_hash"], name="files_stored_shown"),
            models.Index(fields=["thumb_hash"], name="files_stored_thumb"),
            models.Index(fields=["added_at", "id"], name="files_stored_added"),
        ]
