"""What is good to know when a test has failed."""
import json
from typing import Any, Dict, Iterator, List

from .answers import Queue
from .errors import NoServer, WaystationError
from .waystation import Waystation

_MOST_LINES = 24
_MOST_MESSAGES = 3
_MOST_LOGGED = 5


def hint(account: Waystation, log: str) -> str:
    """Where its messages are and why, what was refused, and what is likely to be a mistake."""
    lines = [f"Account {account.account_id} at {account.endpoint}"]
    try:
        for line in _found(account):
            lines.append(line)
            if len(lines) >= _MOST_LINES:
                break
    except (NoServer, WaystationError) as error:
        lines.append(str(error))
    lines += [_said(line) for line in _lines_of(log, account)][:_MOST_LOGGED]
    lines.append("More: waystation.explain(message_id)[\"text\"], waystation.history(), waystation.calls().")
    return "\n".join(lines)


def _found(account: Waystation) -> Iterator[str]:
    queues = account.queues()
    for queue in queues:
        name, region = queue["name"], queue["region"]
        yield f"{name} in {region}: {queue['visible']} visible, {queue['inFlight']} in flight, {queue['delayed']} delayed"
        yield from _messages(account, queue)
    for finding in account.report():
        yield f"{finding['text']} {finding['evidence']} {finding['advice']}"


def _messages(account: Waystation, queue: Queue) -> Iterator[str]:
    for message in account.queue(queue["name"], queue["region"]).messages(limit=_MOST_MESSAGES):
        yield "  " + account.explain(message["id"], queue["region"])["text"]


def _lines_of(log: str, account: Waystation) -> Iterator[Dict[str, Any]]:
    """What the log says of the account: requests that were refused, deliveries that reached nobody."""
    for text in log.splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue  # what a program says that the server was started through
        if isinstance(line, dict) and line.get("account") == account.account_id:
            yield line


def _said(line: Dict[str, Any]) -> str:
    what = " ".join(str(line[name]) for name in ("operation", "resource") if name in line)
    said = f"{what}: {line.get('errorMessage') or line.get('msg')}"
    return f"{said} ({line['hint']})" if "hint" in line else said
