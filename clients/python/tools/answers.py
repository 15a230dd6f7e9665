"""Writes the types of what control routes answer, as the server describes them, into waystation_testing/answers.py."""
import json
import keyword
import pathlib
import sys
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
TARGET = HERE.parent / "src" / "waystation_testing" / "answers.py"

HEADING = '''"""What control routes answer. Written by tools/answers.py from the server's own description."""
from typing import Any, Dict, List, Literal, TypedDict, Union
'''

# What is named, and where it is: a route, and the way to it in the answer, where [] leads to the items of a list.
NAMED = {
    "Health": ("get", "health"),
    "Accounts": ("get", "accounts"),
    "Applied": ("post", "apply"),
    "Snapshot": ("get", "snapshots", "snapshots", "[]"),
    "ClockState": ("get", "clock"),
    "DueThing": ("get", "clock/due", "due", "[]"),
    "NextDue": ("post", "clock/advance-to-next"),
    "Queue": ("get", "queues", "queues", "[]"),
    "Message": ("get", "queues/messages", "messages", "[]"),
    "DeadLetterQueue": ("get", "dead-letters", "deadLetterQueues", "[]"),
    "Topic": ("get", "topics", "topics", "[]"),
    "Subscription": ("get", "subscriptions", "subscriptions", "[]"),
    "SubscriptionMatch": ("post", "topics/match", "subscriptions", "[]"),
    "Stream": ("get", "streams", "streams", "[]"),
    "Record": ("get", "streams/records", "records", "[]"),
    "Consumer": ("get", "consumers", "consumers", "[]"),
    "EventSourceMapping": ("get", "event-source-mappings", "mappings", "[]"),
    "Function": ("get", "functions", "functions", "[]"),
    "FunctionEvent": ("get", "function-events", "events", "[]"),
    "Invocation": ("get", "invocations", "invocations", "[]"),
    "OutboxMessage": ("get", "outbox", "messages", "[]"),
    "Delivery": ("get", "deliveries", "deliveries", "[]"),
    "StreamQueue": ("get", "stream-queues", "queues", "[]"),
    "Fault": ("get", "faults", "faults", "[]"),
    "FaultsAdded": ("post", "faults"),
    "Step": ("get", "history", "steps", "[]"),
    "Recording": ("post", "history"),
    "Call": ("get", "calls", "calls", "[]"),
    "Explanation": ("get", "explain"),
    "Finding": ("get", "report", "findings", "[]"),
    "WaitedMessage": ("post", "wait", "messages", "[]"),
    "WaitOutcome": ("post", "wait"),
}
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


class Writer:
    def __init__(self):
        self.classes = []
        self._known = {}

    def type_of(self, schema, name):
        """The type of a schema, in the name of what it would be called if it is an object."""
        if "const" in schema:
            return f"Literal[{json.dumps(schema['const'])}]"
        if "enum" in schema:
            return f"Literal[{', '.join(json.dumps(value) for value in schema['enum'])}]"
        kind = schema.get("type")
        if isinstance(kind, list):
            return f"Union[{', '.join(self.type_of({**schema, 'type': one}, name) for one in kind)}]"
        if kind == "array":
            return f"List[{self.type_of(schema.get('items', {}), name)}]"
        if kind == "object" and "properties" in schema:
            return self.class_of(schema, name)
        if kind == "object":
            values = schema.get("additionalProperties", {})
            return f"Dict[str, {self.type_of(values, name) if isinstance(values, dict) else 'Any'}]"
        return SCALARS.get(kind, "Any")

    def class_of(self, schema, name):
        """A class, once for each form, so that what is the same has the same name."""
        form = json.dumps(schema, sort_keys=True)
        if form in self._known:
            return self._known[form]
        self._known[form] = name
        required = set(schema.get("required", []))
        members = [(key, self.type_of(value, name + key[0].upper() + key[1:]), value.get("description"))
                   for key, value in schema["properties"].items()]
        if any(keyword.iskeyword(key) for key, _, _ in members):
            return self.functional(members, required, name)
        always = [member for member in members if member[0] in required]
        sometimes = [member for member in members if member[0] not in required]
        if always and sometimes:
            self.write(f"class _{name}(TypedDict):", always)
            self.write(f"class {name}(_{name}, total=False):", sometimes)
        elif sometimes:
            self.write(f"class {name}(TypedDict, total=False):", sometimes)
        else:
            self.write(f"class {name}(TypedDict):", always)
        return name

    def functional(self, members, required, name):
        """A class with members that are words of Python, which can only be written as a call."""
        always = {key: kind for key, kind, _ in members if key in required}
        sometimes = {key: kind for key, kind, _ in members if key not in required}
        rows = "".join(f"        {json.dumps(key)}: {kind},\n" for key, kind in sometimes.items())
        self.classes.append(f'_{name} = TypedDict(\n    "_{name}",\n    {{\n{rows}    }},\n    total=False,\n)')
        self.write(f"class {name}(_{name}):", [(key, kind, None) for key, kind in always.items()])
        return name

    def write(self, head, members):
        lines = [head]
        for key, kind, description in members:
            lines.append(f"    {key}: {kind}")
            if description is not None:
                lines.append(f"    {json.dumps(description, ensure_ascii=False)}")
        self.classes.append("\n".join(lines))


def schema_at(paths, method, path, *way):
    content = paths[f"/_waystation/{path}"][method]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"]
    for step in way:
        schema = schema["items"] if step == "[]" else schema["properties"][step]
    return schema


def written(description):
    """The text of the module, for a server's description of its routes."""
    writer = Writer()
    for name, place in NAMED.items():
        writer.type_of(schema_at(description["paths"], *place), name)
    return "\n\n\n".join([HEADING.rstrip(), *writer.classes]) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent / "src"))
    from waystation_testing import start

    with start() as server:
        with urllib.request.urlopen(f"{server.endpoint}/_waystation/openapi.json") as answer:
            TARGET.write_text(written(json.load(answer)), "utf-8")
