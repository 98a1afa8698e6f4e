"""The interface of the ground. An address with two methods must not stand in two routers."""

from jingwei.grids.http import areas, draft_deeds, map_tiles, plan_judging, plans, proposals, staffing, workbench
from jingwei.grids.http.addresses import router
from jingwei.grids.http.workbench import router as workbench_router

__all__ = ["areas", "draft_deeds", "map_tiles", "plan_judging", "plans", "proposals", "router", "staffing", "workbench", "workbench_router"]
