"""The interface of the ground: one router, since an address with two methods must not stand in two."""

from jingwei.grids.http import areas, map_tiles, plans, staffing
from jingwei.grids.http.addresses import router

__all__ = ["areas", "map_tiles", "plans", "router", "staffing"]
