"""A Kinesis stream as a test sees it."""
from typing import List, Optional

from .answers import Consumer, Record, StreamQueue, WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .handle import Handle

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class StreamHandle(Handle):
    """A stream by name or ARN, which need not be there yet."""

    def __init__(self, control: Control, stream: str, region: Optional[str]) -> None:
        super().__init__(control, stream=stream, region=region)

    def wait_for_record(
        self,
        expected: Optional[Expected] = None,
        *,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitedMessage:
        """Waits for a record that was put here, or will be, and gives it."""
        return self._until_messages(expected, since=since, timeout=timeout, within=within)[0]

    def expect_no_record(
        self,
        expected: Optional[Expected] = None,
        *,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> None:
        """Has time pass without such a record, ``within`` of it. Raises WaystationError as soon as there is one."""
        self._expect_none(expected, since=since, timeout=timeout, within=within)

    def caught_up(
        self,
        consumer: Optional[str] = None,
        *,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitOutcome:
        """Waits until a registered consumer, or a queue of the stream, has read everything; all unless one is named."""
        return self._until("caught-up", consumer=consumer, timeout=timeout, within=within)

    def records(self, *, shard: Optional[str] = None, limit: Optional[int] = None) -> List[Record]:
        """The records it keeps, shard by shard and oldest first."""
        return self._list("streams/records", "records", shard=shard, limit=limit)

    def consumers(self) -> List[Consumer]:
        """The registered consumers, and how far they are behind."""
        return self._list("consumers", "consumers")

    def queues(self) -> List[StreamQueue]:
        """The queues of the stream: what they hold, and how far they have come in each shard."""
        return self._list("stream-queues", "queues")
