import type { LambdaFunction, Queue, Stream, Topic } from "../../api/control.ts";
import { countColumn, type Named, nameColumn, regionColumn } from "../../part/columns.tsx";
import { type Column, VirtualTable } from "../../part/virtual-table.tsx";
import type { World } from "./world.ts";

/** Queues, topics, streams and functions as tables, however many there are. */
export function Listing({ world }: { readonly world: World }) {
  return (
    <div class="columns of-tables">
      <Kind title="Queues" rows={world.queues} columns={queueColumns} />
      <Kind title="Topics" rows={world.topics} columns={topicColumns} />
      <Kind title="Streams" rows={world.streams} columns={streamColumns} />
      <Kind title="Functions" rows={world.functions} columns={functionColumns} />
    </div>
  );
}

function Kind<Row extends Named>({
  title,
  rows,
  columns,
}: {
  title: string;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
}) {
  if (rows.length === 0) return null;
  return (
    <section class="stack">
      <h2>{title}</h2>
      <VirtualTable label={title} columns={columns} rows={rows} keyOf={({ arn }) => arn} />
    </section>
  );
}

/** A third, which leaves counts of six digits their room. */
const shortNameColumn = { ...nameColumn, width: "33%" };

const queueColumns: readonly Column<Queue>[] = [
  shortNameColumn,
  countColumn("Visible", ({ visible }) => visible),
  countColumn("In flight", ({ inFlight }) => inFlight),
  countColumn("Delayed", ({ delayed }) => delayed),
  regionColumn,
];

const topicColumns: readonly Column<Topic>[] = [
  shortNameColumn,
  countColumn("Subscriptions", ({ subscriptions }) => subscriptions.confirmed),
  countColumn("Pending", ({ subscriptions }) => subscriptions.pending),
  regionColumn,
];

const streamColumns: readonly Column<Stream>[] = [
  shortNameColumn,
  countColumn("Shards", ({ openShardCount }) => openShardCount),
  countColumn("Records", ({ recordCount }) => recordCount),
  regionColumn,
];

const functionColumns: readonly Column<LambdaFunction>[] = [
  shortNameColumn,
  countColumn("Versions", ({ versionCount }) => versionCount),
  countColumn("Event sources", ({ eventSources }) => eventSources.length),
  regionColumn,
];
