"""What goes wrong, as sentences."""
from typing import Any, Mapping


class WaystationError(Exception):
    """Why the server did not do what a test asked for, or what a test expected and there was not."""

    #: 400: what was asked for makes no sense. 404: there is no such thing. 409: it does not hold.
    status: int
    #: What else the answer says: of a wait how much there is, and which messages.
    details: Mapping[str, Any]

    def __init__(self, status: int, message: str, details: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.status = status
        self.details = details


class NoServer(Exception):
    """There is no server, and none can be started."""
