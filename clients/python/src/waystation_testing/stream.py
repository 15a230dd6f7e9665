"""A Kinesis stream as a test sees it."""
from typing import Any, Dict, List, Optional

from .answers import Consumer, Record, StreamQueue, WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .waiting import expect_none, until, until_messages

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class StreamHandle:
    """A stream by name or ARN, which need not be there yet."""

    def __init__(self, control: Control, stream: str, region: Optional[str]) -> None:
        self._control = control
        self._target: Dict[str, Any] = {"stream": stream, "region": region}

    def wait_for_record(
        self,
        expected: Optional[Expected] = None,
        *,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitedMessage:
        """Waits for a record that was put here, or will be, and gives it."""
        wanted: Dict[str, Any] = {"since": since, "timeout": timeout, "within": within}
        return until_messages(self._control, expected, **wanted, **self._target)[0]

    def expect_no_record(
        self,
        expected: Optional[Expected] = None,
        *,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> None:
        """Has time pass without such a record, ``within`` of it. Raises WaystationError as soon as there is one."""
        wanted: Dict[str, Any] = {"since": since, "timeout": timeout, "within": within}
        expect_none(self._control, expected, **wanted, **self._target)

    def caught_up(
        self,
        consumer: Optional[str] = None,
        *,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitOutcome:
        """Waits until a registered consumer, or a queue of the stream, has read everything; all unless one is named."""
        wanted: Dict[str, Any] = {"timeout": timeout, "within": within}
        return until(self._control, "caught-up", consumer=consumer, **wanted, **self._target)

    def records(self, *, shard: Optional[str] = None, limit: Optional[int] = None) -> List[Record]:
        """The records it keeps, shard by shard and oldest first."""
        inputs = {"shard": shard, **self._target, **self._control.scope}
        return self._control.list("streams/records", "records", limit=limit, **inputs)

    def consumers(self) -> List[Consumer]:
        """The registered consumers, and how far they are behind."""
        return self._control.list("consumers", "consumers", **self._target, **self._control.scope)

    def queues(self) -> List[StreamQueue]:
        """The queues of the stream: what they hold, and how far they have come in each shard."""
        return self._control.list("stream-queues", "queues", **self._target, **self._control.scope)
