"""The kinds of event of the township, beside the ordinary one: what is told of them in the demonstration. Pure."""

from typing import NamedTuple

from jingwei.cli.demo.plots import Act


class Moment(NamedTuple):
    """`hours`: working hours before now. `said`: the text or reason that the act brings, '' where it asks for none."""

    act: Act
    role: str           # of `stories._Case.logins`
    hours: float
    said: str = ""


class Tale(NamedTuple):
    """One case of a kind. `kind`: of `cases.kinds.KINDS`. `where`: as `scenes.Scene`. `unit`: that it is dispatched to."""

    kind: str
    where: str
    open: bool
    moments: tuple[Moment, ...]
    unit: str = ""


TALES = (
    Tale("coordination", "housing", True, (
        Moment(Act.REPORT, "worker", 20, "清运车早上进院正赶上居民出车，几户反映堵门口，请社区约物业和清运公司定个时间。"),
        Moment(Act.ACCEPT, "community", 18.5),
        Moment(Act.FEED_BACK, "community", 3, "已同物业、清运公司商定：每天六点半前清运完，门口两个车位早上让出。"),
        Moment(Act.NOTE, "town", 0.5, "请把商定的时间贴在院门口，并电话告知反映人。"))),
    Tale("coordination", "housing", False, (
        Moment(Act.REPORT, "worker", 90, "楼前晾衣绳拉在消防通道上方，几栋楼共用，拆了没处晾，请社区商量个办法。"),
        Moment(Act.ACCEPT, "community", 88),
        Moment(Act.FEED_BACK, "community", 66, "物业在楼北空地装两排晾晒架，通道上方的绳子由各户自行收走，已办好。"),
        Moment(Act.NOTE, "town", 60), Moment(Act.REPLY, "community", 56, "已当面告知反映人，本人表示可以。"))),
    Tale("mediation", "housing", True, (
        Moment(Act.REPORT, "worker", 9, "三楼漏水泡了二楼的吊顶，两家对修补费用谈不拢，都愿意请社区调解。"),
        Moment(Act.ACCEPT, "community", 7.5))),
    Tale("mediation", "housing", False, (
        Moment(Act.REPORT, "worker", 60, "楼上空调滴水打湿楼下晾晒的衣物，请社区帮着说合。"),
        Moment(Act.REFUSE, "community", 55, "两家已自行说好，楼上当天接了排水管。"))),
    Tale("sudden", "street", True, (
        Moment(Act.REPORT, "worker", 1.5, "路面冒水，越来越大，像是供水主管裂了，已拦住一侧请行人绕行。"),
        Moment(Act.DISPATCH, "town", 1.3), Moment(Act.SIGN, "handler", 1.2),
        Moment(Act.FOLLOW, "worker", 0.6, "阀门已关，水停了，抢修车到场，正在破路。")), "SWGS"),
    Tale("sudden", "street", False, (
        Moment(Act.REPORT, "worker", 46, "一棵行道树倒在路中间，压住一辆空车，没有人受伤。"),
        Moment(Act.DISPATCH, "town", 45.8), Moment(Act.SIGN, "handler", 45.7),
        Moment(Act.FOLLOW, "worker", 45, "吊车到了，半幅路已能通行。"),
        Moment(Act.FEED_BACK, "handler", 42, "树已锯断清运，路面清扫完毕，恢复双向通行。"),
        Moment(Act.CHECK_PASS, "worker", 41.6), Moment(Act.CLOSE, "town", 41.2)), "CGJ-SZ"),
    Tale("approval", "street", True, (
        Moment(Act.REPORT, "worker", 7, "早餐车想在街口固定位置摆到九点，问怎么申请。"),
        Moment(Act.SUBMIT, "community", 4, "位置不占盲道和路口，周边商户知晓，社区同意报镇里审核。"))),
    Tale("approval", "market", True, (
        Moment(Act.REPORT, "worker", 30, "市场南门申请周末临时摆放自产菜摊位。"),
        Moment(Act.SUBMIT, "community", 26, "现场看过，留足消防通道，社区同意。"),
        Moment(Act.APPROVE, "town", 20, "拟同意市场南门周六、周日六点至十一点设自产自销菜摊位十个，留足消防通道，收摊后清扫干净。"))),
    Tale("approval", "street", False, (
        Moment(Act.REPORT, "worker", 190, "巷口申请设便民修理点，修车修鞋配钥匙。"),
        Moment(Act.SUBMIT, "community", 186, "位置合适，不影响通行，社区同意。"),
        Moment(Act.APPROVE, "town", 180, "拟同意在巷口北侧设便民修理点一处，每天八点至十八点，占地四平方米。"),
        Moment(Act.GRANT, "town", 100, "公示期内没有异议，同意设点。"))),
    Tale("approval", "street", False, (
        Moment(Act.REPORT, "worker", 120, "路口申请夏季晚间设冷饮摊位。"),
        Moment(Act.SUBMIT, "community", 116, "白天看过，地面平整，社区同意。"),
        Moment(Act.APPROVE, "town", 110, "拟同意路口西侧晚间设冷饮摊位两处。"),
        Moment(Act.OBJECT, "community", 100, "公示期间有人提出此处挡住公交站候车，请镇里再审。"),
        Moment(Act.REFUSE, "town", 96, "公交站二十米内不宜设摊，不予同意，已告知可另选位置。"))),
)
