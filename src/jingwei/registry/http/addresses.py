"""The router that reading and writing register with."""

from ninja import Router

router = Router(tags=["部件 parts"])
