import { useMemo, useState } from "preact/hooks";
import { type Answer, control, type Stream } from "../../api/control.ts";
import { usePages } from "../../api/use-pages.ts";
import { BodyView } from "../../part/body-view.tsx";
import { InstantFact, TextFact } from "../../part/facts.tsx";
import { Empty, Failure, Loading } from "../../part/states.tsx";
import { type Column, VirtualTable } from "../../part/virtual-table.tsx";
import { agoText, counted, parseInstant } from "../../part/words.ts";
import { hrefOf } from "../../state/place.ts";
import { now } from "../../state/time.ts";
import { shortId } from "./shard-layout.ts";

type StreamRecord = Answer<"streams/records">["records"][number];

const PAGE_LIMIT = 200;
const MOST_KEYS = 10;

interface RecordsProps {
  readonly stream: Stream;
  /** The shard whose records are shown; those of all unless given. */
  readonly shard: string | undefined;
  readonly onChooseShard: (id: string | undefined) => void;
}

/** The records of a stream, shard by shard and oldest first, with the partition keys that occur most. */
export function Records({ stream, shard, onChooseShard }: RecordsProps) {
  const [chosen, setChosen] = useState<string>();
  const pages = usePages(
    {
      ask: async (next, signal) => {
        const inputs = { stream: stream.arn, shard, limit: PAGE_LIMIT, next };
        const { records, next: more } = await control.call("GET", "streams/records", inputs, { signal });
        return { items: records, next: more };
      },
      isChangedBy: ({ resource }) => resource.startsWith(stream.arn),
    },
    [stream.arn, shard],
  );
  const record = pages.rows.find((one) => one.sequenceNumber === chosen);
  return (
    <>
      <label class="line">
        Shard
        <select
          value={shard ?? ""}
          onChange={({ currentTarget }) => onChooseShard(currentTarget.value === "" ? undefined : currentTarget.value)}
        >
          <option value="">all</option>
          {stream.shards.map(({ shardId }) => (
            <option key={shardId} value={shardId}>
              {shortId(shardId)}
            </option>
          ))}
        </select>
      </label>
      {pages.failure !== undefined && <Failure text={pages.failure} retry={pages.reload} />}
      {!pages.isKnown && pages.failure === undefined && <Loading />}
      {pages.isKnown && pages.rows.length === 0 && (
        <Empty title="No records here">
          <p>What is put shows at once. The tab “Put” has a form.</p>
        </Empty>
      )}
      {pages.rows.length > 0 && (
        <>
          <HotKeys records={pages.rows} />
          <VirtualTable
            label="Records"
            columns={columns(setChosen)}
            rows={pages.rows}
            keyOf={({ shardId, sequenceNumber }) => `${shardId} ${sequenceNumber}`}
            chosen={record && `${record.shardId} ${record.sequenceNumber}`}
            onChoose={({ sequenceNumber }) => setChosen(sequenceNumber)}
            onShow={pages.show}
          />
        </>
      )}
      {record && <RecordDetail record={record} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function columns(choose: (sequenceNumber: string) => void): readonly Column<StreamRecord>[] {
  return [
    { title: "Shard", width: "6rem", cell: ({ shardId }) => shortId(shardId) },
    {
      title: "Sequence number",
      width: "26%",
      cell: ({ sequenceNumber }) => (
        <button type="button" class="link mono" onClick={() => choose(sequenceNumber)}>
          {sequenceNumber}
        </button>
      ),
    },
    { title: "Partition key", width: "14%", cell: ({ partitionKey }) => partitionKey ?? "–" },
    { title: "Data", cell: ({ data }) => <span class="mono">{data.slice(0, 200)}</span> },
    {
      title: "Arrived",
      width: "8rem",
      align: "end",
      cell: ({ arrivedAt }) => agoText(parseInstant(arrivedAt), now.value),
    },
  ];
}

/** The partition keys that occur most among the records that were read: one that has most of them makes its shard hot. */
function HotKeys({ records }: { readonly records: readonly StreamRecord[] }) {
  const keys = useMemo(() => {
    const counts = new Map<string, number>();
    for (const { partitionKey } of records) {
      if (partitionKey !== undefined) counts.set(partitionKey, (counts.get(partitionKey) ?? 0) + 1);
    }
    return [...counts].toSorted(([, one], [, other]) => other - one).slice(0, MOST_KEYS);
  }, [records]);
  return (
    <section class="stack" aria-label="Most frequent partition keys">
      <p class="faint">Most frequent partition keys of {counted(records.length, "record")}</p>
      <ul class="bars">
        {keys.map(([key, count]) => (
          <li key={key}>
            <span class="mono">{key}</span>
            <meter min={0} max={records.length} value={count} aria-label={key} />
            <span class="faint">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RecordDetail({ record, onClose }: { readonly record: StreamRecord; readonly onClose: () => void }) {
  return (
    <section class="card" aria-label={`Record ${record.sequenceNumber}`}>
      <div class="line spread">
        <h2 class="mono">{record.sequenceNumber}</h2>
        <div class="line">
          <a href={hrefOf({ page: "explain", name: record.sequenceNumber })}>Who read it?</a>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
      <BodyView text={record.data} encoding={record.encoding} />
      <dl class="facts">
        <TextFact name="Partition key" text={record.partitionKey} />
        <TextFact name="Shard" text={record.shardId} />
        <InstantFact name="Arrived" at={record.arrivedAt} />
      </dl>
    </section>
  );
}
