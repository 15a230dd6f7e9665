"""What control routes answer. Written by tools/answers.py from the server's own description."""
from typing import Any, Dict, List, Literal, TypedDict, Union


class Health(TypedDict):
    status: Literal["ok"]
    version: str
    services: Dict[str, Literal["running"]]


class AccountsAccounts(TypedDict):
    account: str
    "An account id has 12 digits."
    queues: int
    topics: int
    streams: int
    functions: int


class AccountsStandard(TypedDict):
    account: str
    "An account id has 12 digits."
    region: str


class Accounts(TypedDict):
    accounts: List[AccountsAccounts]
    "By their ids, 10,000 at most."
    standard: AccountsStandard
    "Whose a request is that names neither account nor region."


class AppliedChanges(TypedDict):
    action: Literal["created", "changed"]
    type: Literal["queue", "topic", "subscription", "stream", "consumer", "function", "event source"]
    name: str
    account: str
    "An account id has 12 digits."
    region: str
    "The region is one such as us-east-1."
    details: List[str]
    "What differed."


class Applied(TypedDict):
    dryRun: bool
    changes: List[AppliedChanges]
    "In the order of the document."
    unchanged: int
    "How many are as the document declares them."
    notes: List[str]
    "What the document says that means nothing here."


class _Snapshot(TypedDict):
    name: str
    takenAt: str
    entries: int
    "How many entries it has."
    bytes: int
    "About how much memory it counts for."


class Snapshot(_Snapshot, total=False):
    account: str
    "Whose it is; everybody's unless given."


class _ClockState(TypedDict):
    time: str
    isFrozen: bool
    pending: int
    "For how many instants something waits."


class ClockState(_ClockState, total=False):
    account: str
    "Absent when it is the time of every account."


class _DueThing(TypedDict):
    at: str
    inSeconds: float
    "By the clock of the account."
    account: str
    "An account id has 12 digits."
    kind: Literal["visibility-ends", "delay-ends", "retention-ends", "long-poll-ends", "move-task-goes-on", "stream-status-ends", "consumer-status-ends", "queue-status-ends", "subscription-ends", "delivery-is-tried", "channel-flushes", "event-is-attempted", "invocation-begins", "batch-window-ends", "batch-is-retried", "tumbling-window-ends", "records-expire", "stack-wait-ends"]
    resource: str
    "The ARN of what it concerns."
    text: str
    "What happens then: `the delay of message … in queue orders ends`."


class DueThing(_DueThing, total=False):
    messageId: str
    "Or the sequence number of a record, or the request id of an event for a function or of an invocation."


class _NextDue(TypedDict):
    time: str
    isFrozen: bool
    pending: int
    "For how many instants something waits."
    due: List[DueThing]
    "What was due then, 100 things at most."


class NextDue(_NextDue, total=False):
    account: str
    "Absent when it is the time of every account."


class _QueueSettings(TypedDict):
    isFifo: bool
    delaySeconds: float
    visibilityTimeoutSeconds: float
    receiveWaitSeconds: float
    retentionSeconds: float
    maxMessageBytes: int


class QueueSettings(_QueueSettings, total=False):
    contentBasedDeduplication: bool
    deduplicationScope: Literal["queue", "messageGroup"]


class QueueSubscriptions(TypedDict):
    topicArn: str
    arn: str


class _QueueMoveTasks(TypedDict):
    taskId: str
    sourceArn: str
    status: str
    moved: int
    toMove: int


class QueueMoveTasks(_QueueMoveTasks, total=False):
    destinationArn: str
    "Absent when each message goes where it came from."


class _Queue(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    createdAt: str
    modifiedAt: str
    settings: QueueSettings
    visible: int
    "Messages that can be received, those that their group holds back included."
    inFlight: int
    delayed: int
    waitingReceives: int
    "How many receives wait for a message."
    deadLetterSources: List[str]
    "Queues whose dead letters come here, 100 at most."
    subscriptions: List[QueueSubscriptions]
    "Those that lead here, 100 at most."
    moveTasks: List[QueueMoveTasks]
    "Those that are active, to it and from it."


class Queue(_Queue, total=False):
    oldestAgeSeconds: float
    "Absent when there is no message."
    deadLetterQueueArn: str
    maxReceiveCount: int


class _MessageAttributes(TypedDict):
    type: str
    value: str


class MessageAttributes(_MessageAttributes, total=False):
    encoding: Literal["base64"]
    "Of the value, which is bytes."


class _Message(TypedDict):
    id: str
    state: Literal["visible", "held", "in-flight", "delayed"]
    "held: visible, but another one of its group has to leave or come back first."
    body: str
    senderId: str
    sentAt: str
    receiveCount: int
    retentionEndsAt: str


class Message(_Message, total=False):
    attributes: Dict[str, MessageAttributes]
    group: str
    sequenceNumber: str
    deduplicationId: str
    deduplicationEndsAt: str
    "Until then another one with its id counts as its duplicate."
    traceHeader: str
    firstReceivedAt: str
    lastReceivedAt: str
    "From this queue."
    deadLetterSourceArn: str
    "The queue it was dead-lettered from."
    deadLettersNext: bool
    "The next receive sends it to the dead-letter queue."
    visibleAt: str
    "When its delay or its visibility timeout ends, or that of what holds it."
    heldBy: str
    "The id of the message of its group that holds it."


class _DeadLetterQueueSources(TypedDict):
    arn: str


class DeadLetterQueueSources(_DeadLetterQueueSources, total=False):
    maxReceiveCount: int


class DeadLetterQueue(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    visible: int
    "Messages that can be received, those that their group holds back included."
    inFlight: int
    delayed: int
    chain: List[str]
    "Itself, its own dead-letter queue, and so on."
    sources: List[DeadLetterQueueSources]
    "Queues whose dead letters come here, 100 at most."
    subscriptions: List[QueueSubscriptions]
    "Those whose undeliverable messages come here, 100 at most."
    messages: List[Message]
    "The first ten."


class TopicSubscriptions(TypedDict):
    confirmed: int
    pending: int
    deleted: int


class _Topic(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    createdAt: str
    isFifo: bool
    subscriptions: TopicSubscriptions


class Topic(_Topic, total=False):
    contentBasedDeduplication: bool
    deduplicationScope: Literal["topic", "messageGroup"]
    archiveDays: float
    displayName: str


class SubscriptionFilter(TypedDict):
    scope: Literal["MessageAttributes", "MessageBody"]
    sentence: str
    "What it lets through: `type is one of a and b and price is at least 100`."
    demands: List[Dict[str, Any]]
    "Fields with conditions of which one has to be met, or lists of such demands in `either` and `all`."


class _Subscription(TypedDict):
    arn: str
    topicArn: str
    account: str
    "An account id has 12 digits."
    region: str
    owner: str
    "An account id has 12 digits."
    protocol: str
    endpoint: str
    isConfirmed: bool
    createdAt: str
    isRaw: bool
    attributes: Dict[str, str]
    pendingDeliveries: int
    "Deliveries that wait for an attempt or an answer."


class Subscription(_Subscription, total=False):
    filter: SubscriptionFilter
    "Absent when every message is let through."
    deadLetterQueueArn: str
    redelivery: Literal["Pending", "In progress", "Completed", "Failed"]
    "From the archive."


class _SubscriptionMatch(TypedDict):
    arn: str
    protocol: str
    endpoint: str
    wouldGetIt: bool


class SubscriptionMatch(_SubscriptionMatch, total=False):
    reason: str
    "Why it would not: the first condition that is not met."


class _StreamShards(TypedDict):
    shardId: str
    isOpen: bool
    startingHashKey: str
    endingHashKey: str
    startingSequenceNumber: str
    recordCount: int
    bytes: int
    "Of data and partition keys."


class StreamShards(_StreamShards, total=False):
    parentShardId: str
    adjacentParentShardId: str
    endingSequenceNumber: str


class _Stream(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    status: Literal["CREATING", "ACTIVE", "UPDATING", "DELETING"]
    mode: Literal["PROVISIONED", "ON_DEMAND"]
    createdAt: str
    retentionHours: float
    openShardCount: int
    shardCount: int
    "Closed shards included."
    recordCount: int
    bytes: int
    consumerCount: int
    queueCount: int
    shards: List[StreamShards]
    "In the order of their creation, 1,000 at most."


class Stream(_Stream, total=False):
    encryptionKeyId: str


class _Record(TypedDict):
    shardId: str
    sequenceNumber: str
    arrivedAt: str
    data: str
    isEncrypted: bool


class Record(_Record, total=False):
    partitionKey: str
    encoding: Literal["base64"]
    "Of data that is not UTF-8."


class ConsumerSubscriptions(TypedDict):
    shardId: str
    startedAt: str
    endsAt: str
    iteratorAgeSeconds: float
    "How long the next record has been waiting; 0 without one."


class Consumer(TypedDict):
    name: str
    arn: str
    status: Literal["CREATING", "ACTIVE", "UPDATING", "DELETING"]
    createdAt: str
    subscriptions: List[ConsumerSubscriptions]
    "Those that somebody listens to."


class EventSourceMappingFilters(TypedDict):
    pattern: str
    sentence: str
    "What it demands, in words."


class _EventSourceMappingCounters(TypedDict):
    polled: int
    "Messages or records that were read."
    filteredOut: int
    invoked: int
    "Those that were given to the function."
    failedInvoke: int
    "Those whose invocation failed."
    dropped: int
    onFailureDelivered: int
    deleted: int
    "Messages that are done with."


class EventSourceMappingCounters(_EventSourceMappingCounters, total=False):
    iteratorAgeSeconds: float
    "Age of the last record of the latest batch of a stream."


class _EventSourceMapping(TypedDict):
    uuid: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    kind: Literal["queue", "stream"]
    "What it reads."
    sourceArn: str
    "Of a queue, a stream or a consumer of one."
    functionArn: str
    "As it was qualified."
    isEnabled: bool
    createdAt: str
    modifiedAt: str
    batchSize: int
    windowSeconds: float
    filters: List[EventSourceMappingFilters]
    "One of them has to accept what is read; none when all of it is wanted."
    reportsFailures: bool
    "Whether the function says what of a batch failed."
    counters: EventSourceMappingCounters
    "What it did since the emulator started."


class EventSourceMapping(_EventSourceMapping, total=False):
    maximumConcurrency: int
    "Of a queue."
    startingPosition: str
    "Of a stream, as all that follow."
    parallelizationFactor: int
    maximumRetryAttempts: int
    "Absent when there is no limit."
    maximumRecordAgeSeconds: float
    "Absent when there is no limit."
    bisects: bool
    tumblingWindowSeconds: float
    onFailureArn: str
    lastResult: str
    "What became of the latest batch."


class _FunctionCode(TypedDict):
    kind: Literal["archive", "directory", "image", "command", "attach", "inline", "url"]
    "A zip file, a folder that is run where it lies, an image, or what else runs it."
    sha256: str
    bytes: int


class FunctionCode(_FunctionCode, total=False):
    location: str
    "Where the folder, the image or the server is."


class FunctionVersions(TypedDict):
    version: str
    description: str
    modifiedAt: str
    codeSha256: str


class _FunctionAliases(TypedDict):
    name: str
    version: str
    description: str


class FunctionAliases(_FunctionAliases, total=False):
    otherVersion: str
    "The one that gets a share."
    otherShare: float


class _FunctionAsynchronous(TypedDict):
    qualifier: str


class FunctionAsynchronous(_FunctionAsynchronous, total=False):
    maximumRetryAttempts: int
    maximumEventAgeSeconds: float
    onSuccessArn: str
    onFailureArn: str


class _Function(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    description: str
    role: str
    packageType: Literal["Zip", "Image"]
    architecture: str
    timeoutSeconds: float
    memoryMegabytes: int
    modifiedAt: str
    code: FunctionCode
    environmentNames: List[str]
    "Of environment variables; their values are never shown."
    versionCount: int
    "Beside $LATEST."
    versions: List[FunctionVersions]
    "The newest first, 100 at most."
    aliases: List[FunctionAliases]
    "By name, 100 at most."
    asynchronous: List[FunctionAsynchronous]
    "How events are tried again and end, by qualifier, 100 at most."
    eventSources: List[EventSourceMapping]
    "What it is invoked for by mappings, 100 at most."


class Function(_Function, total=False):
    runtime: str
    handler: str
    reservedConcurrency: int
    deadLetterArn: str
    "Where events go that were given up."


class _FunctionEvent(TypedDict):
    requestId: str
    "The same on every attempt."
    functionArn: str
    "As whoever sent the event qualified it."
    account: str
    "An account id has 12 digits."
    region: str
    acceptedAt: str
    ageSeconds: float
    "By the clock of the account."
    failures: int
    "How often the function failed."
    state: Literal["waiting", "attempted"]
    "Whether it waits for its next attempt, or is attempted or about to be."
    payloadBytes: int


class FunctionEvent(_FunctionEvent, total=False):
    nextAttemptTime: str
    "Absent of what is attempted."


class _Invocation(TypedDict):
    time: str
    "When it began, by the clock of the account."
    account: str
    "An account id has 12 digits."
    functionArn: str
    "As the caller qualified it."
    requestId: str
    cause: Literal["client", "event", "mapping"]
    "A client that waits, an event that was queued, or an event source mapping."
    outcome: Literal["answered", "failed", "throttled", "missing", "recursive", "unreachable"]
    durationMs: int
    "In real time."
    eventBytes: int
    event: str
    "The first 4 KB of it."
    log: str
    "The last 4 KB of it."


class Invocation(_Invocation, total=False):
    executedVersion: str
    source: str
    "ARN of the topic, the queue or the stream that the event was made of."
    messageIds: List[str]
    "Of the messages in the event, or the sequence numbers of the records."
    response: str
    "The first 4 KB of what the function answered, or the document of its error."
    reason: str
    "Why it was throttled or stopped, or nobody was there to run it."


_OutboxMessage = TypedDict(
    "_OutboxMessage",
    {
        "topicArn": str,
        "subscriptionArn": str,
        "from": str,
        "subject": str,
        "subscribeUrl": str,
        "smsType": str,
        "parts": int,
        "platform": str,
        "token": str,
        "attributes": Dict[str, str],
    },
    total=False,
)


class OutboxMessage(_OutboxMessage):
    time: str
    account: str
    region: str
    protocol: str
    to: str
    type: Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]
    messageId: str
    body: str


class _Delivery(TypedDict):
    time: str
    account: str
    "An account id has 12 digits."
    topicArn: str
    subscriptionArn: str
    protocol: str
    endpoint: str
    type: Literal["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]
    messageId: str
    result: Literal["delivered", "retrying", "deadLettered", "dropped", "filtered", "pending"]


class Delivery(_Delivery, total=False):
    attempt: int
    "Absent where no attempt was meant to be made."
    reason: str
    statusCode: int
    "What the receiver answered, over HTTP."
    nextAttemptTime: str
    deadLetterTargetArn: str


class _StreamQueuePositions(TypedDict):
    shardId: str
    unseen: int
    "How many records of the shard the queue has never handed out."


class StreamQueuePositions(_StreamQueuePositions, total=False):
    nextSequenceNumber: str
    "Of the first of them; absent when there is none."


class _StreamQueue(TypedDict):
    name: str
    arn: str
    account: str
    "An account id has 12 digits."
    region: str
    streamArn: str
    createdAt: str
    status: Literal["CREATING", "ACTIVE", "UPDATING", "DELETING"]
    visibilityTimeoutSeconds: float
    waitingReceives: int
    "How many receives wait for a record."
    visible: int
    "Records that can be received, whether or not they were before."
    inFlight: int
    "Records that were received, and are neither acknowledged nor visible again."
    deadVisible: int
    "Dead letters that can be received."
    deadInFlight: int
    "Dead letters that were received."
    positions: List[StreamQueuePositions]
    "How far the queue has come in each shard."


class StreamQueue(_StreamQueue, total=False):
    maxReceiveCount: int
    "Absent where no record becomes a dead letter."


class FaultEffect(TypedDict):
    type: str


class _Fault(TypedDict):
    id: str
    seed: str
    effect: FaultEffect
    matched: int
    "How many calls, messages, records, deliveries or invocations it was about."
    fired: int
    "On how many of them it happened."


class Fault(_Fault, total=False):
    service: str
    operation: str
    account: str
    "An account id has 12 digits."
    region: str
    "The region is one such as us-east-1."
    resource: str
    nth: int
    every: int
    probability: float
    times: int


class FaultsAdded(TypedDict):
    seed: str
    faults: List[Fault]


class _Step(TypedDict):
    sequence: int
    "Its place among everything recorded."
    at: str
    account: str
    "An account id has 12 digits."
    region: str
    service: str
    resource: str
    kind: str
    "What it is, such as sent, received, deleted, published, delivered, put."
    text: str
    "A sentence that says what happened."


class Step(_Step, total=False):
    messageId: str
    sequenceNumber: str
    shardId: str
    related: str
    "ARN of the other one that has to do with it."


class Recording(TypedDict):
    isRecording: bool
    "Whether what happens is kept."
    keepsInputs: bool
    "Whether what is sent is kept of each call."


class _Call(TypedDict):
    at: str
    account: str
    "An account id has 12 digits."
    region: str
    outcome: str
    "OK, or the code of the error; Unanswered or BrokenOff where a fault ended the connection."
    durationMs: float
    "In real time."
    requestId: str


class Call(_Call, total=False):
    service: str
    "Absent where the request named none."
    operation: str
    "As the caller spelled it; absent where that cannot be read."
    resource: str
    "As the caller named it."
    input: Dict[str, Any]
    "What was sent, in AWS's names: bytes in base64, instants in seconds, **** for secrets. Absent unless inputs are kept, and where it is long."


class ExplanationRelated(TypedDict):
    message: str
    resource: str
    state: str
    text: str
    "A sentence that says why."


class _ExplanationSteps(TypedDict):
    at: str
    kind: str
    text: str
    "A sentence that says what happened."
    resource: str


class ExplanationSteps(_ExplanationSteps, total=False):
    messageId: str
    sequenceNumber: str
    shardId: str
    related: str


class ExplanationSubscriptions(TypedDict):
    arn: str
    protocol: str
    endpoint: str
    state: str
    text: str
    "A sentence that says why."


class _Explanation(TypedDict):
    message: str
    kind: Literal["queue-message", "notification", "record"]
    resource: str
    "ARN of the queue, topic or stream."
    state: str
    "visible, held, in-flight, delayed, deleted, expired, purged, removed, moved, gone, published or stored."
    text: str
    "A sentence that says why."
    notes: List[str]
    "What else is good to know."
    related: List[ExplanationRelated]
    "Messages that were made of this one, and those that it was made of."
    steps: List[ExplanationSteps]
    "What happened to it, oldest first: 1,000 steps at most."


class Explanation(_Explanation, total=False):
    subscriptions: List[ExplanationSubscriptions]
    "What became of it for each subscription; 100 at most."


class Finding(TypedDict):
    lint: str
    "Names the kind of mistake, such as short-polling."
    resource: str
    "ARN of the queue, subscription or stream."
    text: str
    "What is the matter."
    evidence: str
    "By what it shows."
    advice: str
    "What to do."


class _WaitedMessage(TypedDict):
    sequence: int
    at: str
    resource: str
    kind: str


class WaitedMessage(_WaitedMessage, total=False):
    messageId: str
    sequenceNumber: str
    body: str
    group: str
    attributes: Dict[str, str]


class WaitOutcome(TypedDict):
    holds: bool
    count: int
    "How much there is of what is wanted."
    wanted: int
    text: str
    "How things stand, in a sentence."
    messages: List[WaitedMessage]
    "The latest that count, 100 at most."
