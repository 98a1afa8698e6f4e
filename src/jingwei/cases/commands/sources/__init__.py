"""Systems that send by themselves: set up, and what they send taken in."""

from jingwei.cases.commands.sources.receiving import Alarm, Received, Sms, receive_alarm, receive_sms
from jingwei.cases.commands.sources.setting import drop_source, make_secret, set_source

__all__ = ["Alarm", "Received", "Sms", "drop_source", "make_secret", "receive_alarm", "receive_sms", "set_source"]
