import { useState } from "preact/hooks";
import { control, type Topic } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { ResourceLink } from "../../part/columns.tsx";
import { Empty, Known } from "../../part/states.tsx";
import { VirtualTable } from "../../part/virtual-table.tsx";
import { agoText, distanceText, parseInstant } from "../../part/words.ts";
import { hrefOf } from "../../state/place.ts";
import { now } from "../../state/time.ts";
import { Retries } from "./retries.tsx";
import { type Delivery, retried } from "./schedule.ts";

/** So many of the latest lines are shown. */
const MOST_SHOWN = 1000;

/** What became of messages on their way to each subscription: attempts, their answers, and when the next one is due. */
export function Attempts({ topic }: { readonly topic: Topic }) {
  const [onlyTrouble, setOnlyTrouble] = useState(false);
  const known = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { topic: topic.arn, limit: MOST_SHOWN };
        return (await control.call("GET", "deliveries", inputs, { signal })).deliveries.toReversed();
      },
      isChangedBy: ({ resource }) => resource === topic.arn,
      changesAt: (deliveries) => retried(deliveries)[0]?.nextAttemptTime,
    },
    [topic.arn],
  );
  return (
    <Known known={known}>
      {(deliveries) => {
        const shown = onlyTrouble ? deliveries.filter(({ result }) => result !== "delivered") : deliveries;
        if (deliveries.length === 0) {
          return (
            <Empty title="Nothing has been published">
              <p>Each message that is published has a line here for every subscription, filtered ones included.</p>
            </Empty>
          );
        }
        return (
          <>
            <Retries deliveries={deliveries} />
            <label class="line">
              <input
                type="checkbox"
                checked={onlyTrouble}
                onChange={({ currentTarget }) => setOnlyTrouble(currentTarget.checked)}
              />
              Only what was not delivered
            </label>
            <VirtualTable label="Delivery attempts" columns={columns} rows={shown} keyOf={keyOf} />
          </>
        );
      }}
    </Known>
  );
}

function keyOf({ messageId, subscriptionArn, attempt, result, time }: Delivery): string {
  return `${messageId} ${subscriptionArn} ${attempt} ${result} ${time}`;
}

const MARKS: Readonly<Record<Delivery["result"], string>> = {
  delivered: "good",
  retrying: "in-flight",
  pending: "in-flight",
  deadLettered: "dead",
  dropped: "dead",
  filtered: "delayed",
};

const columns = [
  {
    title: "When",
    width: "8rem",
    cell: ({ time }: Delivery) => agoText(parseInstant(time), now.value),
  },
  {
    title: "Message",
    width: "18%",
    cell: ({ messageId }: Delivery) => (
      <a class="mono" href={hrefOf({ page: "explain", name: messageId })}>
        {messageId}
      </a>
    ),
  },
  {
    title: "To",
    width: "20%",
    cell: ({ endpoint, protocol }: Delivery) => (
      <>
        {endpoint.startsWith("arn:") ? <ResourceLink arn={endpoint} /> : endpoint} <span class="faint">{protocol}</span>
      </>
    ),
  },
  {
    title: "Result",
    width: "11rem",
    cell: ({ result, attempt, statusCode }: Delivery) => (
      <>
        <span class={`mark ${MARKS[result]}`}>{result}</span>
        {attempt !== undefined && attempt > 1 && <span class="faint"> attempt {attempt}</span>}
        {statusCode !== undefined && <span class="faint"> {statusCode}</span>}
      </>
    ),
  },
  {
    title: "Why, and what comes next",
    cell: ({ reason, nextAttemptTime, deadLetterTargetArn }: Delivery) => (
      <>
        {reason}
        {nextAttemptTime !== undefined && ` Next attempt ${distanceText(parseInstant(nextAttemptTime), now.value)}.`}
        {deadLetterTargetArn !== undefined && <ResourceLink arn={deadLetterTargetArn} />}
      </>
    ),
  },
];
