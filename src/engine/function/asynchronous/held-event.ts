import type { HeapItem } from "../../../kernel/collection/indexed-heap.ts";
import type { FunctionResponse, OwedEvent } from "./owed-event.ts";

/** What an event counts for beside its texts. */
const EVENT_BYTES = 500;

/** An event in the state. */
export class HeldEvent implements HeapItem {
  heapSlot = -1;
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly traceId: string | undefined;
  readonly source: string | undefined;
  readonly messageIds: readonly string[] | undefined;
  readonly acceptedAt: number;
  /** Its place among all that were taken. */
  readonly order: number;
  dueAt: number;
  attempts: number;
  postponements: number;
  /** Of its texts, and something for itself. */
  bytes: number;
  #response: FunctionResponse | undefined;

  constructor(owed: OwedEvent, order: number) {
    this.requestId = owed.requestId;
    this.functionArn = owed.functionArn;
    this.payload = owed.payload;
    this.traceId = owed.traceId;
    this.source = owed.source;
    this.messageIds = owed.messageIds;
    this.acceptedAt = owed.acceptedAt;
    this.dueAt = owed.dueAt;
    this.attempts = owed.attempts;
    this.postponements = owed.postponements;
    this.order = order;
    this.bytes = EVENT_BYTES + Buffer.byteLength(owed.payload);
    this.response = owed.response;
  }

  get response(): FunctionResponse | undefined {
    return this.#response;
  }

  set response(response: FunctionResponse | undefined) {
    this.bytes += bytesOf(response) - bytesOf(this.#response);
    this.#response = response;
  }

  /** All of it as data. */
  get owed(): OwedEvent {
    const { requestId, functionArn, payload, acceptedAt, dueAt, attempts, postponements } = this;
    const { traceId, source, messageIds, response } = this;
    return {
      ...{ requestId, functionArn, payload, acceptedAt, dueAt, attempts, postponements },
      ...(traceId !== undefined && { traceId }),
      ...(source !== undefined && { source }),
      ...(messageIds !== undefined && { messageIds }),
      ...(response !== undefined && { response }),
    };
  }
}

function bytesOf(response: FunctionResponse | undefined): number {
  return response === undefined ? 0 : Buffer.byteLength(response.payload);
}
