"""Words said in two languages: each reader hears one, programs read the code."""

import errno
import pickle

import orjson
import pytest

from jingwei.kernel.errors import ErrorCode, KernelError, Kind, Refusal
from jingwei.kernel.wording import Words, of_system


class Told(ErrorCode):
    WHY = ("test.why", Kind.INVALID, "没有做（{why}）。", "Not done ({why}).")


def test_each_language_hears_its_own_words_and_programs_read_the_code():
    refusal = Refusal(Told.WHY, why=Words("空文件", "an empty file", "empty"))
    assert (refusal.text(), refusal.text("en"), str(refusal.details["why"])) == (
        "没有做（空文件）。", "Not done (an empty file).", "empty")


def test_words_without_a_code_are_read_as_their_english():
    assert str(Words("视频", "a video")) == "a video"
    assert orjson.loads(orjson.dumps({"found": Words("视频", "a video")})) == {"found": "a video"}


def test_words_keep_both_languages_between_processes():
    kept = pickle.loads(pickle.dumps(Words("视频", "a video", "video")))
    assert (kept.zh, kept.en, str(kept)) == ("视频", "a video", "video")


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.EISDIR, 9999])
def test_what_the_system_refuses_is_said_without_its_english_and_without_a_path(number):
    told = of_system(OSError(number, "No such thing", "/secret/place"))
    assert told.zh.isprintable()
    assert not any("a" <= sign.lower() <= "z" for sign in told.zh)
    assert "/secret" not in told.en


def test_a_refusal_without_its_details_still_reads():
    assert "？" not in Refusal(KernelError.BUSY).text()


def test_what_was_sent_is_told_back_without_signs_that_nobody_sees():
    """A NUL cuts the line in a log, a mark of direction turns the rest of the sentence around."""
    refusal = Refusal(Told.WHY, why="a\0b\u202ec\ud800，\u3000中文𠮷")
    assert refusal.text() == "没有做（a□b□c□，\u3000中文𠮷）。"
    assert refusal.text().encode()
