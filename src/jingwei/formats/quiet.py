"""Libraries that warn about damaged input are kept quiet; what they warn about is found and coded by us."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet(library: str) -> Iterator[None]:
    """No warnings issued from within `library` inside the block.

    Only that library's: the list of filters belongs to the whole process, and two threads that leave such
    blocks out of turn can leave this one standing.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=rf"{library}(\.|\Z)")
        yield
