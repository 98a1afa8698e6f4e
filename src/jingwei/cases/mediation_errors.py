"""Refusals around mediation."""

from jingwei.kernel.errors import ErrorCode, Kind


class MediationError(ErrorCode):
    EXISTS = (
        "mediation.exists", Kind.CONFLICT,
        "没有开始调解：这件案件已有调解记录。请打开案件里的“调解”继续，已办结的可以“再次调解”。",
        "Mediation was not begun: this case has one. Go on with it under “Mediation” of the case; one that is over can be resumed.",
    )
    NOT_NOW = (
        "mediation.not_now", Kind.CONFLICT,
        "没有执行“{deed}”：这件调解现在是“{state}”。请刷新后按现状操作。",
        "“{deed}” was not done: the mediation is “{state}” now. Refresh and go on from there.",
    )
    NOT_YOURS = (
        "mediation.not_yours", Kind.FORBIDDEN,
        "没有执行“{deed}”：由{who}来做。请转给他们，或请主持调解的同事把您加为调解员。",
        "“{deed}” was not done: it is for {who}. Pass it on to them, or ask to be added as a mediator.",
    )
    MISSING = (
        "mediation.missing", Kind.REFUSED,
        "没有执行“{deed}”：缺少{what}。请补上后再提交。",
        "“{deed}” was not done: {what} is missing. Add it and send again.",
    )
    UNKNOWN_CHOICE = (
        "mediation.unknown_choice", Kind.REFUSED,
        "没有保存：{what}“{value}”不认识，可选 {possible}。请改选后再提交。",
        "Not saved: {value} is no {what}, there are {possible}. Choose one of them.",
    )
    TOO_MANY = (
        "mediation.too_many", Kind.REFUSED,
        "没有保存：{what}最多 {most}。请减少后再提交。",
        "Not saved: {most} {what} at the most. Send fewer.",
    )
    NOT_A_MEDIATOR = (
        "mediation.not_a_mediator", Kind.REFUSED,
        "没有保存：所选人员里有人不在这里的调解队，也没有这里的岗位。请从名单中选择，或请区域管理员把人加进调解服务队。",
        "Not saved: somebody chosen is neither in a mediation team here nor in a post here. Choose from the list, or have them added to the team.",
    )
    LEAD_OUTSIDE = (
        "mediation.lead_outside", Kind.REFUSED,
        "没有保存：主持人不在所选的调解员里。请从调解员中选一名主持人。",
        "Not saved: the one in charge is none of the mediators chosen. Choose one of them.",
    )
    TWO_SIDES = (
        "mediation.two_sides", Kind.REFUSED,
        "没有记录结果：协议至少要有两方，现在只登记了 {count} 名当事人。请先“改当事人”补齐。",
        "The result was not recorded: an agreement needs two parties and {count} is known. Add the others first.",
    )
    BAD_DAY = (
        "mediation.bad_day", Kind.REFUSED,
        "没有保存：{what}“{value}”不可用（{rule}）。请改正后再提交。",
        "Not saved: {value} cannot be {what} ({rule}). Correct it and send again.",
    )
    NEXT_NEEDED = (
        "mediation.next_needed", Kind.REFUSED,
        "没有记录回访：没见到人，要约下一次的日期。请填写后再提交。",
        "The visit was not recorded: nobody was met, so a next day is needed. Add it and send again.",
    )
    NO_SUCH_VISIT = (
        "mediation.no_such_visit", Kind.CONFLICT,
        "没有记录回访：没有这一次回访，或者已经记录过。请刷新后再看。",
        "The visit was not recorded: there is no such visit, or it was recorded. Refresh and look again.",
    )
    NO_RESULT = (
        "mediation.no_result", Kind.CONFLICT,
        "没有执行“{action}”：纠纷调解类的案件，调解有了结果才能反馈。请先在“更多”里开始调解，或在“调解”里记录结果，没谈成的也要记。",
        "“{action}” was not done: a dispute is answered once its mediation came to a result. Begin one, or record its result, also where nothing was settled.",
    )
    NOT_DOCUMENT = (
        "mediation.not_document", Kind.REFUSED,
        "没有保存：“{file}”是照片，照片的缩图不加密保存，不能放协议书和笔录。请扫描或另存为 PDF 文件再上传。",
        "Not saved: {file} is a photo, whose shown copy is not encrypted. Send agreements and records as a PDF.",
    )
