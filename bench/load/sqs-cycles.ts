import type { Cycle } from "./load.ts";

const BATCH = 10;

/** What every message carries: 256 bytes. */
export const MESSAGE_BODY = "m".repeat(256);

/** One message after another. */
export function sendCycle(queueUrl: string): Cycle {
  const send = JSON.stringify({ QueueUrl: queueUrl, MessageBody: MESSAGE_BODY });
  return async (ask) => {
    await ask("SendMessage", send);
  };
}

/** Sends a message, receives one and deletes it. */
export function messageCycle(queueUrl: string, body = MESSAGE_BODY): Cycle {
  const send = JSON.stringify({ QueueUrl: queueUrl, MessageBody: body });
  const take = takeCycle(queueUrl);
  return async (ask) => {
    await ask("SendMessage", send);
    await take(ask);
  };
}

/** As `messageCycle`, the messages going to each of the groups in turn. */
export function fifoCycle(queueUrl: string, groups: readonly string[]): Cycle {
  const take = takeCycle(queueUrl);
  let sent = 0;
  return async (ask) => {
    const group = groups[sent % groups.length]!;
    await ask("SendMessage", JSON.stringify({ QueueUrl: queueUrl, ...fifoMessage(group, `cycle-${sent++}`) }));
    await take(ask);
  };
}

/** Sends a batch of ten, receives ten and deletes them. */
export function batchCycle(queueUrl: string): Cycle {
  const entries = Array.from({ length: BATCH }, (_, index) => ({ Id: String(index), MessageBody: MESSAGE_BODY }));
  const send = JSON.stringify({ QueueUrl: queueUrl, Entries: entries });
  const receive = JSON.stringify({ QueueUrl: queueUrl, MaxNumberOfMessages: BATCH });
  return async (ask) => {
    await ask("SendMessageBatch", send);
    const handles = receiptHandles((await ask("ReceiveMessage", receive)).body);
    const named = handles.map((handle, index) => ({ Id: String(index), ReceiptHandle: handle }));
    await ask("DeleteMessageBatch", JSON.stringify({ QueueUrl: queueUrl, Entries: named }));
  };
}

export function groupNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `group-${index}`);
}

export function fifoMessage(group: string, deduplicationId: string): object {
  return { MessageBody: MESSAGE_BODY, MessageGroupId: group, MessageDeduplicationId: deduplicationId };
}

/** Receipt handles in an answer of ReceiveMessage; throws when there are none. */
export function receiptHandles(answer: string): readonly string[] {
  const handles = Array.from(answer.matchAll(/"ReceiptHandle":"([^"]+)"/g), ([, handle]) => handle!);
  if (handles.length === 0) throw new Error(`A receive found nothing: ${answer}`);
  return handles;
}

/** Receives a message and deletes it. */
export function takeCycle(queueUrl: string): Cycle {
  const receive = JSON.stringify({ QueueUrl: queueUrl });
  return async (ask) => {
    const [handle] = receiptHandles((await ask("ReceiveMessage", receive)).body);
    await ask("DeleteMessage", JSON.stringify({ QueueUrl: queueUrl, ReceiptHandle: handle }));
  };
}
