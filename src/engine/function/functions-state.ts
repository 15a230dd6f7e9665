import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { FunctionRecord, FunctionVersion } from "./function.ts";
import type { FunctionEvent, KeptFunction } from "./function-event.ts";
import { HeldFunction } from "./held-function.ts";

/** The functions of one account and region. Only events change it. */
export class FunctionsState {
  readonly #functions = new Map<string, HeldFunction>();
  #inOrder = newIndex();
  /** How many versions have the code that lies under a key. */
  readonly #codeUses = new Map<string, number>();
  #unusedCode: string[] = [];
  /** Of all versions. */
  #codeBytes = 0;
  #reserved = 0;

  get count(): number {
    return this.#functions.size;
  }

  get codeBytes(): number {
    return this.#codeBytes;
  }

  /** What is reserved for functions, of the concurrency of the account. */
  get reserved(): number {
    return this.#reserved;
  }

  find(name: string): FunctionRecord | undefined {
    return this.#functions.get(name);
  }

  /** By name. */
  list(range?: IndexRange): Iterable<FunctionRecord> {
    return this.#inOrder.list(range);
  }

  usesCode(key: string): boolean {
    return this.#codeUses.has(key);
  }

  /** Keys of code that no version has any more; told once. */
  takeUnusedCode(): readonly string[] {
    const unused = this.#unusedCode;
    if (unused.length > 0) this.#unusedCode = [];
    return unused.filter((key) => !this.#codeUses.has(key));
  }

  /** The events that build the same. */
  *events(): Generator<FunctionEvent, void, void> {
    for (const held of this.#inOrder.list()) yield { type: "functionKept", at: 0, ...held.kept };
  }

  apply(event: FunctionEvent): void {
    switch (event.type) {
      case "functionCreated":
        return this.#add({ ...NOTHING_YET, ...event });
      case "functionKept":
        return this.#add(event);
      case "functionDeleted":
        return this.#remove(this.#held(event.name));
      case "functionsReset":
        for (const held of this.#functions.values()) this.#remove(held);
        this.#inOrder = newIndex();
        return;
      default:
        return this.#change(this.#held(event.name), event);
    }
  }

  #change(held: HeldFunction, event: Change): void {
    switch (event.type) {
      case "functionUpdated":
        this.#use(event.latest);
        this.#disuse(held.latest);
        held.latest = event.latest;
        return;
      case "versionPublished":
        this.#use(event.version);
        return held.publish(event.version, event.latestRevisionId);
      case "versionDeleted":
        this.#disuse(present(held.versions.get(event.version), "a version"));
        held.versions.delete(event.version);
        return held.disqualify(event.version);
      case "aliasSet":
        held.aliases.set(event.alias.name, event.alias);
        return;
      case "aliasDeleted":
        held.aliases.delete(event.alias);
        return held.disqualify(event.alias);
      case "policySet":
        return held.setPolicy(event.qualifier, event.policy);
      case "invokeConfigSet":
        held.invokeConfigs.set(event.qualifier, event.config);
        return;
      case "invokeConfigDeleted":
        held.invokeConfigs.delete(event.qualifier);
        return;
      case "concurrencyReserved":
        this.#reserved += (event.count ?? 0) - (held.reservedConcurrency ?? 0);
        held.reservedConcurrency = event.count;
        return;
      case "functionTagged":
        held.tags = event.tags;
        held.latest = { ...held.latest, revisionId: event.revisionId };
        return;
      case "recursionSet":
        held.recursion = event.recursion;
        return;
      case "runtimeUpdatesSet":
        held.runtimeUpdates.set(event.version, event.updates);
    }
  }

  #add(kept: KeptFunction): void {
    const held = new HeldFunction(kept);
    this.#functions.set(held.name, held);
    this.#inOrder.set(held);
    this.#reserved += held.reservedConcurrency ?? 0;
    for (const version of held.allVersions()) this.#use(version);
  }

  #remove(held: HeldFunction): void {
    this.#functions.delete(held.name);
    this.#inOrder.delete(held);
    this.#reserved -= held.reservedConcurrency ?? 0;
    for (const version of held.allVersions()) this.#disuse(version);
  }

  #use({ code }: FunctionVersion): void {
    this.#codeBytes += code.bytes;
    if (code.kind === "archive") this.#codeUses.set(code.key, (this.#codeUses.get(code.key) ?? 0) + 1);
  }

  #disuse({ code }: FunctionVersion): void {
    this.#codeBytes -= code.bytes;
    if (code.kind !== "archive") return;
    const left = (this.#codeUses.get(code.key) ?? 0) - 1;
    if (left > 0) this.#codeUses.set(code.key, left);
    else {
      this.#codeUses.delete(code.key);
      this.#unusedCode.push(code.key);
    }
  }

  #held(name: string): HeldFunction {
    return present(this.#functions.get(name), "a function");
  }
}

type Change = Exclude<
  FunctionEvent,
  { readonly type: "functionCreated" | "functionKept" | "functionDeleted" | "functionsReset" }
>;

const NOTHING_YET = {
  versions: [],
  publishedCount: 0,
  aliases: [],
  policies: [],
  invokeConfigs: [],
  recursion: "Terminate",
} as const;

function newIndex(): OrderedIndex<HeldFunction> {
  return new OrderedIndex<HeldFunction>(({ name }) => name);
}
