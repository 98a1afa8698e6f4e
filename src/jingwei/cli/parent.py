"""A child that outlives its parent would go on holding the port or the leases: it watches and ends itself."""

import os
import signal
import threading
import time

_EVERY = 0.5   # seconds
_ASKED = 10    # times, before ending without asking


def end_with(parent: int) -> None:
    """End this process soon after `parent` is no longer its parent: first by SIGTERM, then without asking.

    At once if that is so already: nothing has been begun yet that would have to be finished.
    """
    if os.getppid() != parent:
        os._exit(1)
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    for _ in range(_ASKED):  # a server that is just starting does not hear the first: it would begin to serve
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_EVERY)
    os._exit(1)
