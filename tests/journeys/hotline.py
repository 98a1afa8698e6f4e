"""The real hotline's year as input: its rows, the scheme that is made from them, the mapping that reads them."""

import csv
import gzip
import io
import json
from collections import Counter
from pathlib import Path

SCHEME, COUNTY = "local-2016", "67000"
UNSORTED = "未写分类"
VILLAGES = ("--level", "community", "--code", "VILLCODE", "--name", "VILLNAME", "--level", "town", "--code", "TOWNCODE",
            "--name", "TOWNNAME", "--level", "county", "--code", "COUNTYCODE", "--name", "COUNTYNAME")

Row = dict[str, str]


def table(path: Path) -> list[Row]:
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write(path: Path, rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def scheme_of(rows: tuple[Row, ...], path: Path) -> dict[str, str]:
    """Every sub-category as a class under the category it is mostly given with; the source leaves some empty."""
    above: dict[str, Counter[str]] = {}
    for row in rows:
        if row["subcategory"]:
            above.setdefault(row["subcategory"], Counter())[row["category"] or UNSORTED] += 1
    majors: dict[str, list[str]] = {UNSORTED: [UNSORTED]}
    for name in sorted(above):
        majors.setdefault(above[name].most_common(1)[0][0], []).append(name)
    codes: dict[str, str] = {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(("类别", "代码", "名称"))
        for first, (major, names) in enumerate(sorted(majors.items()), 1):
            out.writerow(("事件", f"{first:02}", major))
            for second, name in enumerate(names, 1):
                codes[name] = f"{first:02}{second:02}"
                out.writerow(("事件", codes[name], name))
    return codes


def mapping(path: Path, classes: dict[str, str], *, source: str = "hotline-2016", area: str = COUNTY) -> Path:
    columns = {"id": "id", "text": "description", "lon": "lng", "lat": "lat", "place": "address",
               "class": "subcategory", "reported_at": "requested_at"}
    lines = [f'source = "{source}"', 'channel = "hotline"', 'zone = "Asia/Taipei"',
             'time_formats = ["%Y-%m-%d %H:%M:%S"]', "[columns]"]
    lines += [f'{ours} = "{theirs}"' for ours, theirs in columns.items()]
    lines += ["[classes]", f'"*" = "{SCHEME}/matter/{classes[UNSORTED]}"']
    lines += [f'{json.dumps(name)} = "{SCHEME}/matter/{code}"' for name, code in classes.items()]
    lines += ["[defaults]", f'class = "{SCHEME}/matter/{classes[UNSORTED]}"']
    lines += [f'area = "{area}"'] if area else []
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path
