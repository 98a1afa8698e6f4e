"""What does not fit a request's description, in words: the kinds of misfit that pydantic tells, and names of fields.

Pure tables. English words are pydantic's own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from jingwei.kernel.wording import Words

_NO_NUL = r"^[^\x00]*$"
_OTHERWISE = "内容不符合接口说明"
_INSTANT = "2026-09-30T16:00:00+08:00"

WHY: dict[str, str] = {
    "missing": "没有填写",
    "extra_forbidden": "接口说明里没有这一项",
    "none_required": "须留空",
    "json_invalid": "不是有效的 JSON",
    "json_type": "应为 JSON 文字",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "dict_type": "应为对象",
    "mapping_type": "应为对象",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "set_type": "应为列表",
    "frozen_set_type": "应为列表",
    "iterable_type": "应为列表",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "string_type": "应为文字",
    "string_unicode": "不是有效的文字",
    "string_too_short": "至少要有 {min_length} 个字",
    "string_too_long": "最多 {max_length} 个字",
    "string_not_ascii": "只能用半角字母、数字和符号",
    "string_pattern_mismatch": "写法不对",
    "enum": "只能是 {expected}",
    "literal_error": "只能是 {expected}",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数，用半角数字",
    "int_parsing_size": "数字太大",
    "int_from_float": "应为整数，不能有小数",
    "float_type": "应为数字",
    "float_parsing": "应为数字，用半角数字",
    "finite_number": "应为有限的数字",
    "greater_than": "应大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than": "应小于 {lt}",
    "less_than_equal": "不能大于 {le}",
    "multiple_of": "应为 {multiple_of} 的倍数",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字，用半角数字",
    "decimal_max_digits": "最多 {max_digits} 位数字",
    "decimal_max_places": "最多 {decimal_places} 位小数",
    "decimal_whole_digits": "最多 {whole_digits} 位整数",
    "bytes_type": "应为文件或文字",
    "bytes_too_short": "至少要有 {min_length} 字节",
    "bytes_too_long": "最多 {max_length} 字节",
    "bytes_invalid_encoding": "编码不对",
    "date_type": "应为日期，如 2026-09-30",
    "date_parsing": "应为日期，如 2026-09-30",
    "date_from_datetime_parsing": "应为日期，如 2026-09-30",
    "date_from_datetime_inexact": "应为日期，不能带时刻",
    "date_past": "应为过去的日期",
    "date_future": "应为将来的日期",
    "time_type": "应为时刻，如 08:00",
    "time_parsing": "应为时刻，如 08:00",
    "datetime_type": f"应为日期和时刻，如 {_INSTANT}",
    "datetime_parsing": f"应为日期和时刻，如 {_INSTANT}",
    "datetime_object_invalid": f"应为日期和时刻，如 {_INSTANT}",
    "datetime_from_date_parsing": f"应为日期和时刻，如 {_INSTANT}",
    "datetime_past": "应为过去的时间",
    "datetime_future": "应为将来的时间",
    "timezone_naive": "不能带时区",
    "timezone_aware": f"须写明时区，如 {_INSTANT}",
    "timezone_offset": "时区不对",
    "time_delta_type": "应为时长",
    "time_delta_parsing": "应为时长",
    "uuid_type": "应为 UUID 编号，如 0198a1b2-0000-7000-8000-000000000001",
    "uuid_parsing": "应为 UUID 编号，如 0198a1b2-0000-7000-8000-000000000001",
    "uuid_version": "UUID 编号的版本应为 {expected_version}",
    "url_type": "应为网址",
    "url_parsing": "应为网址",
    "url_syntax_violation": "应为网址",
    "url_too_long": "网址最多 {max_length} 个字",
    "url_scheme": "网址应以 {expected_schemes} 开头",
    "value_error": "值不对",
    "assertion_error": "值不对",
    "is_instance_of": "应为文件",
    "recursion_loop": "嵌套太深",
    "recursion_depth_exceeded": "嵌套太深",
}

FIELDS: dict[str, str] = {
    "absence_id": "请假编号", "action": "操作", "active": "在用", "actor": "操作人", "after": "续页位置",
    "announcement_id": "公告编号", "area": "区域编码", "area_code": "区域编码", "area_id": "区域编号",
    "before": "此前位置", "body": "请求内容", "bounds": "四至", "by_place": "按位置定上级", "case_id": "案件编号", "channel": "来源",
    "class_code": "分类代码", "code": "编码", "community": "社区", "condition": "立案条件", "condition_id": "立案条件", "contact_name": "联系人", "contact_phone": "联系电话",
    "content": "内容", "crs": "坐标系", "days": "特殊日期", "digits": "小类代码位数", "dry_run": "只检查", "due_before": "到期时间",
    "duties": "职责", "east": "东边经度", "encoding": "文字编码", "ended": "已撤销的", "ended_late": "超期与否", "ended_since": "结束时间起", "ended_until": "结束时间止",
    "file": "文件", "file_id": "文件编号", "files": "文件", "filed_since": "立案时间起", "fill_down": "合并单元格填充", "find": "查找",
    "form": "表单", "found_at": "发现时间", "grant_id": "岗位编号", "group": "责任网格", "group_least": "责任网格下限",
    "group_most": "责任网格上限", "households": "户数", "id": "编号", "ids": "编号", "job": "任务编号", "keep": "保留现有划分",
    "kind": "类别", "lat": "纬度",
    "late": "超期", "layer": "图层", "level": "级别", "line": "画的线", "limit": "条数", "login": "登录名", "lon": "经度", "makeup": "调休规则", "measure": "规模的算法",
    "mine": "只看自己上报的", "name": "名称", "new": "新密码", "north": "北边纬度", "note": "备注", "number": "案件编号",
    "odd": "面积超限", "offered": "选项", "on": "日期", "parent": "上级", "parent_code": "上级编码", "parked_id": "停放编号", "password": "密码",
    "person": "人员", "place": "位置", "plan": "方案", "plan_id": "方案编号", "post": "岗位", "present": "旧密码", "profile": "流程",
    "query": "查询条件", "proposal_id": "自动划分编号", "reason": "理由", "replace": "替换", "request": "请求", "role": "岗位", "rules": "划分规则", "scheme": "分类方案", "seed": "种子", "seen": "看到的步数",
    "sheet": "工作表", "since": "开始时间", "size": "尺寸", "skip": "跳过", "slots": "工作时段", "south": "南边纬度",
    "staffing_id": "排班编号", "stage": "环节", "state": "状态", "state_before": "进入环节时间止", "state_since": "进入环节时间起",
    "subject": "对象", "sublayer": "文件里的图层", "system": "网格体系", "text": "说明", "title": "标题", "token": "令牌", "token_id": "令牌编号",
    "top_level": "顶层级别", "under": "上级区域", "unit": "单位编码", "unit_code": "单位编码", "unit_id": "单位编号", "unit_least": "单元面积下限", "unit_most": "单元面积上限", "unit_target": "单元面积目标", "units": "单元网格",
    "until": "结束时间", "url": "网址", "user_id": "人员编号", "value": "值", "verb": "动作", "version": "版本", "view_id": "视图编号",
    "west": "西边经度", "with": "另一版方案", "with_id": "另一版方案", "word": "安排", "words": "查找文字", "workload": "工作量", "x": "横向瓦片号", "y": "纵向瓦片号", "year": "年份", "yes": "是与否",
    "z": "瓦片级别", "zone": "时区",
    "Content-Type": "内容类型", "Host": "主机名", "If-Match": "版本标记",
}


def why(error: Mapping[str, Any]) -> Words:
    """What pydantic found (`type`, `ctx`, `msg`), in words."""
    context = {name: _listed(value) for name, value in (error.get("ctx") or {}).items()}
    template = WHY.get(error["type"], _OTHERWISE)
    if context.get("pattern") == _NO_NUL:
        template = "不能含空字符（NUL）"
    try:
        told = template.format_map(context)
    except KeyError:
        told = _OTHERWISE
    return Words(told, error["msg"])


def _listed(value: Any) -> Any:
    """pydantic lists what it expects as "'a', 'b' or 'c'"; '' among them means nothing."""
    if not isinstance(value, str):
        return value
    return value.replace(" or ", "、").replace(", ", "、").replace("''", "（空）").replace("'", "")


def where(parts: Sequence[Any]) -> Words:
    """The place of a field: its name in Chinese where it has one, and the path in the JSON for programs."""
    path = ".".join(str(part) for part in parts)
    return Words("，".join(_part(part) for part in parts), path)


def _part(part: Any) -> str:
    return f"第 {part + 1} 项" if isinstance(part, int) else FIELDS.get(part, str(part)[:40])
