import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Queue } from "../../api/control.ts";
import { listen } from "../../api/live.ts";
import { every, machineNow } from "../../browser/timing.ts";
import { Plot } from "../../part/plot.tsx";
import { parseInstant } from "../../part/words.ts";
import { now } from "../../state/time.ts";
import { ascending, type Instants, type Sample, Throughput, type TimeBase } from "./over-time.ts";

const MOST_SAMPLES = 2000;

const views = [
  ["depth", "Messages"],
  ["age", "Age"],
  ["throughput", "Throughput"],
] as const;
const bases = [
  ["account", "Account's time"],
  ["machine", "Machine's time"],
] as const;

type View = (typeof views)[number][0];

/** How a queue stood and what went through it since the page was opened, over the account's time or the machine's. */
export function DepthPlot({ queue }: { readonly queue: Queue }) {
  const samples = useSamples(queue);
  const throughput = useThroughput(queue.arn);
  const [view, setView] = useState<View>("depth");
  const [base, setBase] = useState<TimeBase>("account");
  const { instants, lines } =
    view === "throughput" ? flowLines(throughput, base) : standLines(ascending(samples, base), base, view);
  return (
    <section class="stack" aria-label="Over time">
      <div class="line spread">
        <Choice options={views} chosen={view} onChoose={setView} label="What is plotted" />
        <Choice options={bases} chosen={base} onChoose={setBase} label="Over which time" />
      </div>
      {instants.length < 2 ? (
        <p class="faint">
          {base === "account" && view !== "throughput"
            ? "There is a line once time has passed."
            : "There is a line once something has happened here."}
        </p>
      ) : (
        <Plot label={`${queue.name} over time`} instants={instants} lines={lines} />
      )}
    </section>
  );
}

interface ChoiceProps<Id extends string> {
  readonly options: readonly (readonly [Id, string])[];
  readonly chosen: Id;
  readonly onChoose: (id: Id) => void;
  readonly label: string;
}

/** Buttons of which one is pressed. */
function Choice<Id extends string>({ options, chosen, onChoose, label }: ChoiceProps<Id>) {
  return (
    <fieldset class="line choice" aria-label={label}>
      {options.map(([id, title]) => (
        <button key={id} type="button" aria-pressed={chosen === id} onClick={() => onChoose(id)}>
          {title}
        </button>
      ))}
    </fieldset>
  );
}

function standLines(samples: readonly Sample[], base: TimeBase, view: "depth" | "age") {
  const line = (title: string, color: string, of: (sample: Sample) => number | null) => {
    return { title, color, values: samples.map(of) };
  };
  const lines =
    view === "age"
      ? [line("age of the oldest, in seconds", "--visible", ({ ageSeconds }) => ageSeconds)]
      : [
          line("visible", "--visible", ({ visible }) => visible),
          line("in flight", "--in-flight", ({ inFlight }) => inFlight),
          line("delayed", "--delayed", ({ delayed }) => delayed),
        ];
  return { instants: samples.map(({ at }) => at[base]), lines };
}

function flowLines(throughput: Throughput, base: TimeBase) {
  const { instants, counts } = throughput.points(base, instantsNow());
  const lines = [
    { title: "sent a second", color: "--visible", values: counts.map(({ sent }) => sent) },
    { title: "received a second", color: "--in-flight", values: counts.map(({ received }) => received) },
    { title: "deleted a second", color: "--good", values: counts.map(({ deleted }) => deleted) },
  ];
  return { instants, lines };
}

function instantsNow(): Instants {
  return { account: now.peek(), machine: machineNow() };
}

/** How the queue stood whenever it was asked, and every few seconds in between. */
function useSamples(queue: Queue): readonly Sample[] {
  const samples = useRef<Sample[]>([]);
  const turn = useTurns(5000);
  return useMemo(() => {
    const { visible, inFlight, delayed, oldestAgeSeconds = null } = queue;
    const at = instantsNow();
    // Time goes back where the account was reset; what was before is another story.
    if (at.account < (samples.current.at(-1)?.at.account ?? 0)) samples.current = [];
    samples.current.push({ at, visible, inFlight, delayed, ageSeconds: oldestAgeSeconds });
    if (samples.current.length > MOST_SAMPLES) samples.current.splice(0, MOST_SAMPLES / 4);
    return samples.current;
  }, [queue, turn]);
}

/** Counts what goes through the queue while the page is open. */
function useThroughput(arn: string): Throughput {
  const throughput = useRef(new Throughput());
  useTurns(1000);
  useEffect(
    () =>
      listen((news) => {
        if (news.type !== "step" || news.step.resource !== arn) return;
        throughput.current.count(news.step.kind, { account: parseInstant(news.step.at), machine: machineNow() });
      }),
    [arn],
  );
  return throughput.current;
}

/** Has the part drawn again and again. */
function useTurns(intervalMs: number): number {
  const [turn, setTurn] = useState(0);
  useEffect(() => every(intervalMs, () => setTurn((before) => before + 1)), [intervalMs]);
  return turn;
}
