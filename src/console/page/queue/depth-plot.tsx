import { useMemo, useRef, useState } from "preact/hooks";
import type { Queue } from "../../api/control.ts";
import { Plot } from "../../part/plot.tsx";
import { now } from "../../state/time.ts";

/** How a queue stood at an instant of the account's time. */
interface Sample {
  readonly at: number;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly ageSeconds: number | null;
}

const MOST_SAMPLES = 2000;

/** How many messages were in which state since the page was opened, over the account's time. */
export function DepthPlot({ queue }: { readonly queue: Queue }) {
  const samples = useSamples(queue);
  const [shown, setShown] = useState<"depth" | "age">("depth");
  if (samples.length < 2) return null;
  const instants = samples.map(({ at }) => at);
  const lines =
    shown === "depth"
      ? [
          { title: "visible", color: "--visible", values: samples.map(({ visible }) => visible) },
          { title: "in flight", color: "--in-flight", values: samples.map(({ inFlight }) => inFlight) },
          { title: "delayed", color: "--delayed", values: samples.map(({ delayed }) => delayed) },
        ]
      : [{ title: "age of the oldest, in seconds", color: "--visible", values: samples.map((one) => one.ageSeconds) }];
  return (
    <section class="stack" aria-label="Over time">
      <div class="line">
        {(["depth", "age"] as const).map((one) => (
          <button key={one} type="button" aria-pressed={shown === one} onClick={() => setShown(one)}>
            {one === "depth" ? "Messages" : "Age"}
          </button>
        ))}
      </div>
      <Plot label={`${queue.name} over time`} instants={instants} lines={lines} />
    </section>
  );
}

/** How the queue stood whenever it was asked, and every few seconds in between. */
function useSamples(queue: Queue): readonly Sample[] {
  const samples = useRef<Sample[]>([]);
  const second = Math.floor(now.value / 5000);
  return useMemo(() => {
    const { visible, inFlight, delayed, oldestAgeSeconds = null } = queue;
    const at = now.peek();
    const { at: latest = 0 } = samples.current.at(-1) ?? {};
    // Time goes back where the account was reset; what was before is another story.
    if (at < latest) samples.current = [];
    if (at === latest) samples.current.pop();
    samples.current.push({ at, visible, inFlight, delayed, ageSeconds: oldestAgeSeconds });
    if (samples.current.length > MOST_SAMPLES) samples.current.splice(0, MOST_SAMPLES / 4);
    return samples.current;
  }, [queue, second]);
}
