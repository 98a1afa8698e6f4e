"""Every endpoint × role × inside and outside the scope (T4)."""

import pytest
from django.apps import apps

from jingwei.catalogue import commands
from jingwei.catalogue.http import router
from tests import matrix
from tests.cast import AREAS, OTHER_TOWN, TOWN, Cast, Person
from tests.catalogue.conftest import AT
from tests.matrix import INSIDE, Ask

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.catalogue.urls")]

SCHEME = "gbt30428.2-2013"
CODES = {path: code for code, path in AREAS.items()}

TABLE = """
endpoint                              stranger  dismissed  roleless  others   area_admin  area_admin@*  system_admin  security_admin  audit_admin
GET /schemes                          401       401        403       200      200         200           403           403             403
GET /classes                          401       401        403       200      200         200           403           403             403
GET /classes/{scheme}/{kind}/{code}   401       401        403       200      200         200           403           403             403
GET /responsible                      401       401        403       200/404  200/404     200           403           403             403
GET /rules                            401       401        403       200      200         200           403           403             403
GET /calendar                         401       401        403       200/404  200/404     200           403           403             403
POST /calendar                        401       401        404       403/404  200/404     200           403/404       403/404         403/404
GET /stage-limits                     401       401        403       200/404  200/404     200           403           403             403
PUT /stage-limits/{stage}             401       401        404       403/404  200/404     200           403/404       403/404         403/404
GET /settings                         401       401        403       200/404  200/404     200           403           403             403
PUT /settings/{name}                  401       401        404       403/404  200/404     200           403/404       403/404         403/404
"""


def _area(where: str) -> str:
    return CODES[TOWN if where == INSIDE else OTHER_TOWN]


def _class(cast: Cast, where: str, caller: Person | None) -> Ask:
    return Ask({"scheme": SCHEME, "kind": "matter", "code": "0110"})


REQUESTS = {
    "GET /schemes": lambda cast, where, caller: Ask(),
    "GET /classes": lambda cast, where, caller: Ask(query="kind=matter&words=垃圾"),
    "GET /classes/{scheme}/{kind}/{code}": _class,
    "GET /responsible": lambda cast, where, caller: Ask(query=f"class_code={SCHEME}/matter/0110&area={_area(where)}"),
    "GET /rules": lambda cast, where, caller: Ask(),
    "GET /calendar": lambda cast, where, caller: Ask(query=f"area={_area(where)}&year=2026"),
    "POST /calendar": lambda cast, where, caller: Ask(
        body={"area": _area(where), "days": [{"on": "2026-11-27", "word": "off", "name": "停电"}]}),
    "GET /stage-limits": lambda cast, where, caller: Ask(query=f"area={_area(where)}"),
    "PUT /stage-limits/{stage}": lambda cast, where, caller: Ask(
        {"stage": "accept"}, {"value": "30", "unit": "work_minute", "area": _area(where)}),
    "GET /settings": lambda cast, where, caller: Ask(query=f"area={_area(where)}"),
    "PUT /settings/{name}": lambda cast, where, caller: Ask(
        {"name": "flow_profile"}, {"value": "township", "area": _area(where)}),
}


def _draw_areas() -> None:
    """The areas of the cast as rows, at the paths the cast knows."""
    area, plan = apps.get_model("grids", "Area"), apps.get_model("grids", "PlanVersion")
    system, _ = apps.get_model("grids", "GridSystem").objects.get_or_create(code="base", defaults={"name": "行政区划"})
    version = plan.objects.create(system=system, number=1, state="published", valid_from=AT, created_at=AT)
    made: dict[str, object] = {}
    for code, path in AREAS.items():
        parent = made.get(path[:path.rfind("/", 0, -1) + 1])
        made[path] = area.objects.create(
            code=code, name=f"示例{code}", kind="town", level=path.count("/"), parent=parent, path=path, county="330199",
            plan=version)


def test_what_calling_finds_is_what_the_table_says(cast, operator):
    _draw_areas()
    commands.install_scheme(operator, SCHEME)
    wanted = matrix.expected(TABLE)
    assert {endpoint for endpoint, _, _ in wanted} == matrix.endpoints(router)
    found = matrix.actual(cast, wanted, REQUESTS)
    assert {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]} == {}
