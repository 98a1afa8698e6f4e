"""Short ways to upload a table in tests, and to see that nothing was written."""

from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jingwei.journal import queries as journal
from jingwei.journal.commands import number_entries


def sent(content: str | bytes, name: str = "表.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def upload(client: Client, kind: str, content: str | bytes, *, dry_run: str = "", **fields: Any) -> Any:
    """`upload(client, "units", "单位编码,单位名称\\n…", dry_run="0")`: the response of POST /api/import/units."""
    given = {"dry_run": dry_run} if dry_run else {}
    return client.post(f"/api/import/{kind}", {"file": sent(content), **given, **fields})


def standing() -> dict[str, int]:
    """Rows of every table of the rooms, and where the journal stands."""
    number_entries()
    ours = {model._meta.label: model.objects.count() for model in apps.get_models()
            if model.__module__.startswith("jingwei.")}
    return {**ours, "position": journal.last_position()}
