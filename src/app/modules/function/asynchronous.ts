import type { AsynchronousInvocations } from "../../../delivery/function/asynchronous/asynchronous-invocations.ts";
import type { ReportHopeless } from "../../../delivery/function/asynchronous/hopes.ts";
import type { TargetRoom } from "../../../delivery/target/targets.ts";
import type { AsynchronousDirectory } from "../../../engine/function/asynchronous/asynchronous-directory.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import { scopeOfArn } from "../../../kernel/arn.ts";
import type { ReadFunctionEvents } from "../../../server/control/routes/function/function-events.ts";
import type { ServedFunctions } from "../delivery.ts";
import { LateStore } from "../late-store.ts";
import type { ModuleDeps } from "../module.ts";
import { functionEventLines } from "./function-event-lines.ts";

/** What functions are invoked with whose callers do not wait. */
export interface AsynchronousPorts {
  readonly functions: FunctionDirectory;
  readonly invoke: InvokeFunction;
  /** Where the ends of events are told of. */
  readonly targets: TargetRoom["targets"];
  /** Hears of events that nothing will come of. */
  readonly hopeless: ReportHopeless;
  readonly notes: FunctionNotes;
}

/** Functions whose callers do not wait. */
export interface Asynchronous extends ServedFunctions {
  /** Loaded with the first event. */
  readonly invocations: LateStore<AsynchronousInvocations>;
  /** How many events of an account, or of all, wait for their next attempt or their turn, or are attempted. */
  readonly pending: AsynchronousInvocations["pending"];
  /** What functions are owed, by account and region. */
  readonly owed: Pick<AsynchronousDirectory, "within">;
  readonly readFunctionEvents: ReadFunctionEvents;
  /** Attempts nothing any more. */
  close(): void;
}

/** Invokes functions for those who do not wait; all of it is loaded with the first event. */
export function lateAsynchronous(deps: ModuleDeps, ports: AsynchronousPorts): Asynchronous {
  const { functions, invoke, targets, hopeless, notes } = ports;
  const { clockOf, ids, log, pulse, origin } = deps;
  let loaded: AsynchronousInvocations | undefined;
  let isClosed = false;
  const invocations = new LateStore(async () => {
    const { AsynchronousInvocations } = await import(
      "../../../delivery/function/asynchronous/asynchronous-invocations.ts"
    );
    loaded = new AsynchronousInvocations({
      ...{ clockOf, ids, functions, invoke, targets, hopeless, notes, origin },
      logs: deps.logs.part("lambda"),
      attempted: () => pulse.beat(),
      lost: ({ what, reason, ...fields }) => log.log("warn", fields, `${what} of a function not sent: ${reason}`),
    });
    if (isClosed) loaded.close();
    return loaded;
  });
  const owed: Asynchronous["owed"] = { within: (whereabouts) => loaded?.directory.within(whereabouts) ?? [] };
  return {
    invocations,
    areServed: (functionArn) => !functions.in(scopeOfArn(functionArn)).isEmpty,
    handOver: async (job) => (await invocations.load()).handOver(job),
    pending: (account) => loaded?.pending(account) ?? { waiting: 0, ready: 0, running: 0 },
    owed,
    readFunctionEvents: (query) => functionEventLines({ directory: owed, clockOf }, query),
    close() {
      isClosed = true;
      loaded?.close();
    },
  };
}
