/** One thing worth measuring. To add one: write the file, add its line to the table in `scenarios.ts`. */
export interface Scenario {
  /** What `--only` calls it. */
  readonly name: string;
  run(pace: Pace): Promise<readonly Finding[]>;
}

/** How thoroughly to measure. Sizes never change with it, only how often and how long is looked. */
export interface Pace {
  readonly rounds: number;
  readonly roundMs: number;
  /** Repetitions of what is measured one by one, such as a start or a wake. */
  readonly samples: number;
}

export type Unit = "of floor" | "of base" | "ms" | "MiB" | "% of a core" | "per second";

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** The same share of the ceiling, where floor and ceiling are measured. */
  readonly ofCeiling?: number;
  /** What the value has to reach; absent for figures that are only reported. */
  readonly target?: Target;
  /** Where the value comes from, for readers who doubt it. */
  readonly detail?: string;
}

export type Target = { readonly atLeast: number } | { readonly below: number } | { readonly atLeastOfCeiling: number };
