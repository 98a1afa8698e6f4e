"""Compiles the loops over numbers. What numba makes is kept beside the source, or in the user's cache folder."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Shapes = NDArray[np.object_]

F = TypeVar("F", bound=Callable[..., Any])

logging.getLogger("numba").setLevel(logging.WARNING)


def compiled(function: F) -> F:
    return cast(F, numba.njit(cache=True, error_model="numpy")(function))


@compiled
def join(root: Whole, a: int, b: int) -> None:
    """Put two members into one group: its root is the lowest of them. Ways to it are shortened in passing."""
    while root[a] != a:
        root[a] = root[root[a]]
        a = root[a]
    while root[b] != b:
        root[b] = root[root[b]]
        b = root[b]
    root[max(a, b)] = min(a, b)
