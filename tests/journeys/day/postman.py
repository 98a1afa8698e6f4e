"""`python -m tests.journeys.day.postman HOME BOX`: reads the mailbox every few seconds; the job does so every two minutes."""

import os
import sys
import time
from contextlib import suppress
from uuid import UUID


def main(home: str, box: str) -> None:
    os.environ["JINGWEI_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = home, "jingwei.config.settings"
    import django

    django.setup()
    from jingwei.cases.commands import read_mailbox
    from jingwei.kernel.errors import Refusal

    while True:
        with suppress(Refusal):  # the service reads it at this moment
            read_mailbox(UUID(box))
        time.sleep(4)


if __name__ == "__main__":
    main(*sys.argv[1:])
