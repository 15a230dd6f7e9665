import { listed, type Topic } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { countColumn, nameColumn, regionColumn } from "../../part/columns.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { account, place } from "../../state/place.ts";
import { TopicPage } from "./topic-page.tsx";

/** All topics, or the one that the address names. */
export function Topics() {
  const { name, region } = place.value;
  return name === "" ? <TopicList /> : <TopicPage key={`${region} ${name}`} name={name} region={region} />;
}

const columns = [
  nameColumn,
  countColumn<Topic>("Subscriptions", ({ subscriptions }) => subscriptions.confirmed),
  countColumn<Topic>("Pending", ({ subscriptions }) => subscriptions.pending),
  { title: "Kind", width: "6rem", cell: ({ isFifo }: Topic) => (isFifo ? "FIFO" : "standard") },
  regionColumn,
];

function TopicList() {
  const known = useAnswer({ ask: (signal) => listed("topics", "topics", signal) }, [account.value]);
  return (
    <div class="stack">
      <h1>Topics</h1>
      <Known known={known}>
        {(topics) =>
          topics.length === 0 ? (
            <Empty title="There are no topics">
              <p>
                Make one as on AWS: <code>aws sns create-topic --name news --endpoint-url {location.origin}</code>
              </p>
            </Empty>
          ) : (
            <VirtualTable label="Topics" columns={columns} rows={topics} keyOf={({ arn }) => arn} />
          )
        }
      </Known>
    </div>
  );
}
