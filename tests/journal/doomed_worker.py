"""A worker in a process of its own, to be killed: `python -m tests.journal.doomed_worker < settings.json`."""

import json
import sys
from typing import Any

import django
from django.conf import settings


def tell(what: Any) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(told: dict[str, Any]) -> None:
    settings.configure(
        DATABASES={"default": told["database"]}, INSTALLED_APPS=["jingwei.journal"], USE_TZ=True, TIME_ZONE="UTC",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TASKS={"default": {"BACKEND": "jingwei.journal.tasks.LeaseBackend", "QUEUES": ["default"]}})
    django.setup()
    from jingwei.journal import jobs, readers

    if told["do"] == "job":
        claim = jobs.claim("doomed")
        tell("claimed")
        jobs.perform(claim)
        return
    from jingwei.journal.models import Generation

    @readers.reader("doomed", {"thing."})
    def note(seen: Any) -> None:
        Generation.objects.create(name=f"{seen.subject}#{seen.number}")
        tell(seen.position)

    while True:
        readers.step(limit=3)


if __name__ == "__main__":
    main(json.load(sys.stdin))
