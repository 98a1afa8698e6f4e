"""`python -m tests.journeys.centre.admit HOME OUT`: a device token per person and process, as signing in would give.

Whoever has a post in the home is let in, so that another day of the same centre may hire more.
"""

import json
import os
import sys
from pathlib import Path

from tests.journeys.centre.cast import PROCESSES


def main(home: str, out: str) -> None:
    os.environ["JINGWEI_HOME"] = home
    os.environ["DJANGO_SETTINGS_MODULE"] = "jingwei.config.settings"
    import django

    django.setup()
    from jingwei.accounts import queries
    from jingwei.accounts.commands import sign_in, tokens
    from jingwei.accounts.models import User

    issued: dict[str, list[str]] = {}
    ids = dict(User.objects.values_list("login", "id"))
    for login, key in ids.items():
        actor = queries.actor_of_session(sign_in.admit(key).key)
        if actor is None:  # the first administrator, who has a password to change before anything else
            continue
        issued[login] = [tokens.issue_token(actor, f"演示设备{number}").token for number in range(PROCESSES)]
    Path(out).write_text(json.dumps({"tokens": issued, "ids": {login: str(ids[login]) for login in issued}}))


if __name__ == "__main__":
    main(*sys.argv[1:])
