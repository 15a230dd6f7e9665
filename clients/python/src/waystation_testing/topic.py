"""A topic as a test sees it."""
from typing import Any, List, Mapping, Optional, cast

from .answers import Subscription, SubscriptionMatch, WaitOutcome
from .control import Control
from .expected import Duration
from .handle import MessageHandle

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class TopicHandle(MessageHandle):
    """A topic by name or ARN, which need not be there yet."""

    def __init__(self, control: Control, topic: str, region: Optional[str]) -> None:
        super().__init__(control, topic=topic, region=region)

    def settled(self, *, timeout: Optional[Duration] = None, within: Optional[Duration] = None) -> WaitOutcome:
        """Waits until every delivery has arrived or was given up. ``within="1h"`` goes through an hour of retries."""
        return self._until("deliveries-settled", timeout=timeout, within=within)

    def subscriptions(self) -> List[Subscription]:
        """The subscriptions, with their filters in plain words."""
        return self._list("subscriptions", "subscriptions")

    def match(self, message: str, attributes: Optional[Mapping[str, Any]] = None) -> List[SubscriptionMatch]:
        """Which subscriptions would get that message, and why the others would not. Publishes nothing."""
        asked = {"message": message, "attributes": attributes, "limit": 1000, **self._scoped}
        return cast(List[SubscriptionMatch], self._control.call("POST", "topics/match", **asked)["subscriptions"])
