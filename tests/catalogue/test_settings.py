"""Settings and stage limits: the nearest area's, else everywhere's, else the product's default (C3, C4)."""

from decimal import Decimal

import pytest

from jingwei.accounts.errors import AccountError
from jingwei.cases import shipped as shipped_flows
from jingwei.cases import workflow
from jingwei.cases.clock import Convention
from jingwei.cases.kinds import KINDS
from jingwei.catalogue import commands, shipped
from jingwei.catalogue.errors import CatalogueError
from jingwei.catalogue.limits import READINGS
from tests.catalogue.conftest import book, person, refusal, verbs

pytestmark = pytest.mark.django_db


def test_the_defaults_hold_until_somebody_chooses():
    found = book()
    assert found.setting("flow_profile") == "city"
    assert found.setting("work_day_convention", "1/2/") == "time_preserving"
    assert found.setting("copied_steps") == "report,dispatch,feed_back,close"
    assert found.stage_limit("accept") == (Decimal(15), "work_minute")
    assert found.stage_limit("close") is None
    assert found.stage_limit("township_community") == (Decimal(3), "work_day")
    assert found.stage_limit("township_town") == (Decimal(5), "work_day")
    with pytest.raises(KeyError):
        found.setting("no_such")
    with pytest.raises(KeyError):
        found.stage_limit("no_such")


def test_the_defaults_speak_of_what_the_rooms_above_know():
    """The catalogue imports nothing of them, so the words are compared here."""
    settings = shipped.settings()
    assert set(settings["flow_profile"].allowed) == set(shipped_flows.flows()) - set(KINDS)
    assert set(settings["work_day_convention"].allowed) == {each.value for each in Convention}
    assert set(settings["limit_reading"].allowed) == set(READINGS)
    assert set(settings["copied_steps"].value.split(",")) <= set(workflow.ACTIONS)
    named = {limit for flow in shipped_flows.flows().values() for limit in flow.clocks.values()} - {"class"}
    assert {limit.removeprefix("stage:") for limit in named if limit.startswith("stage:")} <= set(shipped.stage_limits())
    levels = {limit.removeprefix("level:") for limit in named if limit.startswith("level:")}
    assert levels == {"township"}
    assert {"township_community", "township_town", "township_county"} <= set(shipped.stage_limits())


def test_the_nearest_area_s_choice_holds(operator, ground):
    assert commands.set_setting(operator, "flow_profile", "township", area_path=ground.town)
    found = book()
    assert found.setting("flow_profile", f"{ground.town}9/") == "township"
    assert found.setting("flow_profile", ground.county) == "city"
    assert commands.set_setting(operator, "flow_profile", "township")
    assert commands.set_setting(operator, "flow_profile", "city", area_path=ground.town)
    assert (book().setting("flow_profile"), book().setting("flow_profile", ground.town)) == ("township", "city")
    assert verbs("setting:flow_profile") == ["setting.set"] * 3


def test_setting_what_holds_already_changes_nothing(operator, ground):
    assert not commands.set_setting(operator, "flow_profile", "city")
    assert commands.set_setting(operator, "flow_profile", "city", area_path=ground.town), "said for the town itself"
    assert not commands.set_setting(operator, "flow_profile", "city", area_path=ground.town)
    assert len(verbs("setting:flow_profile")) == 1


def test_a_list_may_be_emptied(operator):
    assert commands.set_setting(operator, "copied_steps", "")
    assert book().setting("copied_steps") == ""


@pytest.mark.parametrize(("name", "value", "code"), [
    ("no_such", "x", CatalogueError.SETTING_UNKNOWN),
    ("flow_profile", "village", CatalogueError.SETTING_VALUE),
    ("flow_profile", "", CatalogueError.SETTING_VALUE),
    ("copied_steps", "x" * 401, CatalogueError.SETTING_VALUE),
    ("copied_steps", "a\nb", CatalogueError.SETTING_VALUE),
])
def test_it_refuses_settings_that_make_no_sense(operator, name, value, code):
    assert refusal(lambda: commands.set_setting(operator, name, value)) is code
    assert verbs(f"setting:{name}") == []


def test_a_stage_limit_may_be_changed_and_taken_away(operator, ground):
    assert commands.set_stage_limit(operator, "accept", Decimal(30), "urgent_minute")
    assert commands.set_stage_limit(operator, "accept", None, "", area_path=ground.town)
    assert book().stage_limit("accept", ground.county) == (Decimal(30), "urgent_minute")
    assert book().stage_limit("accept", ground.town) is None
    assert not commands.set_stage_limit(operator, "accept", Decimal("30.00"), "urgent_minute")
    assert not commands.set_stage_limit(operator, "close", None)
    assert not commands.set_stage_limit(operator, "check", Decimal(30), "work_minute"), "the default already"
    assert verbs("stage:accept") == ["stage.limited"] * 2


@pytest.mark.parametrize(("stage", "value", "unit", "code"), [
    ("no_such", Decimal(1), "work_hour", CatalogueError.STAGE_UNKNOWN),
    ("accept", Decimal(0), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal(-1), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal("NaN"), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal("Infinity"), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal("1.005"), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal(10000), "work_hour", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal(1), "fortnight", CatalogueError.LIMIT_WRONG),
    ("accept", Decimal(1), "", CatalogueError.LIMIT_WRONG),
    ("accept", None, "work_hour", CatalogueError.LIMIT_WRONG),
])
def test_it_refuses_limits_that_make_no_sense(operator, stage, value, unit, code):
    assert refusal(lambda: commands.set_stage_limit(operator, stage, value, unit)) is code


def test_it_needs_the_right_at_the_place(operator, ground):
    town = person("catalogue.manage", area_path=ground.town)
    assert commands.set_setting(town, "flow_profile", "township", area_path=ground.town)
    for path, code in ((ground.county, CatalogueError.AREA_UNKNOWN), ("", AccountError.RIGHT_ELSEWHERE),
                       ("404/", CatalogueError.AREA_UNKNOWN), ("x/", CatalogueError.AREA_UNKNOWN)):
        assert refusal(lambda path=path: commands.set_setting(town, "flow_profile", "township", path)) is code
        assert refusal(lambda path=path: commands.set_stage_limit(town, "accept", Decimal(1), "work_hour", path)) is code


def test_two_who_make_the_same_new_row_at_once(operator, monkeypatch):
    """On PostgreSQL nothing is there to lock yet: the second is told, and nothing of it is written."""
    from django.db import IntegrityError

    from jingwei.catalogue.models import Setting
    from jingwei.journal.errors import JournalError

    def overtaken(*args: object, **kwargs: object) -> None:
        raise IntegrityError("catalogue_setting_everywhere_once")

    monkeypatch.setattr(Setting.objects, "update_or_create", overtaken)
    assert refusal(lambda: commands.set_setting(operator, "flow_profile", "township")) is JournalError.OVERTAKEN
    assert verbs("setting:flow_profile") == []
