"""Refusals around the sampling re-check of closed cases."""

from jingwei.kernel.errors import ErrorCode, Kind


class SamplingError(ErrorCode):
    SAMPLE_NOT_YOURS = (
        "case.sample_not_yours", Kind.FORBIDDEN,
        "没有执行“{action}”：这要由{posts}来做（管这个区域，不限于一个单位），您不是。请转给有此岗位的同事。",
        "“{action}” was not done: it is for {posts} of this area, tied to no unit, which you are not. Pass it to one who is.",
    )
    SAMPLE_NOT_NOW = (
        "case.sample_not_now", Kind.CONFLICT,
        "没有执行“{action}”：这次抽查现在是“{state}”。请刷新后按现状操作。",
        "“{action}” was not done: this sample is “{state}”. Refresh and go on from there.",
    )
    SAMPLE_BAD = (
        "case.sample_bad", Kind.REFUSED,
        "没有公告抽查：{why}。请改正后再提交。",
        "The sample was not announced: {why}. Correct it and send it again.",
    )
    SAMPLE_EMPTY = (
        "case.sample_empty", Kind.REFUSED,
        "没有公告抽查：这个区域、分类和期间里没有已结案件。请放宽期间或条件。",
        "The sample was not announced: no case of this area, these classes and this time is closed. Widen them.",
    )
    SAMPLE_MANY = (
        "case.sample_many", Kind.REFUSED,
        "没有公告抽查：名单超过 {most} 件。请缩短期间，或按分类、区域分几次抽。",
        "The sample was not announced: the list is longer than {most}. Shorten the time, or draw by class or area.",
    )
    SAMPLE_EARLY = (
        "case.sample_early", Kind.CONFLICT,
        "没有抽取：公告的公开信息要到{at}才公布。请届时再抽取。",
        "Nothing was drawn: what was announced as the seed is public only from {at}. Draw then.",
    )
    SAMPLE_SEED = (
        "case.sample_seed", Kind.REFUSED,
        "没有抽取：没有填写公开信息的内容（一行，最多 {most} 字）。请照公布的原文填写“{source}”。",
        "Nothing was drawn: the public words are missing (one line of {most} signs at the most). Type “{source}” as it was published.",
    )
    SAMPLE_SEED_LOST = (
        "case.sample_seed_lost", Kind.CONFLICT,
        "没有抽取：系统的密钥已经换过，种子与公告的摘要对不上。请停止这次抽查，重新公告。",
        "Nothing was drawn: the installation's keys were changed and the seed no longer fits what was announced. Stop this sample and announce another.",
    )
    RECHECK_GIVEN = (
        "case.recheck_given", Kind.CONFLICT,
        "没有保存：这件已经有复核结果，或抽查已停止。请刷新后查看。",
        "Not saved: this case has a result already, or the sample was stopped. Refresh.",
    )
    RECHECK_PART = (
        "case.recheck_part", Kind.FORBIDDEN,
        "没有保存：{who}办过这件案件，不能复核。请由没有经手的{posts}复核。",
        "Not saved: {who} had a part in this case and may not re-check it. Another of {posts} must.",
    )
    RECHECK_OTHERS = (
        "case.recheck_others", Kind.FORBIDDEN,
        "没有保存：这件由另一位网格员复核。请由其填写，或请{posts}改派给您。",
        "Not saved: another worker re-checks this case. Leave it to them, or ask {posts} to hand it to you.",
    )
    RECHECK_OUTCOME = (
        "case.recheck_outcome", Kind.REFUSED,
        "没有保存：没有“{outcome}”这种结果，可用 {possible}。请改选后再提交。",
        "Not saved: there is no outcome {outcome}, only {possible}. Choose one of them.",
    )
    RECHECK_NO_WORKER = (
        "case.recheck_no_worker", Kind.REFUSED,
        "没有改派：这个人不是管这里的网格员，或已停用。请从名单里选。",
        "Not handed on: this person is no grid worker of the place, or is not active. Choose from the list.",
    )
