"""The columns of a table of parts: table 2 of GB/T 47678.5-2026 (standards §3.3) and the few it leaves to the geometry.
Pure.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from jingwei.formats.rows import normalise_header


class Column(NamedTuple):
    """`key`: ours. `zh`, `abbr`: the two names of the standard, both taken. `old`: that of the standards before.
    `longest`: signs of the standard's type.
    """

    key: str
    zh: str
    abbr: str
    old: str
    longest: int
    derived: bool = False  # follows from the place: written on export, compared on import


STANDARD = (
    Column("number", "管理部件标识码", "GLBJBSM", "ObjID", 20),
    Column("name", "管理部件名称", "GLBJMC", "ObjName", 30),
    Column("supervisor_code", "主管部门代码", "ZGBMDM", "DeptCode1", 40),
    Column("supervisor_name", "主管部门名称", "ZGBMMC", "DeptName1", 100),
    Column("owner_code", "权属单位代码", "QSDWDM", "DeptCode2", 40),
    Column("owner_name", "权属单位名称", "QSDWMC", "DeptName2", 100),
    Column("maintainer_code", "养护单位代码", "YHDWDM", "DeptCode3", 40),
    Column("maintainer_name", "养护单位名称", "YHDWMC", "DeptName3", 100),
    Column("unit_grid", "所在单元网格标识码", "SZDYWGBSM", "BGID", 32, True),
    Column("state", "管理部件状态", "GLBJZT", "ObjState", 10),
    Column("surveyed_on", "初始日期", "CSRQ", "ORDate", 20),
    Column("changed_on", "变更日期", "BGRQ", "CHDate", 20),
    Column("source", "数据来源", "SJLY", "DataSource", 30),
    Column("note", "备注", "BZ", "Note", 1000),
    Column("street_code", "所在街道代码", "SZJDDM", "", 12, True),
    Column("street_name", "所在街道名称", "SZJDMC", "", 100, True),
    Column("community_code", "所在社区代码", "SZSQDM", "", 12, True),
    Column("community_name", "所在社区名称", "SZSQMC", "", 100, True),
)
"""The eighteen fields of table 2, in its order."""

BESIDE = (
    Column("class_code", "部件分类代码", "BJFLDM", "", 10),
    Column("accuracy", "精度等级", "JDDJ", "", 4),
    Column("lon", "经度", "JD", "", 40),
    Column("lat", "纬度", "WD", "", 40),
)
"""What a table needs beside them: the class where a part has no number yet, the accuracy, the point."""

COLUMNS = (*STANDARD, *BESIDE)
BY_KEY = {column.key: column for column in COLUMNS}
LATER_NAMES = {"部件标识码": "number", "部件名称": "name", "部件状态": "state", "部件代码": "class_code", "分类代码": "class_code",
               "经纬度精度": "accuracy", "lon": "lon", "lat": "lat", "x": "lon", "y": "lat"}
"""Names that tables of the years before bear."""
_KNOWN = {name.lower(): column.key for column in COLUMNS for name in (column.zh, column.abbr, column.old) if name} | LATER_NAMES


def keys_of(headers: Iterable[str]) -> dict[str, str]:
    """Our key by the header as the file has it; headers that mean nothing here are left out.

    Of two headers that mean the same the first one stands.
    """
    found: dict[str, str] = {}
    for header in headers:
        key = _KNOWN.get(normalise_header(header).lower())
        if key and key not in found.values():
            found[header] = key
    return found


def told(values: Mapping[str, object], *, abbreviated: bool = False) -> dict[str, object]:
    """Values by our keys as a row of the export, in the order of COLUMNS."""
    return {column.abbr if abbreviated else column.zh: values.get(column.key, "") for column in COLUMNS}


def headers(*, abbreviated: bool = False) -> tuple[str, ...]:
    return tuple(column.abbr if abbreviated else column.zh for column in COLUMNS)
