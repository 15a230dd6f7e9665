import type {
  Alias,
  FunctionRecord,
  FunctionVersion,
  InvokeConfig,
  Policy,
  Recursion,
  Resolved,
  RuntimeUpdates,
  Tags,
} from "./function.ts";
import { LATEST } from "./function.ts";
import type { KeptFunction } from "./function-event.ts";

/** A function in the state, which events change. */
export class HeldFunction implements FunctionRecord {
  readonly name: string;
  latest: FunctionVersion;
  readonly versions = new Map<string, FunctionVersion>();
  publishedCount: number;
  readonly aliases = new Map<string, Alias>();
  readonly policies: Map<string, Policy>;
  readonly invokeConfigs: Map<string, InvokeConfig>;
  tags: Tags;
  reservedConcurrency: number | undefined;
  recursion: Recursion;
  readonly runtimeUpdates: Map<string, RuntimeUpdates>;
  readonly codeSigning: string | undefined;

  constructor(kept: KeptFunction) {
    this.name = kept.name;
    this.latest = kept.latest;
    for (const version of kept.versions) this.versions.set(version.version, version);
    this.publishedCount = kept.publishedCount;
    for (const alias of kept.aliases) this.aliases.set(alias.name, alias);
    this.policies = new Map(kept.policies);
    this.invokeConfigs = new Map(kept.invokeConfigs);
    this.tags = kept.tags;
    this.reservedConcurrency = kept.reservedConcurrency;
    this.recursion = kept.recursion;
    this.runtimeUpdates = new Map(kept.runtimeUpdates);
    this.codeSigning = kept.codeSigning;
  }

  publish(version: FunctionVersion, latestRevisionId: string): void {
    this.versions.set(version.version, version);
    this.publishedCount = Number(version.version);
    this.latest = { ...this.latest, revisionId: latestRevisionId };
  }

  /** Forgets what belongs to a version or an alias that is gone. */
  disqualify(qualifier: string): void {
    this.policies.delete(qualifier);
    this.invokeConfigs.delete(qualifier);
    this.runtimeUpdates.delete(qualifier);
  }

  setPolicy(qualifier: string, policy: Policy | undefined): void {
    if (policy === undefined) this.policies.delete(qualifier);
    else this.policies.set(qualifier, policy);
  }

  /** All versions there are, `$LATEST` first. */
  *allVersions(): Generator<FunctionVersion, void, void> {
    yield this.latest;
    yield* this.versions.values();
  }

  /** All of it as data. */
  get kept(): KeptFunction {
    const { name, latest, publishedCount, tags, reservedConcurrency, recursion, codeSigning } = this;
    return {
      ...{ name, latest, publishedCount, tags, recursion },
      versions: [...this.versions.values()],
      aliases: [...this.aliases.values()],
      policies: [...this.policies],
      invokeConfigs: [...this.invokeConfigs],
      ...(this.runtimeUpdates.size > 0 && { runtimeUpdates: [...this.runtimeUpdates] }),
      ...(reservedConcurrency !== undefined && { reservedConcurrency }),
      ...(codeSigning !== undefined && { codeSigning }),
    };
  }
}

/** The version that a qualifier means: the number of one, `$LATEST`, or an alias; without one, `$LATEST`. */
export function resolved(record: FunctionRecord, qualifier: string = LATEST): Resolved | undefined {
  if (qualifier === LATEST) return { record, version: record.latest, alias: undefined };
  const alias = record.aliases.get(qualifier);
  const named = alias?.version ?? qualifier;
  const version = named === LATEST ? record.latest : record.versions.get(named);
  return version && { record, version, alias };
}
