"""Refusals around searching by words and filters that are shared."""

from jingwei.kernel.errors import ErrorCode, Kind


class SearchError(ErrorCode):
    WORDS_TOO_LONG = (
        "case.words_too_long", Kind.REFUSED,
        "没有查找：要找的文字超过 {most} 个字。请只留下最要紧的几个词。",
        "Nothing was searched: the words are longer than {most} signs. Keep only those that matter most.",
    )
    WORDS_TOO_SHORT = (
        "case.words_too_short", Kind.REFUSED,
        "没有查找：一个字在案件里太常见，按规定至少要两个相连的字。请把要找的词写完整，如“井盖”。",
        "Nothing was searched: one sign stands in too many cases; it takes two side by side. Write the word in full.",
    )
    VIEW_AREA = (
        "case.view_area", Kind.REFUSED,
        "没有共享：区域“{area}”不存在，或不全在您的范围内，不能替那里的人安排。请选您负责的区域。",
        "Not shared: there is no area {area}, or it is not wholly yours. Choose one that you answer for.",
    )
    VIEW_ROLE = (
        "case.view_role", Kind.REFUSED,
        "没有共享：没有名为“{role}”的岗位。请从列出的岗位中选择，或共享给区域里的所有岗位。",
        "Not shared: there is no post {role}. Choose one of the list, or share with all posts of the area.",
    )
    VIEW_NOT_YOURS = (
        "case.view_not_yours", Kind.FORBIDDEN,
        "没有改动：这个筛选是{by}共享的，只有共享的人能修改或收回。需要不同的条件，请复制一份，保存为自己的。",
        "Nothing was changed: {by} shared this view, and only they change or withdraw it. Copy it and keep your own.",
    )
