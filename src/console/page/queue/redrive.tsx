import { useState } from "preact/hooks";
import { call } from "../../api/aws.ts";
import type { Queue } from "../../api/control.ts";
import { Action } from "../../part/action.tsx";
import { ResourceLink } from "../../part/columns.tsx";
import { numberText } from "../../part/words.ts";

/** AWS: a task moves no more messages a second than that. */
const MOST_PER_SECOND = 500;

/** Sends dead letters back to where they came from; tasks that do that, as far as they are, and what ends them. */
export function Redrive({ queue }: { readonly queue: Queue }) {
  const { arn, region, moveTasks, deadLetterSources } = queue;
  const [perSecond, setPerSecond] = useState("");
  const start = async (): Promise<void> => {
    const MaxNumberOfMessagesPerSecond = perSecond === "" ? undefined : Number(perSecond);
    await call("sqs", "StartMessageMoveTask", { SourceArn: arn, MaxNumberOfMessagesPerSecond }, { region });
  };
  return (
    <>
      {moveTasks.map((task) => (
        <Task key={task.taskId} task={task} region={region} />
      ))}
      {deadLetterSources.length > 0 && (
        <div class="line">
          <Action act={start} title="Sends every message back to where it came from">
            Redrive dead letters
          </Action>
          <label class="line">
            at most a second
            <input
              type="number"
              min={1}
              max={MOST_PER_SECOND}
              placeholder="no limit"
              value={perSecond}
              onInput={({ currentTarget }) => setPerSecond(currentTarget.value)}
            />
          </label>
        </div>
      )}
    </>
  );
}

type MoveTask = Queue["moveTasks"][number];

interface ListedTasks {
  readonly Results?: readonly { readonly TaskHandle?: string; readonly Status?: string }[];
}

/** A task with what it has moved. What it moved stays moved when it is cancelled. */
function Task({ task, region }: { readonly task: MoveTask; readonly region: string }) {
  const { sourceArn, destinationArn, status, moved, toMove } = task;
  const cancel = async (): Promise<void> => {
    const listed = await call<ListedTasks>("sqs", "ListMessageMoveTasks", { SourceArn: sourceArn }, { region });
    const running = listed.Results?.find(({ Status }) => Status === "RUNNING");
    if (running === undefined) throw new Error("The task has ended.");
    await call("sqs", "CancelMessageMoveTask", { TaskHandle: running.TaskHandle }, { region });
  };
  return (
    <div class="line" role="status">
      <span class="mark in-flight">{status.toLowerCase()}</span>
      <span>
        <ResourceLink arn={sourceArn} /> →{" "}
        {destinationArn === undefined ? "sources" : <ResourceLink arn={destinationArn} />}
      </span>
      <progress max={toMove} value={moved} aria-label="Messages moved" />
      <span>
        {numberText(moved)} of {numberText(toMove)} moved
      </span>
      {status === "RUNNING" && <Action act={cancel}>Cancel</Action>}
    </div>
  );
}
