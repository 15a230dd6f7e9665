import { grouped, percent } from "../report.ts";
import type { Pace } from "../scenario.ts";
import { median } from "../statistics.ts";
import type { Load, Rate } from "./load.ts";

export interface Comparison {
  /** The subject's rate divided by the base's: the median over the rounds. */
  readonly ratio: number;
  /** The lowest and highest round, and the ratio of what a second of processor time does. */
  readonly spread: string;
  readonly detail: string;
}

/**
 * Lets base and subject work in turn, each going first every other round, and compares them round by round: whatever
 * else the machine is doing then weighs on both alike.
 */
export async function alternate(base: Load, subject: Load, pace: Pace): Promise<Comparison> {
  const [bases = [], subjects = []] = await inTurns([base, subject], pace);
  return compared(bases, subjects);
}

/** Has all work in turn, the first one last every other round, and gives the rates of each, round by round. */
export async function inTurns(
  loads: readonly Load[],
  { rounds, roundMs }: Pace,
): Promise<readonly (readonly Rate[])[]> {
  for (const load of loads) await load.run(roundMs);
  const rates = loads.map((): Rate[] => []);
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? [...loads.keys()] : [...loads.keys()].reverse();
    for (const index of order) rates[index]!.push(await loads[index]!.run(roundMs));
  }
  return rates;
}

/** The rates of rounds in which both worked, one by one. */
export function compared(bases: readonly Rate[], subjects: readonly Rate[]): Comparison {
  const ratios = subjects.map((rate, round) => rate.requestsPerSecond / bases[round]!.requestsPerSecond);
  const ofTime = ratios.map((ratio, round) => (ratio * bases[round]!.serverBusy) / subjects[round]!.serverBusy);
  const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const spread = `rounds ${range}, per CPU second ${median(ofTime).toFixed(2)}`;
  const busy = percent(median(subjects.map((one) => one.serverBusy)));
  const detail = `${rateOf(subjects)} against ${rateOf(bases)} requests/s, ${spread}, server ${busy} busy`;
  return { ratio: median(ratios), spread, detail };
}

/** Requests a second, as people read it. */
export function rateOf(rates: readonly Rate[]): string {
  return grouped(median(rates.map((one) => one.requestsPerSecond)));
}
