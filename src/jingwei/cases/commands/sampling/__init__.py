"""Samples of closed cases that are looked at again (抽查复核): announced, drawn, handed on, looked at, stopped."""

from jingwei.cases.commands.sampling.announce import Announcing, SampleAnnounced, announce_sample
from jingwei.cases.commands.sampling.draw import SampleDrawn, draw_sample
from jingwei.cases.commands.sampling.going_on import hand_recheck, stop_sample
from jingwei.cases.commands.sampling.result import give_result

__all__ = ["Announcing", "SampleAnnounced", "SampleDrawn", "announce_sample", "draw_sample", "give_result", "hand_recheck", "stop_sample"]
