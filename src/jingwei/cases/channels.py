"""What holds for the ways by which problems come to be known, in one table: verified first, called back, silent. Pure.

Verified first stands in the flow of the place (`flow.py`), the others are lists of channels in its settings.
"""

from collections.abc import Collection
from dataclasses import dataclass

from jingwei.cases.workflow import CHANNEL_NAMES

CALL_BACK, SILENT = "call_back_channels", "silent_channels"
"""Names of settings."""

REPORTED = tuple(channel for channel in CHANNEL_NAMES if channel != "import")
"""Those by which something is reported anew."""


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """`verify_first`: verified on the spot before filing. `call_back`: whoever left a number is called once it is closed.
    `silent`: whoever reported it is not told what became of it, hence not called either.
    """

    channel: str
    name: str
    verify_first: bool
    call_back: bool
    silent: bool


def listed(setting: str) -> frozenset[str]:
    """The channels that a setting names."""
    return frozenset(code.strip() for code in setting.split(",") if code.strip())


def called_back(call_back: str, silent: str) -> frozenset[str]:
    """Channels whose reporters are called: nobody is called who is not to be told."""
    return listed(call_back) - listed(silent)


def rules(verify_first: Collection[str], call_back: str, silent: str) -> list[ChannelRule]:
    """The whole table, in the order in which channels are always listed."""
    called, quiet = called_back(call_back, silent), listed(silent)
    return [ChannelRule(channel, CHANNEL_NAMES[channel], channel in verify_first, channel in called, channel in quiet) for channel in REPORTED]


def unknown(call_back: str, silent: str) -> list[str]:
    """What the settings name and no channel is called."""
    return sorted((listed(call_back) | listed(silent)) - set(CHANNEL_NAMES))


def written(setting: str, channel: str, on: bool) -> str:
    """The setting with this channel in it or not; what no channel is called is gone."""
    wanted = listed(setting) | {channel} if on else listed(setting) - {channel}
    return ",".join(each for each in CHANNEL_NAMES if each in wanted)
