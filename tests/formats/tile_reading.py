"""Reads vector tiles as their specification 2.1 says, and nothing like our writer does: for tests only."""

import struct
from dataclasses import dataclass, field
from typing import Any

Ring = list[tuple[int, int]]


@dataclass
class ReadFeature:
    id: int | None
    kind: int  # 1 point, 2 line, 3 polygon
    properties: dict[str, Any]
    runs: list[Ring]
    closed: list[bool]


@dataclass
class ReadLayer:
    name: str
    version: int
    extent: int
    features: list[ReadFeature] = field(default_factory=list)


def read(data: bytes) -> dict[str, ReadLayer]:
    layers = [_layer(value) for number, value in _fields(data) if number == 3]
    assert len({layer.name for layer in layers}) == len(layers), "a name stands once"
    return {layer.name: layer for layer in layers}


def area2(ring: Ring) -> int:
    """Twice the surveyor's area."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _layer(data: bytes) -> ReadLayer:
    fields = list(_fields(data))
    keys = [value.decode() for number, value in fields if number == 3]
    values = [_value(value) for number, value in fields if number == 4]
    only = {number: value for number, value in fields if number in (1, 5, 15)}
    assert len(set(keys)) == len(keys)
    layer = ReadLayer(only[1].decode(), only[15], only.get(5, 4096))
    layer.features = [_feature(value, keys, values) for number, value in fields if number == 2]
    return layer


def _feature(data: bytes, keys: list[str], values: list[Any]) -> ReadFeature:
    found = dict(_fields(data))
    tags = _numbers(found.get(2, b""))
    assert len(tags) % 2 == 0
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    runs, closed = _geometry(_numbers(found[4]))
    return ReadFeature(found.get(1), found[3], properties, runs, closed)


def _geometry(commands: list[int]) -> tuple[list[Ring], list[bool]]:
    runs: list[Ring] = []
    closed: list[bool] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        assert count > 0
        if command == 7:
            assert count == 1
            closed[-1] = True
            continue
        for _ in range(count):
            x, y = x + _signed(commands[at]), y + _signed(commands[at + 1])
            at += 2
            if command == 1:
                runs.append([])
                closed.append(False)
            else:
                assert command == 2
            runs[-1].append((x, y))
    return runs, closed


def _value(data: bytes) -> Any:
    ((number, value),) = _fields(data)
    return {1: lambda: value.decode(), 3: lambda: struct.unpack("<d", value)[0], 5: lambda: value,
            6: lambda: _signed(value), 7: lambda: bool(value)}[number]()


def _fields(data: bytes) -> Any:
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if wire == 0:
            value, at = _varint(data, at)
        elif wire == 1:
            value, at = data[at:at + 8], at + 8
        else:
            assert wire == 2, f"wire type {wire}"
            length, at = _varint(data, at)
            value, at = data[at:at + length], at + length
            assert len(value) == length
        yield number, value


def _numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _varint(data, at)
        found.append(value)
    return found


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def _signed(value: int) -> int:
    return value >> 1 ^ -(value & 1)
