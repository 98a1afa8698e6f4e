"""Tables of the registry, by ledger."""

from jingwei.registry.models.parts import Part, PartChange, PartNumber, PartSequence
from jingwei.registry.models.samples import PartSample, SampledPart

__all__ = ["Part", "PartChange", "PartNumber", "PartSample", "PartSequence", "SampledPart"]
