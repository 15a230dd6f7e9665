"""A queue as a test sees it."""
from typing import Any, Dict, List, Optional, cast

from .answers import DeadLetterQueue, Message, Queue, WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .waiting import expect_none, until, until_messages

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class QueueHandle:
    """A queue by name, URL or ARN, which need not be there yet. Nothing here receives a message."""

    def __init__(self, control: Control, queue: str, region: Optional[str]) -> None:
        self._control = control
        self._target: Dict[str, Any] = {"queue": queue, "region": region}

    def wait(
        self,
        condition: str,
        *,
        count: Optional[int] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitOutcome:
        """Waits until it is ``empty``, ``drained``, ``visible``, ``received``, ``deleted`` or ``dead-lettered``.

        With ``within`` the account's time passes until then, by no more than that; ``timeout`` is real time.
        """
        return until(self._control, condition, count=count, timeout=timeout, within=within, **self._target)

    def wait_for_message(
        self,
        expected: Optional[Expected] = None,
        *,
        event: Optional[str] = None,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitedMessage:
        """Waits for a message that was sent here, or will be. Raises WaystationError, which says what there was instead."""
        return self.wait_for_messages(1, expected, event=event, since=since, timeout=timeout, within=within)[0]

    def wait_for_messages(
        self,
        count: int,
        expected: Optional[Expected] = None,
        *,
        event: Optional[str] = None,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> List[WaitedMessage]:
        """The same for so many. ``event`` is ``sent`` unless given, or ``received`` or ``deleted``."""
        wanted: Dict[str, Any] = {"event": event, "since": since, "timeout": timeout, "within": within}
        return until_messages(self._control, expected, count=count, **wanted, **self._target)

    def expect_no_message(
        self,
        expected: Optional[Expected] = None,
        *,
        event: Optional[str] = None,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> None:
        """Has time pass without such a message, ``within`` of it. Raises WaystationError as soon as there is one."""
        wanted: Dict[str, Any] = {"event": event, "since": since, "timeout": timeout, "within": within}
        expect_none(self._control, expected, **wanted, **self._target)

    def messages(
        self,
        *,
        state: Optional[str] = None,
        group: Optional[str] = None,
        contains: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> List[Message]:
        """The messages in it, in the order in which they would be received."""
        wanted = {"state": state, "group": group, "contains": contains, **self._target, **self._control.scope}
        return self._control.list("queues/messages", "messages", limit=limit, **wanted)

    def describe(self) -> Queue:
        """How the queue is set, what it holds and who feeds it."""
        return cast(Queue, self._control.call("GET", "queues", **self._target, **self._control.scope)["queues"][0])

    def counts(self) -> Dict[str, int]:
        """How many messages it holds: ``visible``, ``inFlight`` and ``delayed``."""
        queue = self.describe()
        return {"visible": queue["visible"], "inFlight": queue["inFlight"], "delayed": queue["delayed"]}

    def dead_letters(self) -> DeadLetterQueue:
        """What becomes of messages that end here, and where they came from."""
        answer = self._control.call("GET", "dead-letters", **self._target, **self._control.scope)
        return cast(DeadLetterQueue, answer["deadLetterQueues"][0])
