"""The entrance of a demonstration: who one can be, and what to try. Only where `jingwei demo` made the home.

Its address ends in a key of this home, printed by `make demo` and kept beside the passwords: who has it could read
those as well. It signs nobody in by itself; every button sends a login and its password as the sign-in page does.
"""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

COOKIE = "jingwei_demo"
_FOLDER = "demo"  # as cli/demo/folder.py lays it out
_COLUMNS = ("role", "login", "password", "name", "unit")
_WORKER, _ACCEPTOR, _DISPATCHER, _HANDLER, _SHIFT = "网格员（监督员）", "受理员", "派遣员", "处置人员", "值班长"
# A case from its report to its closing: whose turn it is, what they do, and where.
_TURNS = (
    (_WORKER, "点“上报”，点“在地图上选”定位置，找“占道经营”点上，再点“上报”，记下编号最后三位", "/field/report"),
    (_ACCEPTOR, "在“今日”里点开它，点“立案”，再点一次“立案”", "/desk/today"),
    (_DISPATCHER, "点开它，点“派遣”。执法中队已按规则选好，点“派遣给执法中队”", "/desk/today"),
    (_HANDLER, "点开它，点“签收”，再点“反馈结果”，选一句常用语提交", "/desk/today"),
    (_DISPATCHER, "点开它，点“批转核查”，交给已选好的网格员", "/desk/today"),
    (_WORKER, "在“今日”里点开它，点“核查通过”", "/field/"),
    (_SHIFT, "点开它，看过前后照片和经过，点“结案”", "/desk/today"),
)
# What else each may try, and where it begins.
_TRIES = {
    _ACCEPTOR: ("接电话：点“登记案件”，在地图上定位置", "/desk/today"),
    _SHIFT: ("勾几件同一环节的，一起办；重新打开一件已结案的", "/desk/today"),
    _DISPATCHER: ("答复延期、挂账的申请；在地图上看案件", "/desk/today"),
    _HANDLER: ("申请延期、挂账，退回不归自己的", "/desk/today"),
    _WORKER: ("核实、核查派给自己的案件", "/field/"),
    "领导": ("统计：每个数字点开就是那些案件", "/desk/overview"),
    "评价员": ("只看不办：案件、地图、统计", "/desk/overview"),
    "区域管理员": ("哪些网格没人负责，任命、交接；日历、立案标准、导入、公告", "/desk/ground"),
    "系统管理员": ("建人员和单位，发密码链接；系统状态、备份", "/desk/people"),
    "安全管理员": ("授予、撤销岗位；看谁在线、结束登录", "/desk/people"),
    "审计管理员": ("操作日志、登录日志，从头核对日志", "/desk/settings/operations"),
    "村社区办理员": ("稻香镇的三级流程：村里办，办不了的报镇", "/desk/today"),
    "镇街网格办": ("村里报上来的，派给镇里的单位或报区县", "/desk/today"),
    "区县受理单位": ("镇里报上来的，受理并办", "/desk/today"),
}


@never_cache
def entrance(request: HttpRequest, key: str) -> HttpResponse:
    """The accounts of this demonstration with a button each; 404 for any other key, and where there is none."""
    if not is_key(key):
        raise Http404
    cards = {card["role"]: card for card in _cards()}
    turns = [cards[role] | {"turn": turn, "does": does, "face": face}
             for turn, (role, does, face) in enumerate(_TURNS, 1) if role in cards]
    order = sorted(cards, key=lambda role: list(_TRIES).index(role) if role in _TRIES else len(_TRIES))
    people = [cards[role] | dict(zip(("does", "face"), _TRIES.get(role, ("", "/desk/")), strict=True)) for role in order]
    response = render(request, "demonstration.html", {"turns": turns, "people": people})
    response.set_cookie(COOKIE, key, httponly=True, samesite="Strict", path="/")
    return response


def way_back(request: HttpRequest) -> str:
    """The address of the entrance for somebody who came through it, '' for everybody else."""
    key = request.COOKIES.get(COOKIE, "")
    return f"/demo/{key}" if key and is_key(key) else ""


def is_key(key: str) -> bool:
    """Whether this is the key of this home's demonstration."""
    try:
        kept = (_folder() / "entrance.key").read_text("utf-8").strip()
    except OSError:
        return False
    return secrets.compare_digest(key.encode(), kept.encode())


def _cards() -> list[dict[str, str]]:
    """The table of accounts as `jingwei demo` wrote it: columns two spaces apart, the first line names them."""
    lines = (re.split(r" {2,}", line.strip()) for line in (_folder() / "accounts.txt").read_text("utf-8").splitlines())
    return [dict(zip(_COLUMNS, line, strict=True)) for line in lines if len(line) == len(_COLUMNS)][1:]


def _folder() -> Path:
    return Path(settings.HOME.root) / _FOLDER
