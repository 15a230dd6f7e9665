"""Asks the control routes of a server, of one account or of all."""
import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Dict, List, Mapping, Optional

from .errors import NoServer, WaystationError

#: What fails is shown where a test asked for it.
__tracebackhide__ = True

#: How many items a page has at most, which is asked for unless a test wants fewer.
LARGEST_PAGE = 1000

# A server on this machine is not behind the proxy that others are behind.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Control:
    """The routes below ``/_waystation/``. Inputs that are None are not given."""

    def __init__(self, endpoint: str, account: Optional[str] = None, timeout: Optional[float] = None) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.account = account
        self._timeout = timeout

    def of(self, account: str) -> "Control":
        """The same server, of which an account alone is meant."""
        return Control(self.endpoint, account, self._timeout)

    def within(self, timeout: float) -> "Control":
        """The same, with so many seconds for an answer."""
        return Control(self.endpoint, self.account, timeout)

    @property
    def scope(self) -> Dict[str, Any]:
        """What is said to every route that takes an account."""
        return {} if self.account is None else {"account": self.account}

    def call(self, method: str, path: str, **inputs: Any) -> Any:
        """What the route answers. Raises WaystationError with the sentence that it says."""
        if method == "GET":
            return self._ask(method, f"{path}?{_query(inputs)}", None)
        given = {name: value for name, value in inputs.items() if value is not None}
        return self._ask(method, path, json.dumps(given).encode())

    def post_text(self, path: str, text: str, **inputs: Any) -> Any:
        """The same of a route whose body is a document as it stands."""
        return self._ask("POST", f"{path}?{_query(inputs)}", text.encode())

    def _ask(self, method: str, path: str, data: Optional[bytes]) -> Any:
        url = f"{self.endpoint}/_waystation/{path}"
        request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
        try:
            with _opener.open(request, timeout=self._timeout) as answer:
                return _read(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise _error_of(error.code, _read(error)) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", error)
            said = getattr(reason, "strerror", None) or reason
            advice = " Without --tls it is http:// that a server has." if self.endpoint.startswith("https:") else ""
            raise NoServer(f"No Waystation answers at {self.endpoint}: {said}.{advice}") from error

    def list(self, path: str, member: str, *, limit: Optional[int] = None, **inputs: Any) -> List[Any]:
        """All items of a listing, page by page, or the first so many. Raises WaystationError where nothing was recorded."""
        items: List[Any] = []
        page: Mapping[str, Any] = {}
        while True:
            wanted = LARGEST_PAGE if limit is None else min(limit - len(items), LARGEST_PAGE)
            page = self.call("GET", path, **inputs, limit=wanted, next=page.get("next"))
            if page.get("isRecording") is False:
                raise WaystationError(409, page.get("note", "Nothing is recorded."), {})
            items += page[member]
            if "next" not in page or (limit is not None and len(items) >= limit):
                return items


def _query(given: Mapping[str, Any]) -> str:
    return urllib.parse.urlencode({name: _in_query(value) for name, value in given.items() if value is not None})


def _in_query(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _read(answer: Any) -> Any:
    text = answer.read().decode()
    if "json" in (answer.headers.get("Content-Type") or ""):
        return json.loads(text)
    return text or None


def _error_of(status: int, answer: Any) -> WaystationError:
    if isinstance(answer, dict) and isinstance(answer.get("message"), str):
        details = {name: value for name, value in answer.items() if name != "message"}
        return WaystationError(status, answer["message"], details)
    return WaystationError(status, f"{status} {answer or ''}".strip(), {})
