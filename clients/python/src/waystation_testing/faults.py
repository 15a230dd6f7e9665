"""What goes wrong on purpose."""
from typing import Any, List, Mapping, Optional, Union, cast

from .answers import Fault, FaultsAdded
from .control import Control

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class Faults:
    """Calls, messages and deliveries that fail, seeded, so that they fail in the same way again."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def add(
        self, effect: Optional[Union[str, Mapping[str, Any]]] = None, *, preset: Optional[str] = None, **rule: Any
    ) -> FaultsAdded:
        """Has it happen from now on: ``add("throttle", operation="SendMessage", times=2)``. Answers with the seed."""
        given = {**rule, "effect": effect, "preset": preset, **self._control.scope}
        return cast(FaultsAdded, self._control.call("POST", "faults", **given))

    def list(self) -> List[Fault]:
        """The faults, with how often each was tried and happened."""
        return cast(List[Fault], self._control.call("GET", "faults", **self._control.scope)["faults"])

    def remove(self, id: Optional[str] = None) -> List[Fault]:
        """Ends that one, or all of them, and tells what they did."""
        return cast(List[Fault], self._control.call("DELETE", "faults", id=id, **self._control.scope)["faults"])
