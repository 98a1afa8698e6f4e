"""Opens the home and Django behind it. Applies nothing."""

import os
import tomllib

from jingwei.cli.errors import CliError
from jingwei.config.home import Home, open_home
from jingwei.kernel.errors import Refusal


def the_home() -> Home:
    """The home named by the environment, set up or not. Raises `cli.settings_broken`."""
    try:
        return open_home()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        path = os.path.join(os.environ.get("JINGWEI_HOME") or "jingwei-home", "settings.toml")
        raise Refusal(CliError.SETTINGS_BROKEN, path=path, why=error) from error


def home_ready() -> Home:
    """A home that has been set up. Raises `cli.no_home`."""
    home = the_home()
    if not home.exists:
        raise Refusal(CliError.NO_HOME, home=home.root)
    return home


def django_ready(*, whatever_version: bool = False) -> Home:
    """Django over a home that has been set up; takes about half a second. Raises `home.database_ahead` for a home that a
    newer program has brought up, unless `whatever_version`: this one would write what that one does not expect.
    """
    home = home_ready()
    start_django()
    if not whatever_version:
        from jingwei.config.tables import refuse_newer

        refuse_newer()
    return home


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jingwei.config.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
