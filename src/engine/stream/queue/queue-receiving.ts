import { present } from "../../../kernel/present.ts";
import { type Received, type ReceiveRequest, visibleAgainAt } from "../../receive.ts";
import type { Ledger } from "../ledger.ts";
import { recordBytes, type StoredRecord } from "../shard/record.ts";
import type { Shard } from "../shard/shard.ts";
import type { QueueReceipt } from "./queue-receipt.ts";
import type { QueueState } from "./queue-state.ts";

/** Data and keys of one answer, unless a single record exceeds that. AWS: that of GetRecords; of queues it is not known. */
const MOST_BYTES = 10 * 1024 * 1024;

/** What a receiver asks for. */
export interface QueueReceiveRequest extends ReceiveRequest {
  /** Dead letters instead of all others. */
  readonly isDead: boolean;
}

/** A record as one receive returned it. */
export interface ReceivedQueueRecord extends Received<QueueReceipt> {
  readonly record: StoredRecord;
}

interface NextRecord {
  readonly shard: Shard;
  readonly index: number;
  readonly record: StoredRecord;
}

/** Takes the next records into flight. A timeout of zero ends only afterwards, so that none is received twice. */
export function receiveRecords(
  request: QueueReceiveRequest,
  at: number,
  queue: QueueState,
  ledger: Ledger,
): readonly ReceivedQueueRecord[] {
  const { max, isDead } = request;
  const visibleAt = visibleAgainAt(at, request, queue.settings);
  const limit = ledger.rules.quotas.inFlightQueueRecords;
  const { records, identity } = queue;
  const received: ReceivedQueueRecord[] = [];
  let bytes = 0;
  ledger.together(() => {
    while (received.length < max && (isDead ? records.deadInFlight : records.inFlight) < limit) {
      const next = nextRecord(queue, isDead, ledger.state.horizon);
      if (next === undefined) return;
      bytes += recordBytes(next.record);
      if (bytes > MOST_BYTES && received.length > 0) return;
      const { shard, index } = next;
      ledger.record({ type: "queueRecordReceived", at, queue: identity.id, shard: shard.index, index, visibleAt });
      received.push(asReceived(next, queue));
    }
  });
  return received;
}

/** What was received before comes before what nobody has seen yet. */
function nextRecord({ backlog, records }: QueueState, isDead: boolean, horizon: number): NextRecord | undefined {
  const released = records.first(isDead);
  if (released === undefined) return isDead ? undefined : backlog.first(horizon);
  const { shard, index } = released;
  const [record] = shard.log.read(index, { records: 1, bytes: Number.POSITIVE_INFINITY }).records;
  return { shard, index, record: present(record, "a record of the shard") };
}

function asReceived({ shard, index, record }: NextRecord, { records }: QueueState): ReceivedQueueRecord {
  const { attempt, isDead, receiveCount, firstReceivedAt } = present(records.find(shard, index), "a record in flight");
  const receipt = { shard: shard.index, index, attempt, isDead };
  return { record, receipt, receiveCount, firstReceivedAt };
}
