import { base64Of } from "../../../kernel/base64.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { StreamEvent } from "../events.ts";
import type { StreamState } from "../stream-state.ts";

/** The records of a stream, with a copy of each when it is read. To take them costs a look at each segment: records do not change. */
export function recordEvents({ shards, horizon, settings }: StreamState): Taken<StreamEvent> {
  const isEncryptedNow = settings.encryptionKeyId !== undefined;
  const runs = Array.from(shards.all(), ({ index: shard, log }) => {
    log.trim(horizon);
    return { shard, records: log.taken() };
  });
  return takenAs(function* () {
    for (const { shard, records } of runs) {
      for (const { index, record } of records) {
        const { arrivedAt: at, partitionKey, isEncrypted } = record;
        const data = base64Of(record.data);
        const encryption = isEncrypted === isEncryptedNow ? undefined : { isEncrypted };
        yield { type: "put", at, shard, index, partitionKey, data, ...encryption };
      }
    }
  });
}
