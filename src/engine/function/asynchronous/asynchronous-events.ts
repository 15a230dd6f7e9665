import { formatArn, parseArn } from "../../../kernel/arn.ts";
import type { Keeping } from "../../../kernel/collection/by-scope.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import type { EventLogs } from "../../../kernel/event/event-logs.ts";
import type { Ids } from "../../../kernel/ids.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { FunctionAnswer, QueuedEvent } from "../../invocation.ts";
import { TooManyRequests } from "../function-errors.ts";
import type { AsynchronousEvent } from "./asynchronous-event.ts";
import { AsynchronousState, type StandingEvent } from "./asynchronous-state.ts";
import type { AsynchronousSettings, EndedEvent, OwedEvent } from "./owed-event.ts";
import { type Verdict, verdictOn, verdictOnAge } from "./verdict.ts";

/** How much may be owed to the functions of an account and region. AWS says of no such limit. */
export interface AsynchronousLimits {
  readonly events: number;
  /** Of payloads and answers, and something for each event. */
  readonly bytes: number;
}

/** How events of the function of that ARN end, given which version ran, if any did; undefined when there is no such function. */
export type SettingsOf = (functionArn: string, executedVersion?: string) => AsynchronousSettings | undefined;

/** Hears that an event is to be attempted: it waits for nothing any more, until it is said how that came out. Never throws. */
export type Due = (events: AsynchronousEvents, event: OwedEvent) => void;

interface AsynchronousEventsDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logs: EventLogs;
  readonly kept: Keeping<AsynchronousEvents>;
  readonly settingsOf: SettingsOf;
  readonly due: Due;
  readonly limits: AsynchronousLimits;
}

/** So many events become due in one turn of the event loop. */
const DUE_PER_TURN = 1000;

/** Where events of functions wait whose callers do not, of one account and region: the asynchronous queue of Lambda. */
export class AsynchronousEvents {
  readonly scope: Scope;
  readonly #deps: AsynchronousEventsDeps;
  readonly #state = new AsynchronousState();
  readonly #alarm: Alarm;

  constructor(scope: Scope, deps: AsynchronousEventsDeps) {
    this.scope = scope;
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, () => this.handOver());
  }

  get isEmpty(): boolean {
    return this.#state.count === 0;
  }

  get count(): number {
    return this.#state.count;
  }

  /** How many of them wait for their instant. */
  get waitingCount(): number {
    return this.#state.waitingCount;
  }

  find(requestId: string): OwedEvent | undefined {
    return this.#state.find(requestId);
  }

  /** All that is owed, in the order in which it was taken, behind that place. Looks at what is before it. */
  all(after?: number): Iterable<StandingEvent> {
    return this.#state.all(after);
  }

  /** What waits for its instant, the first first. To be read while nothing happens. */
  upcoming(): Iterable<OwedEvent> {
    return this.#state.upcoming();
  }

  /** Takes an event for a function, which is there. Throws TooManyRequests when too much is owed already. */
  queue({ functionArn, payload, traceId, source, messageIds, requestId: given }: QueuedEvent): {
    readonly requestId: string;
  } {
    const { limits, ids, clock } = this.#deps;
    if (this.#state.count >= limits.events || this.#state.bytes + payload.length > limits.bytes) {
      throw new TooManyRequests();
    }
    const isFree = given !== undefined && this.find(given) === undefined;
    const requestId = isFree ? given : ids.uuid();
    const facts = {
      ...{ requestId, functionArn, payload },
      ...(traceId !== undefined && { traceId }),
      ...(source !== undefined && { source }),
      ...(messageIds !== undefined && { messageIds }),
    };
    this.#record({ type: "eventQueued", at: clock.now(), ...facts }, functionArn);
    this.handOver();
    return { requestId };
  }

  /** Gives up an event that is too old to be attempted, and says so. */
  expire(requestId: string): EndedEvent | undefined {
    const event = this.find(requestId);
    const settings = event && this.#deps.settingsOf(event.functionArn);
    if (event === undefined || settings === undefined) return undefined;
    const verdict = verdictOnAge(event, settings, this.#deps.clock.now());
    return verdict && this.#enforce(event, verdict, settings);
  }

  /** Decides what becomes of an event that was attempted, and says so if that was its end. */
  conclude(requestId: string, answer: FunctionAnswer): EndedEvent | undefined {
    const event = this.find(requestId);
    if (event === undefined) return undefined;
    const settings = this.#deps.settingsOf(event.functionArn, versionOf(answer));
    const now = this.#deps.clock.now();
    if (answer.type === "missing" || settings === undefined) {
      this.#record({ type: "eventEnded", at: now, requestId, condition: "Missing" }, event.functionArn);
      return undefined;
    }
    const isStopped = answer.type === "stopped";
    const attempted = isStopped ? ({ type: "unreachable", reason: "The attempt was stopped." } as const) : answer;
    return this.#enforce(event, verdictOn(event, attempted, settings, now), settings);
  }

  /** Has whatever is due attempted, now and whenever something is. */
  handOver(): void {
    const now = this.#deps.clock.now();
    for (let taken = 0; taken < DUE_PER_TURN; taken++) {
      const event = this.#state.takeDue(now);
      if (event === undefined) break;
      this.#deps.due(this, event);
    }
    this.#alarm.set(this.#state.nextDueAt);
  }

  /** Forgets everything. */
  reset(): void {
    this.#record({ type: "eventsReset", at: this.#deps.clock.now() });
    this.stop();
  }

  /** Hands nothing over any more. */
  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
  }

  /** The entries that build the same; to be read to the end at once. */
  *entries(): Generator<Entry<AsynchronousEvent>, void, void> {
    for (const { event } of this.#state.all()) {
      yield { resource: this.#resourceOf(event.functionArn), event: { type: "eventKept", at: 0, ...event } };
    }
  }

  /** Applies an event that a log kept. */
  replay(event: AsynchronousEvent): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
  }

  #enforce(event: OwedEvent, verdict: Verdict, settings: AsynchronousSettings): EndedEvent | undefined {
    const { requestId, functionArn } = event;
    const at = this.#deps.clock.now();
    if (verdict.type === "ended") {
      const { type: _, ...end } = verdict;
      this.#record({ type: "eventEnded", at, requestId, condition: end.condition }, functionArn);
      return { event, settings, ...end };
    }
    if (verdict.type === "retried") this.#record({ ...verdict, type: "eventRetried", at, requestId }, functionArn);
    else this.#record({ ...verdict, type: "eventPostponed", at, requestId }, functionArn);
    this.#alarm.set(this.#state.nextDueAt);
    return undefined;
  }

  #record(event: AsynchronousEvent, functionArn?: string): void {
    this.#state.apply(event);
    this.#deps.kept.update(this);
    this.#deps.logs.of(this.scope.account).appendOne(this.#resourceOf(functionArn), event);
  }

  /** The queue of a function; without one, those of all. */
  #resourceOf(functionArn: string | undefined): string {
    const [, name = ""] = parseArn(functionArn ?? "")?.resource.split(":") ?? [];
    return formatArn("lambda", this.scope, `event-queue:${name}`);
  }
}

function versionOf(answer: FunctionAnswer): string | undefined {
  return answer.type === "answered" || answer.type === "failed" ? answer.executedVersion : undefined;
}
