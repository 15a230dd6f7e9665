/** Whose time: the account's, which can stand and leap, or the machine's. */
export type TimeBase = "account" | "machine";

/** An instant by both clocks, in epoch milliseconds. */
export type Instants = Readonly<Record<TimeBase, number>>;

/** How a queue stood at an instant. */
export interface Sample {
  readonly at: Instants;
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly ageSeconds: number | null;
}

/** Samples as a plot takes them, each later than the one before. Where time stood, the last of an instant is shown. */
export function ascending(samples: readonly Sample[], base: TimeBase): readonly Sample[] {
  const shown: Sample[] = [];
  for (const sample of samples) {
    while ((shown.at(-1)?.at[base] ?? Number.NEGATIVE_INFINITY) >= sample.at[base]) shown.pop();
    shown.push(sample);
  }
  return shown;
}

/** What is counted: messages that were sent to a queue, received from it, deleted. */
const counted = ["sent", "received", "deleted"] as const;

type Counted = (typeof counted)[number];

type Counts = Record<Counted, number>;

const MOST_SECONDS = 2000;

/** How many messages went in and out, second by second. */
export class Throughput {
  readonly #bySecond: Readonly<Record<TimeBase, Map<number, Counts>>> = { account: new Map(), machine: new Map() };

  /** Counts a step, if it is of a kind that is counted. */
  count(kind: string, at: Instants): void {
    const name = counted.find((one) => one === kind);
    if (name === undefined) return;
    for (const base of ["account", "machine"] as const) {
      const seconds = this.#bySecond[base];
      const second = Math.floor(at[base] / 1000);
      const counts = seconds.get(second) ?? { sent: 0, received: 0, deleted: 0 };
      counts[name]++;
      seconds.set(second, counts);
      const [oldest] = seconds.keys();
      if (seconds.size > MOST_SECONDS && oldest !== undefined) seconds.delete(oldest);
    }
  }

  /** The counts from the first second to that of an instant. Of seconds in which nothing went on there are those beside others. */
  points(
    base: TimeBase,
    until: Instants,
  ): { readonly instants: readonly number[]; readonly counts: readonly Counts[] } {
    const seconds = this.#bySecond[base];
    const last = Math.floor(until[base] / 1000);
    const shown = new Set<number>(seconds.size === 0 ? [] : [last]);
    for (const second of seconds.keys()) for (const one of [second - 1, second, second + 1]) shown.add(one);
    const ordered = [...shown].filter((second) => second <= last).sort((one, other) => one - other);
    return {
      instants: ordered.map((second) => second * 1000),
      counts: ordered.map((second) => seconds.get(second) ?? { sent: 0, received: 0, deleted: 0 }),
    };
  }
}
