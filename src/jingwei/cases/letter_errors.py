"""Refusals of the inbox and of mailboxes."""

from jingwei.kernel.errors import ErrorCode, Kind


class LetterError(ErrorCode):
    NOT_WAITING = (
        "letter.not_waiting", Kind.CONFLICT,
        "没有执行：这封来信已经由同事处理（{state}）。请刷新后查看。",
        "Not done: a colleague has dealt with this letter ({state}). Refresh and look again.",
    )
    NO_REASON = (
        "letter.no_reason", Kind.REFUSED,
        "没有处理：不予登记要写明理由。请补上后再提交。",
        "Not done: say why the letter is not taken. Add the reason and send again.",
    )
    NO_CASE = (
        "letter.no_case", Kind.REFUSED,
        "没有并入：没有编号为 {number} 的案件，或不在您的责任范围内。请核对编号。",
        "Not joined: there is no case {number}, or it is not within your reach. Check the number.",
    )
    UNKNOWN_STATE = (
        "letter.unknown_state", Kind.REFUSED,
        "没有查询：来信没有“{state}”这个状态。可用 {possible}。",
        "Not looked up: letters have no state {state}, only {possible}. Choose one of them.",
    )
    BAD_BOX = (
        "letter.bad_box", Kind.REFUSED,
        "没有保存：{field}没有填，或写法不对、过长。请改正后再保存。",
        "Not saved: {field} is missing, or not well formed, or too long. Correct it.",
    )
    PASSWORD_AGAIN = (
        "letter.password_again", Kind.REFUSED,
        "没有保存：改了服务器或用户，原密码不会发给新的服务器。请重新填写密码。",
        "Not saved: the kept password is not sent to another server or user. Give it again.",
    )
