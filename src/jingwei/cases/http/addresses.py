"""The router that reading and steps register with."""

from ninja import Router

router = Router(tags=["案件 cases"])
