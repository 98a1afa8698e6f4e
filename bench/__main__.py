"""`python -m bench [B1,B2,…]`: one JSON line a row. Without names: every row there is."""

import importlib
import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

ROWS = ("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B10", "B13", "B14", "B15", "B16", "T1", "T5", "T6")


def main(words: list[str]) -> int:
    """0 if every row held what it must."""
    named = [name.strip().upper() for word in words for name in word.split(",") if name.strip()] or list(ROWS)
    unknown = [name for name in named if name not in ROWS]
    if unknown:
        print(f"there is no row {', '.join(unknown)}; there are {', '.join(ROWS)}", file=sys.stderr)
        return 2
    well = True
    for name in named:
        for told in importlib.import_module(f"bench.rows.{name.lower()}").run():
            told["at"] = datetime.now(UTC).isoformat(timespec="seconds")
            print(json.dumps(told, ensure_ascii=False, default=str), flush=True)
            well = well and told["ok"]
    return 0 if well else 1


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended on the way out
    sys.exit(main(sys.argv[1:]))
