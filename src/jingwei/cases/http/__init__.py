"""The interface of cases: one router, since an address with two methods must not stand in two."""

from jingwei.cases.http import (
    appeals,
    desk,
    flows,
    helping,
    ladders,
    merging,
    orders,
    overview,
    parts,
    reading,
    recounts,
    referral,
    similar,
    standstill,
    steps,
    suggestions,
    waiting,
)
from jingwei.cases.http.addresses import router

__all__ = [
    "appeals",
    "desk",
    "flows",
    "helping",
    "ladders",
    "merging",
    "orders",
    "overview",
    "parts",
    "reading",
    "recounts",
    "referral",
    "router",
    "similar",
    "standstill",
    "steps",
    "suggestions",
    "waiting",
]
