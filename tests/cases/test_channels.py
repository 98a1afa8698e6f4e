"""Rules of channels in one table (product C1): verified first, called back after closing, silent."""

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.cases import channels, commands, queries
from jingwei.cases.channel_errors import ChannelError
from jingwei.cases.models import Case
from jingwei.catalogue.commands import set_setting
from jingwei.catalogue.errors import CatalogueError
from tests.cases.conftest import Centre, expect_refusal
from tests.cases.test_calling import closed
from tests.cases.test_telling import heard, read_on

pytestmark = pytest.mark.django_db


def marked(centre: Centre, area: str = "") -> dict[str, str]:
    """Channel → which of the three hold, by a letter each."""
    return {rule.channel: "".join(sign for sign, on in (("v", rule.verify_first), ("c", rule.call_back), ("s", rule.silent)) if on)
            for rule in queries.channel_rules(centre.act("admin"), area).rules}


def test_the_table_as_it_is_shipped(centre: Centre) -> None:
    table = queries.channel_rules(centre.act("admin"))
    assert table.flow_name
    assert table.unknown == []
    assert marked(centre) == {"supervisor": "", "hotline": "vc", "portal": "v", "open311": "v", "letter": "v", "video": "s", "upper": "", "meeting": ""}


@pytest.mark.parametrize(("call_back", "silent", "told"), [
    ("hotline", "", "c"), ("hotline", "hotline", "s"), (" hotline , letter", "", "c"), ("", "", ""), ("hotlne", "", "")])
def test_whoever_is_not_told_is_not_called(call_back: str, silent: str, told: str) -> None:
    rule = next(each for each in channels.rules((), call_back, silent) if each.channel == "hotline")
    assert ("c" if rule.call_back else "") + ("s" if rule.silent else "") == told


@pytest.mark.parametrize(("setting", "channel", "on", "after"), [
    ("", "letter", True, "letter"), ("letter", "hotline", True, "hotline,letter"), ("letter", "letter", False, ""),
    ("hotlne, letter", "hotline", True, "hotline,letter"), ("hotline", "hotline", True, "hotline")])
def test_how_a_setting_is_written(setting: str, channel: str, on: bool, after: str) -> None:
    assert channels.written(setting, channel, on) == after


def test_a_misspelt_channel_in_the_settings_is_pointed_out(centre: Centre) -> None:
    set_setting(centre.act("admin"), "call_back_channels", "hotlne", area_code="990101")
    assert queries.channel_rules(centre.act("admin"), "990101").unknown == ["hotlne"]


def test_a_change_for_an_area_holds_there_and_nowhere_else(centre: Centre) -> None:
    admin = centre.act("admin")
    assert commands.set_channel(admin, "letter", call_back=True, silent=False, area="990101001") is True
    assert commands.set_channel(admin, "letter", call_back=True, silent=False, area="990101001") is False
    assert marked(centre, "990101001")["letter"] == "vc"
    assert marked(centre, "990101001")["hotline"] == "vc"
    assert marked(centre, "990101")["letter"] == "v"
    assert commands.set_channel(admin, "letter", call_back=False, silent=True, area="990101001") is True
    assert marked(centre, "990101001")["letter"] == "vs"


def test_the_reporter_of_a_silent_channel_hears_nothing_and_is_not_called(centre: Centre) -> None:
    commands.set_channel(centre.act("admin"), "hotline", call_back=False, silent=True, area="990101")
    quiet = closed(centre)
    assert Case.objects.get(id=quiet).marks == ""
    told = closed(centre, channel="meeting")
    read_on()
    assert {title.split(" ")[1] for title in heard(centre, "acceptor", "outcome")} == {Case.objects.get(id=told).number}


def test_what_cannot_be_is_refused(centre: Centre) -> None:
    admin = centre.act("admin")
    with expect_refusal(ChannelError.CALLED_AND_SILENT):
        commands.set_channel(admin, "hotline", call_back=True, silent=True, area="990101")
    for channel in ("fax", "import", ""):
        with expect_refusal(ChannelError.UNKNOWN):
            commands.set_channel(admin, channel, call_back=False, silent=False, area="990101")
    with expect_refusal(CatalogueError.AREA_UNKNOWN):
        commands.set_channel(admin, "hotline", call_back=False, silent=False, area="998877")
    for login in ("acceptor", "boss"):
        with expect_refusal(AccountError.NO_RIGHT):
            commands.set_channel(centre.act(login), "hotline", call_back=True, silent=False, area="990101")
    with expect_refusal(AccountError.NO_RIGHT):
        queries.channel_rules(centre.act("sysadmin"))
