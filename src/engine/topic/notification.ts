import type { MessageAttributes } from "../../kernel/message-attribute.ts";

/** What a publisher hands over. */
export interface NewNotification {
  /** The text as published; with a `structure`, the one that content-based deduplication hashes. */
  readonly message: string;
  /** `MessageStructure=json`: the text per protocol, `default` among them. */
  readonly structure?: Readonly<Record<string, string>> | undefined;
  readonly subject?: string | undefined;
  readonly attributes?: MessageAttributes | undefined;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  /** X-Ray trace header of the request. */
  readonly traceHeader?: string | undefined;
  /** Scheme and authority the publisher used; links in the delivered message lead there. */
  readonly origin: string;
}

/** What the publisher is told. */
export interface PublishedNotification {
  readonly id: string;
  /** Twenty digits; FIFO topics only. */
  readonly sequenceNumber: string | undefined;
}

/** AWS's numbers have twenty digits; those seen on topics start like this and come in steps. */
const FIRST_SEQUENCE_NUMBER = 10_000_000_000_000_000_000n;
const SEQUENCE_STEP = 1_000n;

/** The sequence number of the topic's message of that rank, counted from 0: twenty digits, greater for later messages. */
export function topicSequenceNumber(rank: number): string {
  return String(FIRST_SEQUENCE_NUMBER + BigInt(rank + 1) * SEQUENCE_STEP);
}

/**
 * A message a topic accepted: the same for every subscription, except for what `messageFor` chooses. It is one object with its
 * content, since queues and logs keep very many, and the collector minds how many objects there are.
 */
export class Notification implements PublishedNotification, NewNotification {
  readonly id: string;
  readonly sequenceNumber: string | undefined;
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  readonly message: string;
  readonly structure: NewNotification["structure"];
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes | undefined;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly traceHeader: string | undefined;
  readonly origin: string;

  constructor(identity: PublishedNotification & { readonly publishedAt: number }, content: NewNotification) {
    this.id = identity.id;
    this.sequenceNumber = identity.sequenceNumber;
    this.publishedAt = identity.publishedAt;
    this.message = content.message;
    this.structure = content.structure;
    this.subject = content.subject;
    this.attributes = content.attributes;
    this.groupId = content.groupId;
    this.deduplicationId = content.deduplicationId;
    this.traceHeader = content.traceHeader;
    this.origin = content.origin;
  }

  /** What the publisher handed over, made anew. */
  get content(): NewNotification {
    const { message, structure, subject, attributes, groupId, deduplicationId, traceHeader, origin } = this;
    return { message, structure, subject, attributes, groupId, deduplicationId, traceHeader, origin };
  }

  /** Characters of everything in it, which is what it costs to keep. */
  get characters(): number {
    const { message, structure, subject = "", attributes } = this;
    return message.length + subject.length + charactersOfTexts(structure) + charactersOfAttributes(attributes);
  }

  /** The text a subscription of that protocol, or a mobile platform, gets. */
  messageFor(protocol: string): string {
    const { structure, message } = this;
    return structure === undefined ? message : (structure[protocol] ?? structure.default ?? message);
  }
}

function charactersOfTexts(texts: Readonly<Record<string, string>> | undefined): number {
  if (texts === undefined) return 0;
  let sum = 0;
  for (const name in texts) sum += name.length + (texts[name]?.length ?? 0);
  return sum;
}

/** Those of message attributes; a byte counts as a character. */
export function charactersOfAttributes(attributes: MessageAttributes | undefined): number {
  if (attributes === undefined) return 0;
  let sum = 0;
  for (const name in attributes) sum += name.length + (attributes[name]?.value.length ?? 0);
  return sum;
}
