"""Being told to stop (停止信号): SIGTERM and SIGINT are noted, never break off what is being done, and end a wait at once."""

import os
import select
import signal
from types import FrameType, TracebackType
from typing import Any, Self

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Stopping:
    """While entered, `stopped` says whether a signal came, and `wait` sleeps until one does. In the main thread only.

    A pipe and handlers, not a signal mask: numerical libraries start threads at import, which would take a masked signal and die of it.
    """

    def __init__(self, *also_wake: signal.Signals) -> None:
        self.stopped = False
        self._also_wake = also_wake

    def __enter__(self) -> Self:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        self._wakeup = signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        self._before: dict[signal.Signals, Any] = {}
        for number in STOP_SIGNALS:
            self._before[number] = signal.signal(number, self._stop)
        for number in self._also_wake:
            self._before[number] = signal.signal(number, lambda _number, _frame: None)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup)
        os.close(self._reading)
        os.close(self._writing)

    def wait(self, seconds: float) -> bool:
        """Sleep at most so long, shorter when any of the signals comes; whether to stop."""
        if not self.stopped and select.select([self._reading], [], [], max(0.0, seconds))[0]:
            os.read(self._reading, 4096)
        return self.stopped

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopped = True
