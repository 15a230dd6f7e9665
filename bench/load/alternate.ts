import { grouped, percent } from "../report.ts";
import type { Pace } from "../scenario.ts";
import { median } from "../statistics.ts";
import type { Load, Rate } from "./load.ts";

export interface Comparison {
  /** The subject's rate divided by the base's: the median over the rounds. */
  readonly ratio: number;
  readonly detail: string;
}

/**
 * Lets base and subject work in turn, each going first every other round, and compares them round by round: whatever
 * else the machine is doing then weighs on both alike.
 */
export async function alternate(base: Load, subject: Load, { rounds, roundMs }: Pace): Promise<Comparison> {
  await base.run(roundMs);
  await subject.run(roundMs);
  const bases: Rate[] = [];
  const subjects: Rate[] = [];
  for (let round = 0; round < rounds; round++) {
    const baseFirst = round % 2 === 0;
    if (baseFirst) bases.push(await base.run(roundMs));
    subjects.push(await subject.run(roundMs));
    if (!baseFirst) bases.push(await base.run(roundMs));
  }
  const ratios = subjects.map((rate, round) => rate.requestsPerSecond / bases[round]!.requestsPerSecond);
  return { ratio: median(ratios), detail: detailOf(bases, subjects, ratios) };
}

function detailOf(bases: readonly Rate[], subjects: readonly Rate[], ratios: readonly number[]): string {
  const rate = (rates: readonly Rate[]): string => grouped(median(rates.map((one) => one.requestsPerSecond)));
  const serverBusy = median(subjects.map((one) => one.serverBusy));
  const ofTime = ratios.map((ratio, round) => (ratio * bases[round]!.serverBusy) / subjects[round]!.serverBusy);
  const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  return (
    `${rate(subjects)} against ${rate(bases)} requests/s, rounds ${range}, ` +
    `per CPU second ${median(ofTime).toFixed(2)}, server ${percent(serverBusy)} busy`
  );
}
