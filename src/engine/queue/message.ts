import type { HeapItem } from "../../kernel/collection/indexed-heap.ts";
import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import { present } from "../../kernel/present.ts";
import type { ReceiveRequest as AnyReceiveRequest, AttemptReceipt, Received } from "../receive.ts";
import type { MessageIds } from "./message-ids.ts";

export type { MessageAttribute, MessageAttributes } from "../../kernel/message-attribute.ts";

/** A text that many messages share but for who reads it, which is made when it is asked for, or one of which more is known. */
export interface SharedText {
  /** About what it keeps in memory, before it is made and after. */
  readonly characters?: number;
  /** The MD5 of what every reader gets, in hexadecimal digits, where somebody had to compute it already. */
  readonly digest?: string;
  textFor(reader: string): string;
}

/** What a sender hands over. */
export interface NewMessage {
  /** Shared where making the body costs more than sending it and nobody may ever read it. */
  readonly body: string | SharedText;
  readonly senderId: string;
  readonly attributes?: MessageAttributes | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** AWSTraceHeader. */
  readonly traceHeader?: string | undefined;
  /** The queue's delay unless given. */
  readonly delayMs?: number | undefined;
}

/** The content of a message as senders hand it over: shared texts, and bytes that nobody changes. */
export type LiveContent = Pick<NewMessage, "body" | "attributes">;

/** What the sender is told. */
export interface SentMessage {
  /** A UUID. */
  readonly id: string;
  /** Its place in the queue's life. */
  readonly key: number;
  /** Twenty digits; FIFO queues only. */
  readonly sequenceNumber: string | undefined;
}

/** What a receiver asks for. */
export interface ReceiveRequest extends AnyReceiveRequest {
  /** How long it would wait for a message; the queue's wait unless given. One that would not is a short poll. */
  readonly waitMs?: number | undefined;
  /** ReceiveRequestAttemptId; FIFO queues only. */
  readonly attemptId?: string | undefined;
}

/** Names one delivery of a message: `key` is the message's place in its queue's life, `attempt` its receive count then. */
export interface Receipt extends AttemptReceipt {
  readonly key: number;
}

/** A message as one receive returned it. */
export interface ReceivedMessage extends Received<Receipt> {
  readonly message: Message;
}

/** Everything a message takes along when it is dead-lettered. */
export interface TransferredMessage extends NewMessage {
  readonly id: string;
  readonly sentAt: number;
  readonly receiveCount: number;
  readonly firstReceivedAt: number;
  readonly deadLetterSourceArn: string;
}

/** The parts of a message that most messages do without. Kept apart so that a plain one stays small. */
interface MessageExtras {
  /** The id that a message from another queue keeps. */
  readonly id?: string | undefined;
  readonly attributes?: MessageAttributes | undefined;
  readonly deduplicationId?: string | undefined;
  readonly sequenceNumber?: string | undefined;
  readonly traceHeader?: string | undefined;
  readonly deadLetterSourceArn?: string | undefined;
  /** How often other queues let it be received. */
  readonly receivedElsewhere?: number | undefined;
}

/** Where a message was before it came to its present queue. */
export interface MessageOrigin {
  /** The id that it keeps. */
  readonly id: string;
  readonly deadLetterSourceArn: string;
  /** How often other queues let it be received. */
  readonly receivedElsewhere: number;
}

/** What a queue notes about a message from its first receive on. */
export interface MessageDelivery {
  receiveCount: number;
  readonly firstReceivedAt: number;
  receivedAt: number;
  /** What happened since the present receive: a retry got the same answer, or the visibility timeout was changed. */
  since: "nothing" | "repeated" | "changed";
}

/** How many messages are in which state. */
export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** What the messages of one queue have in common, for which none of them has room. */
export interface MessageHome {
  readonly ids: MessageIds;
  /** When the queue was created. */
  readonly createdAt: number;
}

/** What sets a message apart from others of the same content. */
interface MessageIdentity {
  readonly key: number;
  readonly home: MessageHome;
  readonly sentAt: number;
  /** For whom a shared body is made. */
  readonly reader?: string | undefined;
}

/** A message in a queue. Only its queue changes it. */
export class Message implements HeapItem {
  heapSlot = -1;
  state: "delayed" | "visible" | "inFlight" | "gone" = "visible";
  delivery: MessageDelivery | undefined = undefined;
  /** Neighbours in the order in which retention ends. */
  older: Message | undefined = undefined;
  newer: Message | undefined = undefined;
  readonly key: number;
  readonly #home: MessageHome;
  readonly #body: string | SharedText;
  readonly #reader: string | undefined;
  readonly senderId: string;
  /** Counted from the queue's creation: an instant is too large for V8 to keep it in the object, and is one of its own. */
  readonly #sentAfterMs: number;
  readonly groupId: string | undefined;
  readonly #extras: MessageExtras | undefined;

  constructor(
    identity: MessageIdentity,
    content: Pick<NewMessage, "body" | "senderId" | "groupId">,
    extras: MessageExtras | undefined,
  ) {
    this.key = identity.key;
    this.#home = identity.home;
    this.#sentAfterMs = identity.sentAt - identity.home.createdAt;
    this.#body = content.body;
    this.#reader = identity.reader;
    this.senderId = content.senderId;
    this.groupId = content.groupId;
    this.#extras = extras;
  }

  /** A UUID, made anew each time it is read. */
  get id(): string {
    return this.#extras?.id ?? this.#home.ids.of(this.key);
  }

  /** Epoch milliseconds. */
  get sentAt(): number {
    return this.#home.createdAt + this.#sentAfterMs;
  }

  get body(): string {
    return textOf(this.#body, this.#reader);
  }

  /** The MD5 of the body, where it is known. */
  get bodyDigest(): string | undefined {
    return typeof this.#body === "string" ? undefined : this.#body.digest;
  }

  get attributes(): MessageAttributes | undefined {
    return this.#extras?.attributes;
  }

  get deduplicationId(): string | undefined {
    return this.#extras?.deduplicationId;
  }

  get sequenceNumber(): string | undefined {
    return this.#extras?.sequenceNumber;
  }

  get traceHeader(): string | undefined {
    return this.#extras?.traceHeader;
  }

  /** The queue it was dead-lettered from. */
  get deadLetterSourceArn(): string | undefined {
    return this.#extras?.deadLetterSourceArn;
  }

  /** Undefined unless another queue had it first. */
  get origin(): MessageOrigin | undefined {
    const { id, deadLetterSourceArn, receivedElsewhere } = this.#extras ?? {};
    if (id === undefined || deadLetterSourceArn === undefined || receivedElsewhere === undefined) return undefined;
    return { id, deadLetterSourceArn, receivedElsewhere };
  }

  /** Whether it has that id: the one of that key, unless it keeps the one it had elsewhere. */
  isCalled(id: string, key: number | undefined): boolean {
    const kept = this.#extras?.id;
    return kept === undefined ? this.key === key : kept === id;
  }

  get receiveCount(): number {
    return this.delivery?.receiveCount ?? 0;
  }

  /** How often the present queue let it be received. */
  get receiveCountHere(): number {
    return this.receiveCount - (this.#extras?.receivedElsewhere ?? 0);
  }
}

/** What is noted with one more receive. */
export function deliveryAfter(previous: MessageDelivery | undefined, at: number): MessageDelivery {
  const { receiveCount = 0, firstReceivedAt = at } = previous ?? {};
  return { receiveCount: receiveCount + 1, firstReceivedAt, receivedAt: at, since: "nothing" };
}

/** What was noted before the latest receive, as far as is known; undefined if that was the first. */
export function deliveryBefore({
  receiveCount,
  firstReceivedAt,
  receivedAt,
}: MessageDelivery): MessageDelivery | undefined {
  if (receiveCount === 1) return undefined;
  return { receiveCount: receiveCount - 1, firstReceivedAt, receivedAt, since: "nothing" };
}

/** A message that another queue gave up on, as it is in the queue where it arrives. */
export function arrivedMessage(
  transferred: TransferredMessage,
  { at, ...identity }: MessageIdentity & { readonly at: number },
  sequence: string | undefined,
): Message {
  const { id, receiveCount, firstReceivedAt, deadLetterSourceArn } = transferred;
  const moved = { id, deadLetterSourceArn, receivedElsewhere: receiveCount };
  const message = new Message(identity, transferred, { ...extrasOf(transferred, sequence), ...moved });
  message.delivery = { receiveCount, firstReceivedAt, receivedAt: at, since: "nothing" };
  return message;
}

/** The text itself, made now for that reader if it is shared. */
export function textOf(body: string | SharedText, reader = ""): string {
  return typeof body === "string" ? body : body.textFor(reader);
}

/** The delivery of a message that was received. */
export function deliveryOf(message: Message): MessageDelivery {
  return present(message.delivery, "the delivery of a received message");
}

/** The message as its present receive returned it. */
export function asReceived(message: Message): ReceivedMessage {
  const { key, receiveCount } = message;
  const { firstReceivedAt } = deliveryOf(message);
  return { message, receipt: { key, attempt: receiveCount }, receiveCount, firstReceivedAt };
}

/** The message as it leaves the queue of that ARN for a dead-letter queue. */
export function transferOf(message: Message, deadLetterSourceArn: string): TransferredMessage {
  const { id, body, senderId, groupId, sentAt, attributes, deduplicationId, traceHeader, receiveCount } = message;
  const firstReceivedAt = message.delivery?.firstReceivedAt ?? sentAt;
  const content = { body, senderId, groupId, attributes, deduplicationId, traceHeader };
  return { ...content, id, sentAt, receiveCount, firstReceivedAt, deadLetterSourceArn };
}

/**
 * The message as a move task sends it. It is a new one; by its id, no queue that accepted one like it lately takes it for
 * a duplicate.
 */
export function movedCopyOf({
  id,
  body,
  senderId,
  attributes,
  groupId,
  deduplicationId,
  traceHeader,
}: Message): NewMessage {
  const ownId = deduplicationId === undefined ? undefined : id;
  return { body, senderId, attributes, groupId, deduplicationId: ownId, traceHeader, delayMs: 0 };
}

/** What a message has beside the parts that all of them have; undefined for a plain one. */
export function extrasOf(message: NewMessage, sequence: string | undefined): MessageExtras | undefined {
  const { attributes, deduplicationId, traceHeader } = message;
  const isPlain = !attributes && deduplicationId === undefined && !traceHeader && sequence === undefined;
  return isPlain ? undefined : { attributes, deduplicationId, traceHeader, sequenceNumber: sequence };
}
