"""Reads of the registry: parts in lists, on the map, one by one; samples."""

from jingwei.registry.parts.states import STATES as PART_STATES
from jingwei.registry.queries.detail import Changed, PartDetail, part_detail, seen_part
from jingwei.registry.queries.exporting import parts_file, write_parts
from jingwei.registry.queries.filters import Filter as PartFilter
from jingwei.registry.queries.listing import (
    CalledPart,
    ClassCount,
    PartCounts,
    PartLine,
    PartPage,
    called,
    counts,
    id_of_number,
    lines_by_id,
    list_parts,
    near,
    numbers_of,
    owners_of,
)
from jingwei.registry.queries.samples import SampleDetail, SampledLine, SampleLine, list_samples, sample_detail, sheet
from jingwei.registry.queries.tiles import tile

__all__ = [
    "PART_STATES", "CalledPart", "Changed", "ClassCount", "PartCounts", "PartDetail", "PartFilter", "PartLine",
    "PartPage", "SampleDetail", "SampleLine", "SampledLine", "called", "counts", "id_of_number", "lines_by_id",
    "list_parts", "list_samples", "near", "numbers_of", "owners_of", "part_detail", "parts_file", "sample_detail", "seen_part",
    "sheet", "tile", "write_parts",
]
