"""Journal verbs of the registry: noun.past-participle."""

from enum import Enum


class PartEvent(Enum):
    """Subject part:<id>. Data: the columns changed, each as [before, after]; of `added` as they are."""

    ADDED = "part.added"
    CORRECTED = "part.corrected"
    MOVED = "part.moved"
    STATE_CHANGED = "part.state_changed"
    RETIRED = "part.retired"


class PartsEvent(Enum):
    """Subjects part_import:<hash of the file>, part_scheme:<scheme left>. One entry a batch, with its counts."""

    IMPORTED = "parts.imported"
    RENUMBERED = "parts.renumbered"


class SampleEvent(Enum):
    """Subject part_sample:<id>."""

    DRAWN = "part_sample.drawn"
    LOOKED_AT = "part_sample.looked_at"
    CONCLUDED = "part_sample.concluded"


SAID = {
    PartEvent.ADDED: "登记部件",
    PartEvent.CORRECTED: "更正部件信息",
    PartEvent.MOVED: "改部件位置",
    PartEvent.STATE_CHANGED: "改部件状态",
    PartEvent.RETIRED: "部件废弃或移除",
    PartsEvent.IMPORTED: "导入部件：新增 {added}，更新 {changed}",
    PartsEvent.RENUMBERED: "部件转到新分类并改标识码：{count} 个",
    SampleEvent.DRAWN: "抽取部件核查样本：{size} 个",
    SampleEvent.LOOKED_AT: "记录部件核查结果",
    SampleEvent.CONCLUDED: "部件抽样核查定论：{right} / {size} 正确",
}
"""Each verb as a sentence of the operation log; {…} stands in the entry's data."""
