"""A child that outlives its parent would go on holding the port or the leases: it watches and ends itself."""

import os
import signal
import threading
import time

_EVERY = 0.5     # seconds
_PATIENCE = 5.0  # seconds between asking and ending


def end_with(parent: int) -> None:
    """End this process soon after `parent` is no longer its parent: first by SIGTERM, then without asking."""
    threading.Thread(target=_watch, args=(parent,), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)
