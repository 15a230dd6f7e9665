"""A topic as a test sees it."""
from typing import Any, Dict, List, Mapping, Optional, cast

from .answers import Subscription, SubscriptionMatch, WaitedMessage, WaitOutcome
from .control import Control
from .expected import Duration, Expected, Instant
from .waiting import expect_none, until, until_messages

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class TopicHandle:
    """A topic by name or ARN, which need not be there yet."""

    def __init__(self, control: Control, topic: str, region: Optional[str]) -> None:
        self._control = control
        self._target: Dict[str, Any] = {"topic": topic, "region": region}

    def wait_for_message(
        self,
        expected: Optional[Expected] = None,
        *,
        event: Optional[str] = None,
        since: Optional[Instant] = None,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
    ) -> WaitedMessage:
        """Waits for a message that was published here or, with the event ``delivered``, reached a subscription."""
        wanted: Dict[str, Any] = {"event": event, "since": since, "timeout": timeout, "within": within}
        return until_messages(self._control, expected, **wanted, **self._target)[0]

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

    def settled(self, *, timeout: Optional[Duration] = None, within: Optional[Duration] = None) -> WaitOutcome:
        """Waits until every delivery has arrived or was given up. ``within="1h"`` goes through an hour of retries."""
        return until(self._control, "deliveries-settled", timeout=timeout, within=within, **self._target)

    def subscriptions(self) -> List[Subscription]:
        """The subscriptions, with their filters in plain words."""
        return self._control.list("subscriptions", "subscriptions", **self._target, **self._control.scope)

    def match(self, message: str, attributes: Optional[Mapping[str, Any]] = None) -> List[SubscriptionMatch]:
        """Which subscriptions would get that message, and why the others would not. Publishes nothing."""
        asked = {"message": message, "attributes": attributes, "limit": 1000, **self._target, **self._control.scope}
        return cast(List[SubscriptionMatch], self._control.call("POST", "topics/match", **asked)["subscriptions"])
