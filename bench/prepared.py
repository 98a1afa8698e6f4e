"""Cases brought to a certain point by the product's commands, for requests that are to be measured alone.

`python -m bench.prepared KIND COUNT < ground.json` over the home named by JINGWEI_HOME; prints the ids of the cases.
KIND: `dispatch` (filed, 8 entries), `feed_back` (being handled, 8 entries), `detail` (12 entries, 3 photos, one
extension, one pause).
"""

import io
import json
import random
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

from bench import ground
from jingwei.cli.ready import django_ready
from jingwei.kernel.ids import new_id


def prepare(known: dict[str, Any], kind: str, count: int) -> list[str]:
    """The ids of so many new cases, each of which has exactly the entries it should."""
    from jingwei.accounts.queries import actor_of_token
    from jingwei.journal import queries as journal

    people = {name: actor_of_token(each["token"]) for name, each in known["people"].items()}
    chance, found = random.Random(kind), []
    for _ in range(count):
        case_id = _reported(people, known, chance, photos=3 if kind == "detail" else 0)
        entries = _BRINGING[kind](people, case_id)
        assert len(journal.history(f"case:{case_id}")) == entries, kind
        found.append(str(case_id))
    return found


def _reported(people: dict[str, Any], known: dict[str, Any], chance: random.Random, *, photos: int) -> UUID:
    from jingwei.cases import commands
    from jingwei.files import commands as files

    case_id = new_id()
    lon, lat = ground.point(chance)
    added = [files.add(people["worker"], _photo(chance), f"现场{number}.jpg").id for number in range(photos)]
    commands.report(people["worker"], commands.Report(
        id=case_id, text="枫林路口东侧人行道井盖破损有积水影响行人通行请尽快派人处理旁边还堆放建筑垃圾已有多日无人清运居民反映强烈夜间没有",
        lon=lon, lat=lat, class_code=known["classes"][0], files=added))
    return case_id


def _photo(chance: random.Random) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.frombytes("RGB", (64, 48), chance.randbytes(64 * 48 * 3)).save(stream, "JPEG")
    return stream.getvalue()


def _to_filed(people: dict[str, Any], case_id: UUID) -> int:
    """Reported and filed, then three times dispatched and given back: 8 entries."""
    from jingwei.cases import commands

    commands.file(people["acceptor"], case_id)
    for _ in range(3):
        commands.dispatch(people["dispatcher"], case_id, unit_code="HW")
        commands.send_back(people["handler"], case_id, reason="不属于本单位职责")
    return 8


def _to_handling(people: dict[str, Any], case_id: UUID) -> int:
    """Signed for, handed on, signed for again, with an extension: 8 entries."""
    from jingwei.cases import commands

    commands.file(people["acceptor"], case_id)
    commands.dispatch(people["dispatcher"], case_id, unit_code="HW")
    commands.sign(people["handler"], case_id)
    commands.hand_on(people["handler"], case_id, reason="由一队负责这一片", unit_code="HW-1")
    commands.sign(people["handler"], case_id)
    commands.ask_extension(people["handler"], case_id, reason="需等待材料", value="2", unit="work_hour")
    commands.extend(people["dispatcher"], case_id, reason="同意", value="2", unit="work_hour")
    return 8


def _to_closed(people: dict[str, Any], case_id: UUID) -> int:
    """A pause after the extension, then to the check: 12 entries."""
    from jingwei.cases import commands

    _to_handling(people, case_id)
    commands.suspend(people["dispatcher"], case_id, reason="雨天不能施工")
    commands.resume(people["dispatcher"], case_id)
    commands.feed_back(people["handler"], case_id, text="已更换井盖并清扫")
    commands.confirm(people["dispatcher"], case_id)
    return 12


_BRINGING: dict[str, Callable[[dict[str, Any], UUID], int]] = {
    "dispatch": _to_filed, "feed_back": _to_handling, "detail": _to_closed}


if __name__ == "__main__":
    django_ready()
    print(json.dumps(prepare(json.load(sys.stdin), sys.argv[1], int(sys.argv[2]))))
