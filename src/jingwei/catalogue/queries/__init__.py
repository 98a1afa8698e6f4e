"""Reads of the catalogue: what stands in memory for every request, and lists for people."""

from jingwei.catalogue.book import Book, CalendarDays, ClassRow, Condition, Responsibility, upwards
from jingwei.catalogue.limits import UNIT_NAMES
from jingwei.catalogue.queries.answering import Answerable, RuleTold, explained
from jingwei.catalogue.queries.lists import (
    ClassDetail,
    SchemeRow,
    answerable,
    calendar_at,
    class_detail,
    classes,
    schemes,
    settings_at,
    stage_limits_at,
)
from jingwei.catalogue.queries.memory import (
    book,
    calendar_of_version,
    calendar_then,
    calendars_since,
    forget,
    moment_at,
    setting_now,
    shipped_calendar,
    standing_calendar,
    work_calendar,
)
from jingwei.catalogue.queries.rules import RuleRow, faulty_rules, rules, rules_of_unit
from jingwei.catalogue.seasons import in_season, next_season
from jingwei.catalogue.shipped import Crossing, crossing
from jingwei.catalogue.when import Moment

__all__ = [
    "UNIT_NAMES", "Answerable", "Book", "CalendarDays", "ClassDetail", "ClassRow", "Condition", "Crossing", "Moment",
    "Responsibility", "RuleRow", "RuleTold", "SchemeRow", "answerable", "book", "calendar_at", "calendar_of_version",
    "calendar_then", "calendars_since", "class_detail", "classes", "crossing", "explained", "faulty_rules", "forget",
    "in_season", "moment_at", "next_season", "rules", "rules_of_unit", "schemes", "setting_now", "settings_at",
    "shipped_calendar", "stage_limits_at", "standing_calendar", "upwards", "work_calendar",
]
