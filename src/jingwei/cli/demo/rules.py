"""The demonstration's filing standard and who answers for what. Classes are those of GB/T 47678.5-2026 (matters).

The limits follow those that some cities publish; no national values are known. All of it is data to be replaced.
"""

from dataclasses import dataclass

SCHEME = "gbt47678.5-2026"
KIND = "matter"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the filing standard. `unit`: urgent_hour | urgent_day | work_hour | work_day."""

    code: str           # five digits
    filing: str         # 立案条件
    value: str
    unit: str
    closing: str        # 结案条件

    @property
    def class_code(self) -> str:
        return class_code(self.code)

    @property
    def minutes(self) -> int:
        """Length in working minutes, a day counted as eight hours; an urgent hour as any other."""
        return int(self.value) * (480 if self.unit.endswith("day") else 60)


@dataclass(frozen=True, slots=True)
class Rule:
    """Classes whose code begins with `prefix` go to `unit`; the longest prefix wins, in the narrower area first.

    `unit` '': nobody answers for the class, which must wait at dispatch until somebody decides.
    """

    prefix: str
    unit: str
    area: str = ""      # code of the area in which the rule holds, '' everywhere


def class_code(code: str) -> str:
    """The class as the catalogue names it: scheme/kind/code."""
    return f"{SCHEME}/{KIND}/{code}"


CONDITIONS = tuple(Condition(*line) for line in (
    ("01001", "井盖缺失、移位或破裂，危及行人车辆", "2", "urgent_hour", "更换或修复，消除安全隐患"),
    ("01001", "井盖松动，车辆经过有异响", "2", "work_day", "更换或修复"),
    ("01002", "井盖缺失、移位或破裂，危及行人车辆", "2", "urgent_hour", "更换或修复，消除安全隐患"),
    ("01002", "污水外溢", "4", "urgent_hour", "疏通，恢复路面清洁"),
    ("01003", "井盖缺失、移位或破裂，危及行人车辆", "2", "urgent_hour", "更换或修复，消除安全隐患"),
    ("01003", "井盖周边路面下沉或凸起", "5", "work_day", "修复路面"),
    ("01004", "堵塞三分之一以上", "1", "work_day", "疏通"),
    ("01005", "井盖缺失、移位或破裂，危及行人车辆", "2", "urgent_hour", "更换或修复，消除安全隐患"),
    ("01013", "消火栓漏水、缺件或被圈占", "1", "work_day", "修复，恢复可用"),
    ("01027", "箱体破损或箱门敞开", "2", "work_day", "修复或更换"),
    ("01037", "单盏路灯不亮", "2", "work_day", "恢复照明"),
    ("01037", "灯杆倾斜或倒伏", "1", "work_day", "扶正或更换"),
    ("01046", "健身器材破损、松动", "3", "work_day", "修复或更换"),
    ("01070", "护栏缺损", "1", "work_day", "修复"),
    ("02004", "候车亭玻璃、座椅破损", "3", "work_day", "修复或更换"),
    ("02010", "标志牌倾斜、被遮挡或脱落", "1", "work_day", "修复"),
    ("02012", "路名牌破损或指向不对", "3", "work_day", "修复或更换"),
    ("02017", "护栏倒伏、移位或破损", "4", "work_hour", "扶正、复位或更换"),
    ("02021", "便道桩缺损", "3", "work_day", "修复或更换"),
    ("03001", "公厕设施损坏或不洁", "1", "work_day", "修复、清洁"),
    ("03005", "垃圾箱破损或倾倒", "1", "work_day", "扶正、修复或更换"),
    ("03008", "宣传栏破损、玻璃碎裂", "3", "work_day", "修复"),
    ("04002", "行道树倒伏、断枝", "1", "work_day", "清理、扶正"),
    ("04008", "绿地护栏倒伏或缺损", "2", "work_day", "修复"),
    ("04011", "树池缺损、石材松动", "3", "work_day", "修复"),
    ("06001", "正在搭建", "2", "urgent_day", "制止并拆除"),
    ("06001", "已经建成", "15", "work_day", "拆除"),
    ("06007", "沿街晾挂影响市容", "2", "work_hour", "清理"),
    ("06010", "公共场所有暴露的生活垃圾", "4", "work_hour", "清除"),
    ("06011", "积存垃圾或渣土", "2", "work_day", "清除"),
    ("06012", "路面有明显污物", "2", "work_hour", "清扫干净"),
    ("06013", "破损面积 0.5 平方米以上", "5", "work_day", "修复"),
    ("06014", "道路有遗撒", "4", "work_hour", "清除"),
    ("06017", "绿地内有垃圾、杂物", "1", "work_day", "清理"),
    ("06025", "水面有漂浮物", "1", "work_day", "打捞干净"),
    ("06027", "油烟直排，影响居民", "3", "work_day", "整改"),
    ("06028", "夜间经营噪声扰民", "1", "work_day", "制止"),
    ("06029", "露天烧烤", "2", "urgent_hour", "制止、清理"),
    ("06036", "公共区域乱堆杂物", "1", "work_day", "清理"),
    ("06040", "私设地锁", "3", "work_day", "拆除"),
    ("06042", "垃圾桶满溢", "2", "work_hour", "清运"),
    ("06045", "占用绿地种菜、停车", "3", "work_day", "清退、补绿"),
    ("06051", "盲道砖缺损", "5", "work_day", "修复"),
    ("07001", "张贴、喷涂小广告", "1", "work_day", "清除"),
    ("07003", "擅自设置户外广告", "3", "work_day", "拆除"),
    ("08002", "施工占道无审批", "1", "work_day", "清退或补办手续"),
    ("08004", "工地未覆盖、未洒水", "2", "work_hour", "整改"),
    ("08007", "围挡缺损或倾斜", "1", "work_day", "修复"),
    ("09001", "无照经营", "2", "urgent_hour", "劝离或取缔"),
    ("09005", "店外摆放、经营", "2", "urgent_hour", "清退"),
    ("09006", "占用道路经营", "2", "urgent_hour", "清退"),
    ("09009", "机动车占人行道停放", "3", "urgent_hour", "驶离"),
    ("09010", "非机动车乱停放", "2", "work_hour", "摆放整齐"),
    ("09011", "共享单车淤积", "4", "work_hour", "清运、摆放整齐"),
    ("09012", "占用消防通道", "2", "urgent_hour", "驶离、清理"),
    ("09020", "农贸市场内外秩序乱", "1", "work_day", "整改"),
    ("10002", "架空线缆脱落、低垂", "2", "urgent_hour", "加固或移除"),
))

TOWN = "990101100"
RULES = (
    Rule("01", "CGJ-SZ"), Rule("01001", "SWGS"), Rule("01002", "SWGS"), Rule("01003", "SWGS"), Rule("01004", "SWGS"),
    Rule("01013", "SWGS"), Rule("01069", "SWGS"), Rule("01070", "SWGS"), Rule("01005", "GDGS"), Rule("01028", "GDGS"),
    Rule("01029", "GDGS"), Rule("01030", "GDGS"), Rule("01037", "GDGS"), Rule("01048", "GDGS"),
    Rule("02", "CGJ-SZ"), Rule("03", "CGJ-HW"), Rule("04", "CGJ-YL"), Rule("05", "ZJJ"),
    Rule("06", "CGJ-ZF"), Rule("06010", "CGJ-HW"), Rule("06011", "CGJ-HW"), Rule("06012", "CGJ-HW"),
    Rule("06013", "CGJ-SZ"), Rule("06014", "CGJ-HW"), Rule("06017", "CGJ-YL"), Rule("06025", "SWGS"),
    Rule("06042", "CGJ-HW"), Rule("06051", "CGJ-SZ"), Rule("07", "CGJ-ZF"), Rule("08", "ZJJ"), Rule("09", "CGJ-ZF"),
    Rule("10", "CGJ-HW"),
    # The town sweeps its own streets and looks after its own small works.
    Rule("03", "DXZ-HB", TOWN), Rule("06010", "DXZ-HB", TOWN), Rule("06011", "DXZ-HB", TOWN),
    Rule("06012", "DXZ-HB", TOWN), Rule("06042", "DXZ-HB", TOWN), Rule("06001", "DXZ-CJ", TOWN),
    Rule("06013", "DXZ-CJ", TOWN), Rule("08", "DXZ-CJ", TOWN),
    # Left open on purpose: telecom cabinets and fallen cables have many owners.
    Rule("01027", ""), Rule("10002", ""),
)


def responsible_unit(code: str, area: str) -> str:
    """The unit for a class of five digits at an area (any code below the county); '' where nobody answers."""
    fitting = [rule for rule in RULES if code.startswith(rule.prefix) and area.startswith(rule.area)]
    best = max(fitting, key=lambda rule: (len(rule.prefix), len(rule.area)), default=None)
    return best.unit if best else ""
