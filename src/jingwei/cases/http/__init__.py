"""The interface of cases."""

from ninja import Router

from jingwei.cases.http.reading import router as reading
from jingwei.cases.http.steps import router as steps

router = Router(tags=["案件 cases"])
router.add_router("", reading)
router.add_router("", steps)
