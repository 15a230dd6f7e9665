"""What the handles of queues, topics and streams have in common."""
from typing import Any, Dict, List, Optional

from .answers import WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .waiting import expect_none, until, until_messages

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class Handle:
    """A resource that control routes are told of by ``target``. It need not be there yet."""

    def __init__(self, control: Control, **target: Optional[str]) -> None:
        self._control = control
        self._target: Dict[str, Any] = target

    @property
    def _scoped(self) -> Dict[str, Any]:
        """The resource, and the account in which it is looked for."""
        return {**self._target, **self._control.scope}

    def _until(self, condition: str, **wanted: Any) -> WaitOutcome:
        return until(self._control, condition, **wanted, **self._target)

    def _until_messages(self, expected: Optional[Expected], **wanted: Any) -> List[WaitedMessage]:
        return until_messages(self._control, expected, **wanted, **self._target)

    def _expect_none(self, expected: Optional[Expected], **wanted: Any) -> None:
        expect_none(self._control, expected, **wanted, **self._target)

    def _list(self, path: str, member: str, **wanted: Any) -> List[Any]:
        return self._control.list(path, member, **wanted, **self._scoped)


class MessageHandle(Handle):
    """What messages go through: each of them is sent or published, and something becomes of it."""

    def wait_for_message(
        self,
        expected: Optional[Expected] = None,
        *,
        event: Optional[str] = None,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitedMessage:
        """Waits for a message that was sent or published here, or will be. Raises WaystationError, which says what there was instead.

        ``event`` is ``sent`` unless given, or ``received`` or ``deleted``, of a queue; ``published`` unless given, or
        ``delivered``, which is to have reached a subscription, of a topic.
        """
        return self._until_messages(expected, event=event, since=since, timeout=timeout, within=within)[0]

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
        self._expect_none(expected, event=event, since=since, timeout=timeout, within=within)
