"""The clock of an account, or of all."""
from typing import Any, List, Optional, cast

from .answers import ClockState, DueThing, NextDue
from .control import Control
from .expected import Duration, Instant, text_of_duration, text_of_instant

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class Clock:
    """Time, which a test can stop and move forward. What falls due on the way has happened when a call returns."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def read(self) -> ClockState:
        return cast(ClockState, self._control.call("GET", "clock", **self._control.scope))

    def freeze(self) -> ClockState:
        """Stops time at the present instant."""
        return self._post("freeze")

    def resume(self) -> ClockState:
        """Lets time run on from the present instant."""
        return self._post("resume")

    def advance(self, duration: Duration) -> ClockState:
        """Moves time forward by a text such as ``30s``, ``5m``, ``2d`` or ``1h30m``, or by a timedelta."""
        return self._post("advance", duration=text_of_duration(duration, "duration"))

    def set(self, time: Instant) -> ClockState:
        """Moves time forward to an instant."""
        return self._post("set", time=text_of_instant(time))

    def advance_to_next(self) -> NextDue:
        """Moves time forward to what is due next, and says what that was."""
        return cast(NextDue, self._control.call("POST", "clock/advance-to-next", **self._control.scope))

    def due(self, limit: Optional[int] = None) -> List[DueThing]:
        """What is due next, and why."""
        answer = self._control.call("GET", "clock/due", limit=limit, **self._control.scope)
        return cast(List[DueThing], answer["due"])

    def _post(self, verb: str, **inputs: Any) -> ClockState:
        return cast(ClockState, self._control.call("POST", f"clock/{verb}", **inputs, **self._control.scope))
