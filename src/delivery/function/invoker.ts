import { type Alias, type FunctionRecord, type FunctionVersion, LATEST } from "../../engine/function/function.ts";
import { functionArn } from "../../engine/function/function-book.ts";
import type { FunctionDirectory } from "../../engine/function/function-directory.ts";
import type { FunctionEvent } from "../../engine/function/function-event.ts";
import type { Functions } from "../../engine/function/functions.ts";
import { resolved } from "../../engine/function/held-function.ts";
import type { FunctionAnswer, FunctionCall, InvokeFunction } from "../../engine/invocation.ts";
import { parseArn, scopeOfArn } from "../../kernel/arn.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import { lazily } from "../../kernel/load/late-package.ts";
import type { Invocation, Outcome, Runner } from "../../runtime/runner.ts";
import { InFlight } from "./in-flight.ts";
import type { InvocationDisturbancePort } from "./invocation-disturbance.ts";
import { answerBy } from "./mishap-answer.ts";
import type { PreparationDeps, PreparedVersion } from "./prepared-version.ts";
import { PreparedVersions } from "./prepared-versions.ts";
import { UnpackedCode } from "./unpacked-code.ts";

interface InvokerDeps extends Pick<PreparationDeps, "archiveOf" | "handlerOf"> {
  readonly directory: Pick<FunctionDirectory, "in">;
  /** Lambda's part of what happens. */
  readonly logs: EventLogs;
  /** What chance is drawn from. */
  readonly ids: Ids;
  /** Loads what runs functions, with the first that is run. */
  readonly openRunner: () => Promise<Runner>;
  readonly disturbance: InvocationDisturbancePort;
}

/** Which version a call means, and what was found on the way to it. */
interface Found {
  readonly functions: Functions;
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
}

/** Invokes functions by their ARNs, whoever asks for it: finds the version, makes it ready, counts, and has it run. */
export class FunctionInvoker {
  readonly #deps: InvokerDeps;
  readonly #inFlight = new InFlight();
  readonly #unpacked = new UnpackedCode();
  readonly #prepared: PreparedVersions;
  readonly #open: () => Promise<Runner>;
  readonly #leave: () => void;
  #runner: Runner | undefined;
  #opening: Promise<Runner> | undefined;
  #isClosed = false;

  constructor(deps: InvokerDeps) {
    this.#deps = deps;
    const { archiveOf, handlerOf } = deps;
    this.#prepared = new PreparedVersions({ unpacked: this.#unpacked, archiveOf, handlerOf });
    this.#open = lazily(async () => {
      this.#opening = deps.openRunner();
      this.#runner = await this.#opening;
      return this.#runner;
    });
    this.#leave = deps.logs.listen((_account, entries) => this.#hear(entries as readonly Entry<FunctionEvent>[]));
  }

  /** Runs a function and waits for it. Never rejects. */
  readonly invoke: InvokeFunction = async (call, signal) => {
    if (this.#isClosed || signal.aborted) return { type: "stopped" };
    const found = this.#find(call.functionArn);
    if (found === undefined) return { type: "missing" };
    const end = this.#inFlight.begin(found.functions, found.record);
    if (typeof end === "string") return { type: "throttled", reason: end };
    try {
      return this.#disturbed(found, call) ?? (await this.#run(found, call, signal));
    } finally {
      end();
    }
  };

  /** Ends everything that runs, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#leave();
    const runner = await this.#opening?.catch(() => undefined);
    await runner?.close();
    await this.#unpacked.close();
  }

  /** What becomes of a call whose function is not to be run; or has it run by a new process where that is wanted. */
  #disturbed({ functions, record, version }: Found, call: FunctionCall): FunctionAnswer | undefined {
    const faults = this.#deps.disturbance.present;
    if (faults === undefined) return undefined;
    const mishap = faults.mishap(call.functionArn);
    if (mishap !== undefined) {
      const { timeoutMs } = version.settings;
      // A function that takes too long takes its process along.
      if (mishap === "timeout") this.#runner?.endNext(versionArn(functions, record.name, version.version));
      const hasReserved = record.reservedConcurrency !== undefined;
      return answerBy(mishap, call, { version: version.version, timeoutMs, hasReserved });
    }
    if (isStarted(version.code) && faults.startsCold(call.functionArn)) {
      this.#stop(this.#prepared.take(functionArn(functions.scope, record.name), version.version));
    }
    return undefined;
  }

  async #run(found: Found, call: FunctionCall, signal: AbortSignal): Promise<FunctionAnswer> {
    const prepared = this.#preparedOf(found);
    const { version } = found.version;
    prepared.begin();
    try {
      const definition = prepared.definition ?? (await prepared.ready);
      if (typeof definition === "string") return refused(version, definition);
      const runner = this.#runner ?? (await this.#open());
      if (prepared.isForgotten) return { type: "stopped" };
      // It was changed while it was made ready: what it is now is run.
      if (prepared.isRetired) return await this.#again(call, signal);
      return answerOf(await runner.invoke(definition, invocationOf(call, version), signal), version);
    } finally {
      prepared.end();
    }
  }

  async #again(call: FunctionCall, signal: AbortSignal): Promise<FunctionAnswer> {
    const found = this.#find(call.functionArn);
    if (this.#isClosed || signal.aborted) return { type: "stopped" };
    return found === undefined ? { type: "missing" } : this.#run(found, call, signal);
  }

  #find(arn: string): Found | undefined {
    const [kind, name = "", qualifier] = parseArn(arn)?.resource.split(":") ?? [];
    if (kind !== "function") return undefined;
    const functions = this.#deps.directory.in(scopeOfArn(arn));
    const record = functions.find(name);
    const found = record && resolved(record, qualifier);
    if (record === undefined || found === undefined) return undefined;
    return { functions, record, version: this.#drawn(record, found.version, found.alias) };
  }

  /** Of an alias for two versions, chance takes one. */
  #drawn({ versions }: FunctionRecord, version: FunctionVersion, alias: Alias | undefined): FunctionVersion {
    const [other, share = 0] = Object.entries(alias?.weights ?? {})[0] ?? [];
    if (other === undefined || this.#deps.ids.bytes(4).readUInt32BE() / 2 ** 32 >= share) return version;
    return versions.get(other) ?? version;
  }

  #preparedOf({ functions, record, version }: Found): PreparedVersion {
    return this.#prepared.of(functions, record.name, version);
  }

  /** What is changed or gone takes no further invocation; what is forgotten with its account ends at once. */
  #hear(entries: readonly Entry<FunctionEvent>[]): void {
    for (const { resource, event } of entries) {
      if (event.type === "functionUpdated") this.#stop(this.#prepared.take(resource, LATEST));
      else if (event.type === "versionDeleted") this.#stop(this.#prepared.take(resource, event.version));
      else if (event.type === "functionDeleted") this.#stop(this.#prepared.take(resource));
      else if (event.type === "functionsReset") {
        for (const forgotten of this.#prepared.takeAll(resource)) {
          forgotten.isForgotten = true;
          this.#runner?.abandon(forgotten.arn);
        }
      }
    }
  }

  #stop(retired: readonly PreparedVersion[]): void {
    for (const { arn } of retired) this.#runner?.stop(arn);
  }
}

/** The ARN by which the runner knows a version. */
function versionArn({ scope }: Functions, name: string, version: string): string {
  return functionArn(scope, name, version === LATEST ? undefined : version);
}

/** What the runner is handed of a call. Member by member: to leave one out of a copy takes several times as long. */
function invocationOf(call: FunctionCall, version: string): Invocation {
  const { requestId, functionArn, payload, clientContext, traceId, onChunk, onStalled } = call;
  const onOwnChunk = onChunk && ((chunk: Buffer) => onChunk(chunk, version));
  return { requestId, functionArn, payload, clientContext, traceId, onChunk: onOwnChunk, onStalled };
}

/** Whether the code is run by a process that is started for it. */
function isStarted({ kind }: FunctionVersion["code"]): boolean {
  return kind === "archive" || kind === "directory" || kind === "command";
}

function answerOf(outcome: Outcome, executedVersion: string): FunctionAnswer {
  return outcome.type === "answered" || outcome.type === "failed" ? { ...outcome, executedVersion } : outcome;
}

/** What cannot be run fails as on AWS what has no good entry point. */
function refused(executedVersion: string, errorMessage: string): FunctionAnswer {
  const payload = JSON.stringify({ errorType: "Runtime.InvalidEntrypoint", errorMessage });
  return { type: "failed", payload, executedVersion, log: "" };
}
