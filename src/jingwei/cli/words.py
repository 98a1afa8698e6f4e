"""What argparse says, in Chinese. It asks gettext for every sentence; the answers stand here."""

import argparse

_SENTENCES = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本说明",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "invalid %(type)s value: %(value)r": "不是有效的值：%(value)r",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可选：%(choices)s",
    "expected one argument": "后面要有一个值",
    "expected at least one argument": "后面至少要有一个值",
    "expected at most one argument": "后面最多一个值",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "下列参数必须有一个：%s",
    "ignored explicit argument %r": "这个选项不带值：%r",
    "unknown parser %(parser_name)r (choices: %(choices)s)": "没有 %(parser_name)r 这个命令，可选：%(choices)s",
    "%(prog)s: error: %(message)s\n": "%(prog)s：%(message)s\n",
}


def speak_chinese() -> None:
    """Answer argparse's questions for a translation. A sentence that a newer Python words anew stays English."""
    argparse._ = lambda text: _SENTENCES.get(text, text)  # type: ignore[attr-defined]
    argparse.ngettext = lambda one, many, count: (  # type: ignore[attr-defined]
        "后面要有 %s 个值" if many == "expected %s arguments" else one if count == 1 else many)
