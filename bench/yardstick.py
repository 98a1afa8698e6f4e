"""A fixed piece of JSON, SHA-256 and sorting work: what one machine's CPU millisecond is worth."""

import gc
import hashlib
import json
import random
import time

RECORD_MS = 100.0
"""The yardstick on the machine of record, by definition; `ROUNDS` was chosen so."""

ROUNDS = 17


def yardstick() -> float:
    """CPU milliseconds of the fixed work, this process only."""
    collecting = gc.isenabled()
    gc.disable()  # what else lies in this process's memory is no part of the work
    try:
        return _work()
    finally:
        if collecting:
            gc.enable()


def _work() -> float:
    chance = random.Random(1)
    rows = [{"id": number, "text": f"枫林路{number}号 井盖破损", "at": chance.random()} for number in range(2000)]
    began = time.process_time()
    for _ in range(ROUNDS):
        text = json.dumps(rows, ensure_ascii=False)
        back = json.loads(text)
        back.sort(key=lambda row: row["at"])
        digest = hashlib.sha256()
        for row in back:
            digest.update(f"{digest.hexdigest()}{row['id']}".encode())
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    print(f"{yardstick():.1f} ms")
