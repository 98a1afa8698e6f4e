"""The courses that cases take: who does what, and how long it takes. From these `stories` makes cases with dates.

A beat is "action role wait". The wait runs before the act, in working minutes, see `stories._wait`: desk, spot, sign,
part, work, late, again, day, days, weeks. A plot is cut after any beat for a case that is still open.
"""

from enum import StrEnum
from typing import NamedTuple


class Act(StrEnum):
    """The vocabulary: the actions of the flows, by the same words. The arguments that each brings:

    report         text, place, lon, lat, channel, class_code ('' from the public), contact_name, contact_phone, kind
    ask_verify     person (login of the grid worker)
    verify_true    —
    verify_false   reason
    file           class_code, condition (the filing condition in words, see `rules.CONDITIONS`)
    refuse         reason
    dispatch       unit (code)
    sign           —
    return         reason
    hand_on        reason, unit (city; in a township it goes up to the town and names none)
    pass_up        reason
    ask_extension  reason, value, limit_unit (value '1', limit_unit 'work_day')
    extend         reason, value, limit_unit
    ask_suspension reason
    suspend        reason
    decline        reason
    resume         —
    feed_back      text
    confirm        person (login of the grid worker who shall check)
    check_pass     —
    check_fail     reason
    rework         reason
    close          —
    reopen         reason
    void           reason
    solve          text
    accept         —
    submit         text
    approve        text
    object         reason
    grant          text
    note           text
    reply          text
    follow         text
    """

    REPORT = "report"
    ASK_VERIFY = "ask_verify"
    VERIFY_TRUE = "verify_true"
    VERIFY_FALSE = "verify_false"
    FILE = "file"
    REFUSE = "refuse"
    DISPATCH = "dispatch"
    SIGN = "sign"
    RETURN = "return"
    HAND_ON = "hand_on"
    PASS_UP = "pass_up"
    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    ASK_SUSPENSION = "ask_suspension"
    SUSPEND = "suspend"
    DECLINE = "decline"
    RESUME = "resume"
    FEED_BACK = "feed_back"
    CONFIRM = "confirm"
    CHECK_PASS = "check_pass"
    CHECK_FAIL = "check_fail"
    REWORK = "rework"
    CLOSE = "close"
    REOPEN = "reopen"
    VOID = "void"
    SOLVE = "solve"
    ACCEPT = "accept"
    SUBMIT = "submit"
    APPROVE = "approve"
    OBJECT = "object"
    GRANT = "grant"
    NOTE = "note"
    REPLY = "reply"
    FOLLOW = "follow"


class Beat(NamedTuple):
    act: Act
    role: str           # of `stories._Cast`: worker, acceptor, shift, dispatcher, handler, wrong, head, community, …
    wait: str           # before this act
    reason: str = ""    # key of `scenes.REASONS`


def _beats(text: str) -> tuple[Beat, ...]:
    beats = []
    for line in text.replace(",", "\n").splitlines():
        words = line.split()
        if words:
            beats.append(Beat(Act(words[0]), words[1], words[2], words[3] if len(words) > 3 else ""))
    return tuple(beats)


_FOUND = "report worker none, file acceptor desk, dispatch dispatcher desk,"
_CALLED = "report acceptor none, ask_verify acceptor desk, verify_true worker spot, file shift desk, dispatch dispatcher desk,"
_CHECKED = "confirm dispatcher desk, check_pass worker spot, close shift desk"
_T_END = "check_pass worker part, close town part"

PLOTS: dict[str, tuple[Beat, ...]] = {name: _beats(text) for name, text in {
    "found": f"{_FOUND} sign handler sign, feed_back handler work, {_CHECKED}",
    "found_late": f"{_FOUND} sign handler sign, feed_back handler late, {_CHECKED}",
    "called": f"{_CALLED} sign handler sign, feed_back handler work, {_CHECKED}",
    "called_late": f"{_CALLED} sign handler sign, feed_back handler late, {_CHECKED}",
    "false_alarm": "report acceptor none, ask_verify acceptor desk, verify_false worker spot verify_false,"
                   "refuse acceptor desk refuse",
    "refused": "report worker none, refuse acceptor desk refuse",
    "solved": "report worker none, solve worker spot",
    "void": "report worker none, file acceptor desk, void shift spot void",
    "wrong_unit": "report worker none, file acceptor desk, dispatch dispatcher desk wrong,"
                  "return wrong spot return_wrong_unit, dispatch dispatcher desk, sign handler sign,"
                  f"feed_back handler work, {_CHECKED}",
    "unclear": "report worker none, file acceptor desk, return dispatcher desk return_to_file, file shift desk,"
               f"dispatch dispatcher desk, sign handler sign, feed_back handler work, {_CHECKED}",
    "extended": f"{_FOUND} sign handler sign, ask_extension handler work ask_extension, extend dispatcher spot extend,"
                f"feed_back handler work, {_CHECKED}",
    "declined": f"{_FOUND} sign handler sign, ask_extension handler part ask_extension, decline dispatcher spot decline,"
                f"feed_back handler part, {_CHECKED}",
    "suspended": f"{_FOUND} sign handler sign, ask_suspension handler part ask_suspension,"
                 f"suspend dispatcher spot suspend, resume dispatcher weeks, feed_back handler part, {_CHECKED}",
    "reworked": f"{_FOUND} sign handler sign, feed_back handler part, confirm dispatcher desk,"
                f"check_fail worker spot check_fail, rework shift desk rework, feed_back handler part, {_CHECKED}",
    "sent_back": f"{_FOUND} sign handler sign, feed_back handler part, rework dispatcher desk rework_feedback,"
                 f"feed_back handler part, {_CHECKED}",
    "reopened": f"{_FOUND} sign handler sign, feed_back handler part, {_CHECKED}, reopen shift days reopen,"
                f"dispatch dispatcher desk, sign handler sign, feed_back handler work, {_CHECKED}",
    "handed_on": "report worker none, file acceptor desk, dispatch dispatcher desk head, hand_on head sign hand_on,"
                 f"sign handler sign, feed_back handler work, {_CHECKED}",
    "no_rule": "report worker none, file acceptor desk",
    # The township's three levels: on the spot, in the community, in the town, up to the county.
    "t_solved": "report worker none, solve worker spot",
    "t_community": f"report worker none, accept community part, feed_back community work, {_T_END}",
    "t_town": "report worker none, hand_on community part hand_on_town, dispatch town part, sign handler sign,"
              f"feed_back handler work, {_T_END}",
    "t_late": "report worker none, hand_on community part hand_on_town, dispatch town part, sign handler sign,"
              f"feed_back handler late, {_T_END}",
    "t_county": "report worker none, hand_on community part hand_on_town, pass_up town part pass_up,"
                f"feed_back county part, {_T_END}",
    "t_refused": "report worker none, refuse community part refuse",
}.items()}


class Wanted(NamedTuple):
    """A plot, so many `times`. `after`: the last beat that has happened, −1 for all; `age`: how long ago.

    `age` is a mood: fresh, soon (nearly due) or late, measured against the limit that runs now; '' for ended cases.
    """

    plot: str
    times: int
    after: int = -1
    age: str = ""


OPEN = tuple(Wanted(*row) for row in (
    ("called", 2, 0, "fresh"), ("found", 1, 0, "fresh"), ("found", 1, 0, "late"),       # to be accepted
    ("called", 2, 1, "fresh"), ("called", 1, 1, "late"),                                # being verified
    ("called", 1, 2, "fresh"),                                                          # to be filed
    ("found", 1, 1, "fresh"), ("called", 1, 3, "soon"), ("wrong_unit", 1, 3, "fresh"),  # to be dispatched
    ("no_rule", 2, 1, "late"),
    ("found", 2, 3, "fresh"), ("called", 1, 5, "fresh"), ("found", 2, 3, "soon"), ("found", 3, 3, "late"),  # handled
    ("extended", 1, 4, "fresh"), ("extended", 1, 5, "fresh"), ("suspended", 1, 4, "fresh"),
    ("reworked", 1, 7, "fresh"), ("wrong_unit", 1, 5, "fresh"),
    ("suspended", 3, 5, "days"),
    ("found", 1, 4, "fresh"), ("called", 1, 6, "soon"),                                 # feedback to be confirmed
    ("found", 1, 5, "fresh"), ("called", 1, 7, "late"),                                 # to be checked
    ("found", 1, 6, "fresh"), ("reworked", 1, 6, "fresh"),                              # to be closed, or reworked
    ("t_community", 1, 0, "fresh"), ("t_town", 1, 1, "soon"), ("t_community", 2, 1, "fresh"),
    ("t_town", 1, 3, "late"), ("t_county", 1, 2, "fresh"), ("t_community", 1, 2, "fresh"),
))
ENDED = tuple(Wanted(*row) for row in (
    ("found", 30), ("found_late", 6), ("called", 15), ("called_late", 3), ("false_alarm", 4), ("refused", 3),
    ("solved", 9), ("void", 2), ("wrong_unit", 4), ("unclear", 1), ("extended", 3), ("declined", 1), ("suspended", 2),
    ("reworked", 4), ("sent_back", 1), ("reopened", 2), ("handed_on", 3),
    ("t_solved", 4), ("t_community", 6), ("t_town", 4), ("t_late", 1), ("t_county", 2), ("t_refused", 1),
))
