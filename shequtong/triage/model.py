"""The weights in use (现用模型): a file in SHEQUTONG_DATA, mapped once a process and looked at again when it changed. There may be none."""

import logging
import threading
import time
from pathlib import Path

from django.conf import settings

from shequtong.triage.weights import BadWeights, Weights, read_weights

logger = logging.getLogger(__name__)
_LOOK_AGAIN = 2.0  # seconds

_lock = threading.Lock()
_looked_at = float("-inf")
_stamp: tuple[str, int, int] | None = None
_weights: Weights | None = None


def model_path() -> Path:
    """Where `triage_train` puts it and every process looks for it."""
    return Path(settings.SHEQUTONG_DATA) / "triage" / "weights.bin"


def weights_in_use() -> Weights | None:
    """None where nothing was trained, or the file is damaged: every page works without."""
    global _looked_at, _stamp, _weights
    path, now = model_path(), time.monotonic()
    with _lock:
        if now - _looked_at < _LOOK_AGAIN and (_stamp is None or _stamp[0] == str(path)):
            return _weights
        _looked_at = now
        stamp = _stamp_of(path)
        if stamp != _stamp:
            _stamp, _weights = stamp, _read(path) if stamp else None
        return _weights


def forget_weights() -> None:
    """Look at the file at the next use: after a training in this process, and in tests."""
    global _looked_at
    with _lock:
        _looked_at = float("-inf")


def _stamp_of(path: Path) -> tuple[str, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_mtime_ns, found.st_size


def _read(path: Path) -> Weights | None:
    try:
        return read_weights(path)
    except (BadWeights, OSError) as error:
        logger.error("suggestions are off: %s", error)
        return None
