import { AsynchronousDirectory } from "../../../engine/function/asynchronous/asynchronous-directory.ts";
import { settingsOf } from "../../../engine/function/asynchronous/settings-of.ts";
import type { FunctionDirectory } from "../../../engine/function/function-directory.ts";
import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import type { InvokeFunction } from "../../../engine/invocation.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { HandOver } from "../../target/function.ts";
import type { Targets } from "../../target/targets.ts";
import { Attempts } from "./attempts.ts";
import { Ends, type ReportLost } from "./ends.ts";
import { handOverTo, invokeLater } from "./hand-over.ts";
import { Hopes, type ReportHopeless } from "./hopes.ts";

/** What events of functions are attempted with, and whom their ends are told. */
interface AsynchronousInvocationsDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  /** Lambda's part of what happens. */
  readonly logs: EventLogs;
  readonly functions: Pick<FunctionDirectory, "in">;
  readonly invoke: InvokeFunction;
  readonly targets: Pick<Targets, "queue" | "topic" | "bucket">;
  /** Where links in messages of topics lead: scheme and authority. */
  readonly origin: () => string;
  readonly lost: ReportLost;
  /** Hears of events that nothing will come of. Never throws. */
  readonly hopeless?: ReportHopeless | undefined;
  readonly notes: Pick<FunctionNotes, "isHeard" | "tell">;
  /** Hears that attempts are over. */
  readonly attempted: () => void;
}

/** Functions whose callers do not wait: what they are owed, the attempts, and what destinations hear of them. */
export class AsynchronousInvocations {
  readonly directory: AsynchronousDirectory;
  /** Takes what services have for functions. */
  readonly handOver: HandOver;
  readonly #attempts: Attempts;

  constructor({ functions, invoke, attempted, clockOf, ids, logs, hopeless, ...deps }: AsynchronousInvocationsDeps) {
    const hopes = new Hopes(hopeless);
    this.#attempts = new Attempts({
      ...{ invoke, attempted },
      failed: (event, document) => hopes.failed(event, document),
      ended: (ended) => {
        ends.tell(ended);
        hopes.ended(ended);
      },
    });
    this.directory = new AsynchronousDirectory({
      ...{ clockOf, ids, logs },
      settingsOf: settingsOf(functions),
      due: (events, event) => this.#attempts.add(events, event),
    });
    const queueing = { directory: functions, queueEvent: this.directory.queue };
    const ends = new Ends({ ...deps, clockOf, ids, over: attempted, invokeLater: invokeLater(queueing) });
    this.handOver = handOverTo(queueing);
  }

  /** How many events of an account, or of all, wait for their next attempt or their turn, or are attempted. Looks at each of their functions. */
  pending(account?: string): { readonly waiting: number; readonly ready: number; readonly running: number } {
    let waiting = 0;
    for (const events of this.directory.within({ account })) waiting += events.waitingCount;
    return { waiting, ...this.#attempts.pending(account) };
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#attempts.reset(account);
    this.directory.reset(account);
  }

  /** Attempts nothing any more; what is owed stays so. */
  close(): void {
    this.directory.close();
    this.#attempts.close();
  }
}
