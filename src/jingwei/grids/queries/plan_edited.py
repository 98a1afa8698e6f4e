"""What a deed on a draft has come to: the units and grids it touched as they are now, and what to look at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jingwei.grids.lineage import lineage, outlines
from jingwei.grids.models import PlanVersion
from jingwei.grids.near import Box
from jingwei.grids.plan_rules import Rules, rules_of
from jingwei.grids.queries.plan_sheet import GroupLine, UnitLine
from jingwei.grids.queries.plan_view import Turn, readable, said, turns, units_of_ids, version_of
from jingwei.kernel.actor import Actor
from jingwei.kernel.wording import Words, spoken

_DONE = {"undo": Words("已撤销：{what}", "undone: {what}"), "redo": Words("已重做：{what}", "done again: {what}")}
_SMALL = Words("{code} 面积 {size} 平方米，小于 {bound}。请调整或说明理由。", "{code} has {size} square metres, fewer than {bound}. Change it or say why.")
_LARGE = Words("{code} 面积 {size} 平方米，大于 {bound}。请调整或说明理由。", "{code} has {size} square metres, more than {bound}. Change it or say why.")
_FEW = Words("责任网格 {code} 有 {size} {what}，少于 {bound}。", "The responsibility grid {code} has {size} {what}, fewer than {bound}.")
_MANY = Words("责任网格 {code} 有 {size} {what}，多于 {bound}。", "The responsibility grid {code} has {size} {what}, more than {bound}.")
_APART = Words("责任网格 {code} 现在分成互不相连的几块。请把中间的单元网格也移过去。",
               "The responsibility grid {code} lies in pieces now. Move the units between as well.")
_WHAT = {"units": Words("个单元网格", "units"), "households": Words("户", "households")}


@dataclass(frozen=True, slots=True)
class EditedView:
    """`gone`: ids of areas that no longer stand in the draft. `warnings`: sentences."""

    edit: int
    version: str
    verb: str
    said: str
    box: Box
    units: list[UnitLine]
    groups: list[GroupLine]
    gone: list[int]
    warnings: list[str]
    undo: Turn | None
    redo: Turn | None


def edited(actor: Actor, plan_id: int, verb: str, about: Sequence[str], touched: Iterable[int], box: Box,
           language: str = "zh") -> EditedView:
    """The answer to a deed that has just been done."""
    plan = readable(actor, plan_id)
    ids = list(touched)
    units, groups = units_of_ids(plan, ids)
    there = {line.id for line in units} | {line.id for line in groups}
    undo, redo = turns(plan, language)
    turn = redo if verb == "undo" else undo
    words = said(verb, list(about), language) if verb not in _DONE else spoken(_DONE[verb], language).format(
        what=turn.said if turn else "")
    return EditedView(plan.edit, version_of(plan), verb, words, box, units, groups, sorted(set(ids) - there),
                      _warnings(plan, units, groups, language), undo, redo)


def _warnings(plan: PlanVersion, units: list[UnitLine], groups: list[GroupLine], language: str) -> list[str]:
    import shapely

    rules = rules_of(plan.rules)
    found = []
    for unit in units:
        if unit.odd:
            words, bound = (_SMALL, rules.unit_least) if unit.odd == 1 else (_LARGE, rules.unit_most)
            found.append(spoken(words, language).format(code=unit.code, size=unit.area_m2, bound=round(bound)))
    drawn = outlines(lineage(plan), [group.id for group in groups])
    for group in groups:
        if group.odd:
            found.append(_odd_group(group, rules, language))
        shape = drawn.get(group.id)
        if shape is not None and shapely.get_num_geometries(shapely.from_wkb(shape)) > 1:
            found.append(spoken(_APART, language).format(code=group.code))
    return found


def _odd_group(group: GroupLine, rules: Rules, language: str) -> str:
    words, bound = (_FEW, rules.group_least) if group.odd == 1 else (_MANY, rules.group_most)
    size = group.units if rules.measure == "units" else group.households
    return str(spoken(words, language)).format(code=group.code, size=size, bound=round(bound), what=spoken(_WHAT[rules.measure], language))
