import { statSync } from "node:fs";
import { DelayedInvocations } from "../../delivery/function/delayed-invocations.ts";
import { InvocationLog } from "../../delivery/function/invocation-log.ts";
import type { FunctionInvoker } from "../../delivery/function/invoker.ts";
import { guarded } from "../../delivery/function/loop-guard.ts";
import { observed } from "../../delivery/function/observed-invoke.ts";
import { FunctionDirectory } from "../../engine/function/function-directory.ts";
import { FunctionNotes } from "../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../engine/invocation.ts";
import { AwsError } from "../../kernel/aws-error.ts";
import { lazily } from "../../kernel/load/late-package.ts";
import { SystemClock } from "../../kernel/time/system-clock.ts";
import type { Runner } from "../../runtime/runner.ts";
import type { CodeSources } from "../../service/lambda/code/code-sources.ts";
import { CodeInMemory } from "../../service/lambda/code/code-store.ts";
import { lambdaModel, lambdaOperations } from "../../service/lambda/lambda-model.ts";
import { inheritedEnvironment } from "../settings/config.ts";
import { type Asynchronous, type AsynchronousPorts, lateAsynchronous } from "./function/asynchronous.ts";
import { invocationLines } from "./invocation-lines.ts";
import { createMappings, type MappingRoom, type Sources } from "./mapping/mappings.ts";
import { lateModule, lateRoutes, type Module, type ModuleDeps } from "./module.ts";

/** Lambda with its functions, which are there before anything else of it is loaded. */
export interface Lambda extends Module, Pick<MappingRoom, "mappings" | "readings"> {
  readonly functions: FunctionDirectory;
  readonly functionCode: CodeInMemory;
  readonly invocationLog: InvocationLog;
  /** Invocations that are to begin later. */
  readonly delayedInvocations: Pick<DelayedInvocations, "count" | "upcoming">;
  readonly mappingsLater: MappingRoom["later"];
  /** What goes on with functions, for who listens. */
  readonly functionNotes: Pick<FunctionNotes, "listen">;
  /** Runs a function; what does that is loaded with the first. */
  readonly invoke: InvokeFunction;
  readonly asynchronous: Asynchronous;
}

/** What Lambda leads to. */
interface LambdaPorts extends Pick<AsynchronousPorts, "targets" | "hopeless"> {
  readonly sources: Sources;
}

/** Lambda, which is loaded when it is first called, and what runs functions when the first of them is invoked. */
export function lateLambda(deps: ModuleDeps, { sources, targets, hopeless }: LambdaPorts): Lambda {
  const { clockOf, ids } = deps;
  const logs = deps.logs.part("lambda");
  const code = new CodeInMemory();
  const functions = new FunctionDirectory({ clockOf, ids, logs, releaseCode: (place) => code.release(place) });
  let loading: Promise<FunctionInvoker> | undefined;
  let invoker: FunctionInvoker | undefined;
  const load = lazily(async () => {
    const { FunctionInvoker } = await import("../../delivery/function/invoker.ts");
    invoker = new FunctionInvoker({
      ...{ directory: functions, logs, ids },
      archiveOf: (place) => code.get(place),
      handlerOf: (name) => deps.handlers.get(name),
      openRunner: () => openRunner(deps),
      disturbance: deps.faults.invocations,
    });
    return invoker;
  });
  const whenLoaded: InvokeFunction = async (call, signal) => {
    loading = load();
    return (await loading).invoke(call, signal);
  };
  const log = new InvocationLog();
  const notes = new FunctionNotes();
  const realTime = new SystemClock();
  const run = guarded((call, signal) => (invoker?.invoke ?? whenLoaded)(call, signal), { functions, ids, clockOf });
  const logged = observed(run, {
    log,
    work: deps.work,
    clockOf,
    realTime,
    notes,
  });
  const delayed = new DelayedInvocations({
    ...{ invoke: logged, clockOf, realTime },
    port: deps.faults.invocations,
    work: deps.work,
  });
  const { invoke } = delayed;
  const asynchronous = lateAsynchronous(deps, { functions, invoke, targets, hopeless, notes });
  const mappings = createMappings(deps, sources, { functions, invoke, targets, notes });
  const module = lateModule({ model: lambdaModel, operations: lambdaOperations }, async () => {
    const [{ createLambdaService }, { directory }] = await Promise.all([
      import("../../service/lambda/index.ts"),
      asynchronous.invocations.load(),
      mappings.load(),
    ]);
    const running = { invoke, queueEvent: directory.queue };
    const own = { directory: functions, ids, code, sources: codeSources(deps), ...running };
    return { service: createLambdaService({ ...own, ...mappings }), stores: [] };
  });
  return {
    ...module,
    functions,
    functionCode: code,
    invocationLog: log,
    delayedInvocations: delayed,
    mappingsLater: mappings.later,
    functionNotes: notes,
    invoke,
    ...{ mappings: mappings.mappings, readings: mappings.readings },
    asynchronous,
    routes: lateRoutes(({ lambdaRoutes }) => lambdaRoutes, {
      readInvocations: invocationLines(log),
      readFunctionEvents: asynchronous.readFunctionEvents,
    }),
    stores: [delayed, mappings.mappings, mappings.readings, asynchronous.invocations, functions, log],
    async close() {
      delayed.close();
      mappings.close();
      asynchronous.close();
      await module.close?.();
      await (await loading)?.close();
    },
  };
}

/** What runs functions, on the time that processes know. */
async function openRunner({ ids, log, origin, config }: ModuleDeps): Promise<Runner> {
  const { LocalRunner } = await import("../../runtime/local-runner.ts");
  return new LocalRunner({
    clock: new SystemClock(),
    ids,
    log: (level, fields, text) => log.log(level, fields, text),
    endpoint: origin,
    inherited: inheritedEnvironment(),
    node: config.node,
    python: config.python,
    keepAliveMs: config.functionKeepAliveMs,
    mostEnvironments: config.functionEnvironments,
  });
}

/** Code that lies in a bucket is fetched by way of `operate`. */
function codeSources({ operate }: ModuleDeps): CodeSources {
  return {
    async object({ account, region }, { bucket, key }) {
      try {
        const found = await operate("s3", "GetObject", { Bucket: bucket, Key: key }, { account, region });
        return { bytes: (found as { readonly Body: Uint8Array }).Body };
      } catch (cause) {
        if (cause instanceof AwsError) return { errorCode: cause.queryCode, errorMessage: cause.message };
        throw cause;
      }
    },
    isDirectory,
  };
}

/** Whatever the machine says against a path, it is no directory. */
function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
