import { useEffect } from "preact/hooks";
import { control, type LambdaFunction } from "../../api/control.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { every } from "../../browser/timing.ts";
import { distanceText, parseInstant } from "../../part/words.ts";
import { now } from "../../state/time.ts";

const MOST_COUNTED = 1000;
/** An attempt is no step that would tell of itself. */
const LOOK_EVERY_MS = 1000;

/** How many events wait for a function, and when the first of them is attempted; nothing where there is none. */
export function OwedEvents({ lambda }: { readonly lambda: LambdaFunction }) {
  const { answer = [], reload } = useAnswer(
    {
      ask: async (signal) => {
        const inputs = { function: lambda.arn, limit: MOST_COUNTED };
        return (await control.call("GET", "function-events", inputs, { signal })).events;
      },
      isChangedBy: ({ service }) => service === "lambda",
    },
    [lambda.arn],
  );
  useEffect(() => every(LOOK_EVERY_MS, reload), []);
  if (answer.length === 0) return null;
  const instants = answer.flatMap(({ nextAttemptTime: at }) => (at === undefined ? [] : parseInstant(at)));
  const next = instants.reduce((first, instant) => Math.min(first, instant), Number.POSITIVE_INFINITY);
  const many = answer.length === MOST_COUNTED ? `${MOST_COUNTED} events or more wait` : `${answer.length} events wait`;
  return (
    <p class="line" role="status">
      <span class="mark in-flight">{answer.length === 1 ? "1 event waits" : many}</span>
      {instants.length > 0 && <span class="faint">next attempt {distanceText(next, now.value)}</span>}
    </p>
  );
}
