"""A queue as a test sees it."""
from typing import Dict, List, Optional, cast

from .answers import DeadLetterQueue, Message, Queue, WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .handle import MessageHandle

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class QueueHandle(MessageHandle):
    """A queue by name, URL or ARN, which need not be there yet. Nothing here receives a message."""

    def __init__(self, control: Control, queue: str, region: Optional[str]) -> None:
        super().__init__(control, queue=queue, region=region)

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
        return self._until(condition, count=count, timeout=timeout, within=within)

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
        """As ``wait_for_message``, for so many."""
        wanted = {"event": event, "since": since, "timeout": timeout, "within": within}
        return self._until_messages(expected, count=count, **wanted)

    def messages(
        self,
        *,
        state: Optional[str] = None,
        group: Optional[str] = None,
        contains: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> List[Message]:
        """The messages in it, in the order in which they would be received."""
        wanted = {"state": state, "group": group, "contains": contains}
        return self._list("queues/messages", "messages", limit=limit, **wanted)

    def describe(self) -> Queue:
        """How the queue is set, what it holds and who feeds it."""
        return cast(Queue, self._control.call("GET", "queues", **self._scoped)["queues"][0])

    def counts(self) -> Dict[str, int]:
        """How many messages it holds: ``visible``, ``inFlight`` and ``delayed``."""
        queue = self.describe()
        return {"visible": queue["visible"], "inFlight": queue["inFlight"], "delayed": queue["delayed"]}

    def dead_letters(self) -> DeadLetterQueue:
        """What becomes of messages that end here, and where they came from."""
        answer = self._control.call("GET", "dead-letters", **self._scoped)
        return cast(DeadLetterQueue, answer["deadLetterQueues"][0])
