import { listed, type Stream } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { countColumn, nameColumn, regionColumn } from "../../part/columns.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { bytesText } from "../../part/words.ts";
import { account, place } from "../../state/place.ts";
import { StreamPage } from "./stream-page.tsx";

/** All streams, or the one that the address names. */
export function Streams() {
  const { name, region } = place.value;
  return name === "" ? <StreamList /> : <StreamPage key={`${region} ${name}`} name={name} region={region} />;
}

const columns = [
  nameColumn,
  { title: "Status", width: "7rem", cell: ({ status }: Stream) => status },
  countColumn<Stream>("Open shards", ({ openShardCount }) => openShardCount),
  countColumn<Stream>("Records", ({ recordCount }) => recordCount),
  { title: "Size", align: "end" as const, cell: ({ bytes }: Stream) => bytesText(bytes) },
  countColumn<Stream>("Consumers", ({ consumerCount }) => consumerCount),
  regionColumn,
];

function StreamList() {
  const known = useAnswer(
    {
      ask: (signal) => listed("streams", "streams", signal),
      isMoving: (streams) => streams.some(({ status }) => status !== "ACTIVE"),
    },
    [account.value],
  );
  return (
    <div class="stack">
      <h1>Streams</h1>
      <Known known={known}>
        {(streams) =>
          streams.length === 0 ? (
            <Empty title="There are no streams">
              <p>
                Make one as on AWS:{" "}
                <code>
                  aws kinesis create-stream --stream-name clicks --shard-count 2 --endpoint-url {location.origin}
                </code>
              </p>
            </Empty>
          ) : (
            <VirtualTable label="Streams" columns={columns} rows={streams} keyOf={({ arn }) => arn} />
          )
        }
      </Known>
    </div>
  );
}
