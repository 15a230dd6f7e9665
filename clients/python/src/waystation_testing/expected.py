"""What tests expect of messages, lengths of time and instants, as control routes are told."""
import re
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, List, Mapping, Optional, Pattern, Union

#: A message: a text that is its body, a regular expression that is found in it, or an object. An object whose members are
#: all those of a match, ``{"json": …}`` or ``{"contains": …}``, is one; any other is a part of the body's JSON.
Expected = Union[str, Pattern[str], Mapping[str, Any], List[Any]]

#: A text such as ``30s``, ``5m``, ``2d`` or ``PT1H``, or a timedelta. Never a number: milliseconds look like seconds.
Duration = Union[str, timedelta]

#: A text in ISO 8601, or a datetime, which is in local time unless it says otherwise.
Instant = Union[str, datetime]


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_anything(_: Any) -> bool:
    return True


_FORM: Dict[str, Callable[[Any], bool]] = {
    "id": _is_text,
    "body": _is_text,
    "contains": _is_text,
    "pattern": _is_text,
    "json": _is_anything,
    "path": _is_text,
    "equals": _is_anything,
    "attributes": lambda value: isinstance(value, Mapping),
    "group": _is_text,
}

_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}


def match_of(expected: Optional[Expected]) -> Optional[Mapping[str, Any]]:
    """A match in full."""
    if expected is None:
        return None
    if isinstance(expected, str):
        return {"body": expected}
    if isinstance(expected, re.Pattern):
        flags = "".join(letter for flag, letter in _FLAGS.items() if expected.flags & flag)
        return {"pattern": f"(?{flags}){expected.pattern}" if flags else expected.pattern}
    if isinstance(expected, Mapping) and expected and all(
        name in _FORM and _FORM[name](value) for name, value in expected.items()
    ):
        return expected
    return {"json": expected}


def text_of_duration(duration: Optional[Duration], name: str) -> Optional[str]:
    """Raises TypeError for a number, which may be seconds or milliseconds."""
    if duration is None or isinstance(duration, str):
        return duration
    if isinstance(duration, timedelta):
        return f"{duration // timedelta(milliseconds=1)}ms"
    raise TypeError(f'{name} is a timedelta or a text such as "30s", "5m", "2d" or "PT1H", not {duration!r}.')


def text_of_instant(instant: Optional[Instant]) -> Optional[str]:
    """An instant in ISO 8601."""
    if not isinstance(instant, datetime):
        return instant
    return instant.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
