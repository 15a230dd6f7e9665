"""A server as a test sees it: of one account, or of all."""
import os
import pathlib
from typing import Any, Dict, List, Mapping, Optional, Union, cast

from . import aws
from .answers import Accounts, Applied, Call, DeadLetterQueue, Delivery, EventSourceMapping, Explanation, Finding
from .answers import Function, FunctionEvent, Health, Invocation, OutboxMessage, Queue, Recording, Snapshot, Step, Stream
from .answers import Topic, WaitedMessage, WaitOutcome
from .clock import Clock
from .control import Control
from .expected import Duration, Expected, Instant, text_of_instant
from .faults import Faults
from .queue import QueueHandle
from .stream import StreamHandle
from .topic import TopicHandle
from .waiting import expect_none, until, until_messages

#: What fails is shown where a test asked for it.
__tracebackhide__ = True


class Waystation:
    """What a test does with a server beside AWS's API. What is refused raises WaystationError with a sentence."""

    def __init__(self, control: Control, region: str = aws.REGION) -> None:
        self._control = control
        self.region = region
        #: Time, of the account or of all.
        self.clock = Clock(control)
        #: What goes wrong on purpose.
        self.faults = Faults(control)

    @property
    def endpoint(self) -> str:
        """Where clients of AWS go."""
        return self._control.endpoint

    @property
    def account_id(self) -> Optional[str]:
        """The account it is about, which is the access key id of its clients; every account if None."""
        return self._control.account

    def account(self, id: str) -> "Waystation":
        """The same of one account alone: its queues, its time, its faults."""
        return Waystation(self._control.of(id), self.region)

    def environment(self, mixed: bool = False) -> Dict[str, str]:
        """Variables by which clients of AWS come here; ``mixed``, those of SQS, SNS and Kinesis alone."""
        return aws.environment(self.endpoint, self.region, self.account_id, mixed)

    def client(self, service: str, **options: Any) -> Any:
        """A boto3 client of this account; options are those of ``boto3.client``."""
        return aws.client(service, self.endpoint, self.region, self.account_id, options)

    def queue(self, queue: str, region: Optional[str] = None) -> QueueHandle:
        """A queue by name, URL or ARN. It need not be there yet."""
        return QueueHandle(self._control, queue, region)

    def topic(self, topic: str, region: Optional[str] = None) -> TopicHandle:
        """A topic by name or ARN. It need not be there yet."""
        return TopicHandle(self._control, topic, region)

    def stream(self, stream: str, region: Optional[str] = None) -> StreamHandle:
        """A Kinesis stream by name or ARN. It need not be there yet."""
        return StreamHandle(self._control, stream, region)

    def health(self) -> Health:
        """The version of the server and the services that run."""
        return cast(Health, self._control.call("GET", "health"))

    def accounts(self) -> Accounts:
        """Which accounts have something, and which account and region are meant where none is named."""
        return cast(Accounts, self._control.call("GET", "accounts"))

    def apply(
        self,
        document: Union[str, "os.PathLike[str]"],
        dry_run: bool = False,
        *,
        directory: Union[str, "os.PathLike[str]", None] = None,
    ) -> Applied:
        """Has queues, topics, streams and functions be as a document declares them, or tells what that would change.

        The document is a text, or its file as a path: ``Path("waystation.yaml")``. Relative directories of functions start
        at ``directory``; unless that is given, at the folder of the file.
        """
        if isinstance(document, str):
            text = document
        else:
            text = pathlib.Path(document).read_text("utf-8")
            directory = os.path.dirname(document) if directory is None else directory
        folder = None if directory is None else os.path.abspath(directory)
        return cast(Applied, self._control.post_text("apply", text, dryRun=dry_run, directory=folder))

    def export(self, format: str = "yaml") -> str:
        """The document that declares what there is, without messages, in YAML or JSON."""
        return cast(str, self._control.call("GET", "export", format=format, **self._control.scope))

    def reset(self) -> None:
        """Forgets everything, or everything of the account, and puts its clock back on the machine's time."""
        self._control.call("POST", "reset", **self._control.scope)

    def wait(
        self,
        condition: str,
        *,
        timeout: Optional[Duration] = None,
        within: Optional[Duration] = None,
        **inputs: Any,
    ) -> WaitOutcome:
        """Waits for any condition of the route: ``wait("visible", queue="jobs", count=2)``."""
        return until(self._control, condition, timeout=timeout, within=within, **inputs)

    def settled(self, *, timeout: Optional[Duration] = None, within: Optional[Duration] = None) -> None:
        """Waits until nothing is under way between services, and nothing is due now."""
        until(self._control, "settled", timeout=timeout, within=within)

    def wait_for_message(self, expected: Optional[Expected] = None, **options: Any) -> WaitedMessage:
        """Waits for a message anywhere, and gives it. Options are those of a queue's."""
        return until_messages(self._control, expected, **options)[0]

    def expect_no_message(self, expected: Optional[Expected] = None, **options: Any) -> None:
        """Has time pass without such a message anywhere. Raises WaystationError as soon as there is one."""
        expect_none(self._control, expected, **options)

    def queues(self, region: Optional[str] = None) -> List[Queue]:
        """All queues, with their settings and counts."""
        return self._control.list("queues", "queues", region=region, **self._control.scope)

    def topics(self, region: Optional[str] = None) -> List[Topic]:
        """All topics, with how many subscriptions they have."""
        return self._control.list("topics", "topics", region=region, **self._control.scope)

    def streams(self, region: Optional[str] = None) -> List[Stream]:
        """All streams, with their shards."""
        return self._control.list("streams", "streams", region=region, **self._control.scope)

    def functions(self, region: Optional[str] = None) -> List[Function]:
        """All Lambda functions, with their settings, versions and event sources."""
        return self._control.list("functions", "functions", region=region, **self._control.scope)

    def event_source_mappings(self, region: Optional[str] = None, **filters: Any) -> List[EventSourceMapping]:
        """What Lambda functions read, and what came of it: by ``function``, ``source``."""
        inputs = {**filters, **self._control.scope}
        return self._control.list("event-source-mappings", "mappings", region=region, **inputs)

    def invocations(self, **filters: Any) -> List[Invocation]:
        """How functions were invoked and what came of it, oldest first: by ``function``, ``message``."""
        return self._control.list("invocations", "invocations", **filters, **self._control.scope)

    def function_events(self, region: Optional[str] = None, **filters: Any) -> List[FunctionEvent]:
        """Events that wait for Lambda functions, or are being attempted: by ``function``."""
        inputs = {**filters, **self._control.scope}
        return self._control.list("function-events", "events", region=region, **inputs)

    def dead_letters(self, region: Optional[str] = None) -> List[DeadLetterQueue]:
        """All dead-letter queues, with what sends to them and their first messages."""
        return self._control.list("dead-letters", "deadLetterQueues", region=region, **self._control.scope)

    def calls(self, *, since: Optional[Instant] = None, limit: Optional[int] = None, **filters: Any) -> List[Call]:
        """The calls of AWS's APIs with what became of them, oldest first: by ``operation``, ``resource``, ``outcome``."""
        inputs = {**filters, "since": text_of_instant(since), **self._control.scope}
        return self._control.list("calls", "calls", limit=limit, **inputs)

    def history(self, *, since: Optional[Instant] = None, limit: Optional[int] = None, **filters: Any) -> List[Step]:
        """What happened, step by step, oldest first: by ``resource``, ``message``, ``kind``."""
        inputs = {**filters, "since": text_of_instant(since), **self._control.scope}
        return self._control.list("history", "steps", limit=limit, **inputs)

    def record_history(self, recording: bool, inputs: Optional[bool] = None) -> Recording:
        """Has what happens recorded from now on, or not any more; with ``inputs`` what is sent with each call as well."""
        return cast(Recording, self._control.call("POST", "history", recording=recording, inputs=inputs))

    def explain(self, message: str, region: Optional[str] = None) -> Explanation:
        """Tells where a message, a publish or a record is and why, in a sentence, and how it came there."""
        asked = {"message": message, "region": region, **self._control.scope}
        return cast(Explanation, self._control.call("GET", "explain", **asked))

    def report(self, region: Optional[str] = None) -> List[Finding]:
        """What is likely to be a mistake, with evidence and advice."""
        return self._control.list("report", "findings", region=region, **self._control.scope)

    def outbox(
        self, *, protocol: Optional[str] = None, to: Optional[str] = None, limit: Optional[int] = None
    ) -> List[OutboxMessage]:
        """Mails, text messages and pushes that would have left the machine, oldest first."""
        inputs = {"protocol": protocol, "to": to, **self._control.scope}
        return self._control.list("outbox", "messages", limit=limit, **inputs)

    def opt_out(self, number: str, region: Optional[str] = None) -> None:
        """Has a phone number opt out of text messages, as answering STOP does."""
        self._control.call("POST", "opt-outs", number=number, region=region, **self._control.scope)

    def deliveries(
        self, *, topic: Optional[str] = None, subscription: Optional[str] = None, limit: Optional[int] = None
    ) -> List[Delivery]:
        """What became of SNS messages, attempt by attempt, oldest first."""
        inputs = {"topic": topic, "subscription": subscription, **self._control.scope}
        return self._control.list("deliveries", "deliveries", limit=limit, **inputs)

    def snapshot(self, name: str, document: Optional[str] = None) -> Snapshot:
        """Keeps what there is by that name, or what a document holds."""
        if document is not None:
            return cast(Snapshot, self._control.call("POST", "snapshots/document", name=name, document=document))
        return cast(Snapshot, self._control.call("POST", "snapshots", name=name, **self._control.scope))

    def restore(self, world: Union[str, Mapping[str, str]]) -> None:
        """Brings back what a snapshot holds, or ``{"document": …}``; what there is now is forgotten."""
        given = {"name": world} if isinstance(world, str) else world
        self._control.call("POST", "snapshots/restore", **given, **self._control.scope)

    def snapshots(self) -> List[Snapshot]:
        """The snapshots there are."""
        return cast(List[Snapshot], self._control.call("GET", "snapshots")["snapshots"])

    def delete_snapshot(self, name: str) -> None:
        """Forgets a snapshot."""
        self._control.call("DELETE", "snapshots", name=name)

    def document(self, name: Optional[str] = None, with_secrets: bool = False) -> str:
        """A snapshot as text, or what there is now: a line for each entry, to be compared, edited and restored.

        Secrets are left out unless they are wanted.
        """
        given = {"name": name, "withSecrets": with_secrets, **self._control.scope}
        return cast(str, self._control.call("GET", "snapshots/document", **given))

    def fork(self, to: str) -> "Waystation":
        """Copies everything of the account into one that has nothing yet, and gives that."""
        self._control.call("POST", "fork", **{"from": self.account_id, "to": to})
        return self.account(to)


def connect(endpoint: str, account: Optional[str] = None, region: str = aws.REGION) -> Waystation:
    """A server that runs already. Nothing is sent before it is asked for something."""
    return Waystation(Control(endpoint, account), region)
