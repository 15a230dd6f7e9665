import type { Alias, FunctionVersion, InvokeConfig, Policy, Recursion, RuntimeUpdates, Tags } from "./function.ts";

type Named = { readonly name: string };
type Qualified = Named & { readonly qualifier: string };

/** What can happen to the functions of an account and region. Instants in epoch milliseconds. */
export type FunctionEvent = { readonly at: number } & (
  | ({ readonly type: "functionCreated"; readonly latest: FunctionVersion } & Named & Belongings)
  | ({ readonly type: "functionUpdated"; readonly latest: FunctionVersion } & Named)
  | ({
      readonly type: "versionPublished";
      readonly version: FunctionVersion;
      readonly latestRevisionId: string;
    } & Named)
  | ({ readonly type: "versionDeleted"; readonly version: string } & Named)
  | ({ readonly type: "functionDeleted" } & Named)
  | ({ readonly type: "aliasSet"; readonly alias: Alias } & Named)
  | ({ readonly type: "aliasDeleted"; readonly alias: string } & Named)
  /** Without a policy when its last statement was removed. */
  | ({ readonly type: "policySet"; readonly policy?: Policy } & Qualified)
  | ({ readonly type: "invokeConfigSet"; readonly config: InvokeConfig } & Qualified)
  | ({ readonly type: "invokeConfigDeleted" } & Qualified)
  /** Without a count when nothing is reserved any more. */
  | ({ readonly type: "concurrencyReserved"; readonly count?: number } & Named)
  | ({ readonly type: "functionTagged"; readonly tags: Tags; readonly revisionId: string } & Named)
  | ({ readonly type: "recursionSet"; readonly recursion: Recursion } & Named)
  | ({ readonly type: "runtimeUpdatesSet"; readonly version: string; readonly updates: RuntimeUpdates } & Named)
  | ({ readonly type: "functionKept" } & KeptFunction)
  | { readonly type: "functionsReset" }
);

/** What comes with a new function beside what it is. */
export interface Belongings {
  readonly tags: Tags;
  /** ARN. */
  readonly codeSigning?: string;
}

/** All of a function, as data. */
export interface KeptFunction extends Belongings {
  readonly name: string;
  readonly latest: FunctionVersion;
  readonly versions: readonly FunctionVersion[];
  readonly publishedCount: number;
  readonly aliases: readonly Alias[];
  readonly policies: readonly (readonly [qualifier: string, policy: Policy])[];
  readonly invokeConfigs: readonly (readonly [qualifier: string, config: InvokeConfig])[];
  readonly reservedConcurrency?: number;
  readonly recursion: Recursion;
  readonly runtimeUpdates?: readonly (readonly [version: string, updates: RuntimeUpdates])[];
}
