"""The flows that the product brings along, read from its own folder `flows/`.

A version that was shipped once stays there (`<code>-<version>.json`), for the cases that run by it.
"""

import json
from functools import cache
from importlib.resources import files

from jingwei.cases.flow import Flow
from jingwei.cases.flow_document import parse
from jingwei.cases.kinds import KINDS


@cache
def versions() -> dict[tuple[str, int], Flow]:
    """Every shipped version by code and version, codes in the order of their files."""
    found: dict[tuple[str, int], Flow] = {}
    for file in sorted(files("jingwei.cases").joinpath("flows").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".json"):
            flow = parse(json.loads(file.read_text("utf-8")))
            assert (flow.code, flow.version) not in found, f"{file.name} tells a version that another file tells"
            found[flow.code, flow.version] = flow
    return found


@cache
def flows() -> dict[str, Flow]:
    """The newest shipped version of each: those that areas take by themselves first, then the kinds of event."""
    newest: dict[str, Flow] = {}
    for flow in versions().values():
        if flow.code not in newest or newest[flow.code].version < flow.version:
            newest[flow.code] = flow
    return dict(sorted(newest.items(), key=lambda each: (each[0] in KINDS, each[0])))
