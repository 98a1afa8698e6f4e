"""The interface of the ground. An address with two methods must not stand in two routers."""

from jingwei.grids.http import (
    areas,
    contact,
    draft_deeds,
    map_tiles,
    papers,
    plan_judging,
    plans,
    proposals,
    rota,
    staffing,
    standing,
    systems,
    teams,
    workbench,
)
from jingwei.grids.http.addresses import router
from jingwei.grids.http.workbench import router as workbench_router

__all__ = ["areas", "contact", "draft_deeds", "map_tiles", "papers", "plan_judging", "plans", "proposals", "rota", "router", "staffing",
           "standing", "systems", "teams", "workbench", "workbench_router"]
