import { listed, type Queue } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { countColumn, nameColumn, regionColumn } from "../../part/columns.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { durationText } from "../../part/words.ts";
import { account, hrefOf, place } from "../../state/place.ts";
import { isMoving } from "./queue.ts";
import { QueuePage } from "./queue-page.tsx";

/** All queues, or the one that the address names. */
export function Queues() {
  const { name, region } = place.value;
  return name === "" ? <QueueList /> : <QueuePage key={`${region} ${name}`} name={name} region={region} />;
}

const columns = [
  nameColumn,
  countColumn<Queue>("Visible", ({ visible }) => visible),
  countColumn<Queue>("In flight", ({ inFlight }) => inFlight),
  countColumn<Queue>("Delayed", ({ delayed }) => delayed),
  {
    title: "Oldest",
    align: "end" as const,
    cell: ({ oldestAgeSeconds }: Queue) => (oldestAgeSeconds === undefined ? "–" : durationText(oldestAgeSeconds)),
  },
  countColumn<Queue>("Waiting receives", ({ waitingReceives }) => waitingReceives),
  regionColumn,
];

function QueueList() {
  const known = useAnswer(
    { ask: (signal) => listed("queues", "queues", signal), isMoving: (queues) => queues.some(isMoving) },
    [account.value],
  );
  return (
    <div class="stack">
      <h1>Queues</h1>
      <Known known={known}>
        {(queues) =>
          queues.length === 0 ? (
            <Empty title="There are no queues">
              <p>
                <a href={hrefOf({ page: "home" })}>Send a first message</a>, and its queue is made on the way.
              </p>
            </Empty>
          ) : (
            <VirtualTable label="Queues" columns={columns} rows={queues} keyOf={({ arn }) => arn} />
          )
        }
      </Known>
    </div>
  );
}
