"""Waits that answer the moment a condition holds. Nothing polls."""
from typing import Any, List, Optional, cast

from .answers import WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant, match_of, text_of_duration, text_of_instant

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


def until(
    control: Control,
    condition: str,
    *,
    timeout: Optional[Duration] = None,
    within: Optional[Duration] = None,
    **inputs: Any,
) -> WaitOutcome:
    """Returns once that is so. Raises WaystationError, which says what is missing."""
    lengths = {"timeout": text_of_duration(timeout, "timeout"), "within": text_of_duration(within, "within")}
    return cast(WaitOutcome, control.call("POST", "wait", until=condition, **inputs, **control.scope, **lengths))


def until_messages(
    control: Control,
    expected: Optional[Expected],
    *,
    since: Optional[Instant] = None,
    **inputs: Any,
) -> List[WaitedMessage]:
    """Returns once there were so many messages."""
    outcome = until(control, "message", match=match_of(expected), since=text_of_instant(since), **inputs)
    return outcome["messages"]


def expect_none(
    control: Control,
    expected: Optional[Expected],
    *,
    since: Optional[Instant] = None,
    timeout: Optional[Duration] = None,
    within: Optional[Duration] = None,
    **inputs: Any,
) -> None:
    """Returns once that much time has passed without such a message. Raises WaystationError as soon as there is one."""
    lengths = {"timeout": text_of_duration(timeout, "timeout"), "within": text_of_duration(within, "within")}
    given = {"match": match_of(expected), "since": text_of_instant(since), **lengths}
    control.call("POST", "expect-none", **inputs, **control.scope, **given)
