import { useState } from "preact/hooks";
import { listed, type Stream } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { FunctionReaders } from "../../part/function-readers.tsx";
import { ResourceHead } from "../../part/resource-head.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { Tabs } from "../../part/tabs.tsx";
import { bytesText, counted, durationText } from "../../part/words.ts";
import { account, hrefOf } from "../../state/place.ts";
import { Consumers } from "./consumers.tsx";
import { PutForm } from "./put-form.tsx";
import { Records } from "./records.tsx";
import { ShardMap } from "./shard-map.tsx";

const tabs = [
  ["shards", "Shards"],
  ["records", "Records"],
  ["consumers", "Consumers"],
  ["put", "Put"],
] as const;

type Tab = (typeof tabs)[number][0];

/** A stream: its shards, what is in them, and who reads them. */
export function StreamPage({ name, region }: { readonly name: string; readonly region: string }) {
  const arn = `arn:aws:kinesis:${region}:${account.value}:stream/${name}`;
  const known = useAnswer(
    {
      ask: async (signal) => ({ stream: (await listed("streams", "streams", signal)).find((one) => one.arn === arn) }),
      isChangedBy: ({ resource }) => resource.startsWith(arn),
      // A stream that is being changed is done when time says so, which is no step.
      isMoving: ({ stream }) => stream !== undefined && stream.status !== "ACTIVE",
    },
    [arn],
  );
  return (
    <Known known={known}>
      {({ stream }) =>
        stream === undefined ? (
          <Empty title={`There is no stream ${name} in ${region}`} isPage>
            <p>
              <a href={hrefOf({ page: "streams" })}>All streams</a>
            </p>
          </Empty>
        ) : (
          <Shown stream={stream} />
        )
      }
    </Known>
  );
}

function Shown({ stream }: { readonly stream: Stream }) {
  const [tab, setTab] = useState<Tab>("shards");
  const [shard, setShard] = useState<string>();
  const showShard = (id: string): void => {
    setShard(id);
    setTab("records");
  };
  return (
    <div class="stack">
      <ResourceHead resource={stream} />
      <div class="line" role="status">
        <span class={stream.status === "ACTIVE" ? "mark good" : "mark in-flight"}>{stream.status}</span>
        <span class="faint">
          {counted(stream.openShardCount, "open shard")} of {stream.shardCount}, {counted(stream.recordCount, "record")}
          , {bytesText(stream.bytes)}, kept for {durationText(stream.retentionHours * 3600)}
        </span>
      </div>
      <Tabs tabs={tabs} chosen={tab} onChoose={setTab} label="What is shown of the stream">
        {tab === "shards" && <ShardMap stream={stream} onChoose={showShard} />}
        {tab === "records" && <Records stream={stream} shard={shard} onChooseShard={setShard} />}
        {tab === "consumers" && (
          <>
            <Consumers stream={stream} />
            <FunctionReaders arn={stream.arn} />
          </>
        )}
        {tab === "put" && <PutForm stream={stream} />}
      </Tabs>
    </div>
  );
}
