import { KeptBacklog } from "../../delivery/sns/kept/kept-backlog.ts";
import type { WorldPart } from "../../fixture/world/world-part.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import type { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Clocks } from "../../kernel/time/clocks.ts";
import { SystemClock } from "../../kernel/time/system-clock.ts";
import { InternalFailure } from "../../protocol/errors.ts";
import type { Kept } from "../../server/exchange.ts";
import type { Interceptors } from "../../server/intercept.ts";
import type { Logger } from "../../server/log.ts";
import { Recorder } from "../../store/recorder.ts";
import { type Store, StoreRefusal } from "../../store/store.ts";
import { outboxPart, servedParts } from "../fixture/world-parts.ts";
import type { Inside } from "../modules/modules.ts";
import { ChannelPart } from "./channel-part.ts";
import { accountOf, DurableWorld, EVERYONE } from "./durable-world.ts";
import { heldIn } from "./held.ts";
import { OwedPart } from "./owed-part.ts";

export interface DurableDeps {
  readonly inside: Inside;
  readonly logs: EventLogs;
  readonly clocks: Clocks;
  readonly interceptors: Pick<Interceptors, "add">;
  readonly log: Logger;
  /** Forgets everything of an account but its time. */
  readonly reset: (account: string) => void;
  /** Hears that somebody else has the store for good, so that this one can only refuse, and has nothing go on. */
  readonly superseded: (cause: Error) => void;
}

/** So often it is tried once more to keep what could not be kept, beside the times that somebody asks for something. */
const RETRY_MS = 1_000;

/** Who rebuilds what there is, and from what. */
interface Found {
  readonly parts: readonly WorldPart[];
  readonly kept: Iterable<readonly Entry[]>;
}

/** Has state outlast the process: brings back what a store holds, then keeps what happens in it. */
export class Durable {
  readonly #deps: DurableDeps;
  readonly #world: DurableWorld;
  readonly #recorder: Recorder;
  #letOthersBe: (() => void) | undefined;
  #isSuperseded = false;
  readonly #machine = new SystemClock();
  #cancelRetry: () => void = () => {};
  /** Of which account, or of all, it is that is built anew at the moment. */
  #rebuilt: { readonly account: string | undefined } | undefined;
  readonly #record = (account: string, entry: Entry): void => this.#note(account, [entry]);

  /** Throws StoreRefusal, with the store closed, where what it holds makes no sense. */
  static async open(store: Store, deps: DurableDeps): Promise<Durable> {
    try {
      const [kept, parts, parameters, assets] = await Promise.all([
        store.load(),
        servedParts(deps.inside),
        deps.inside.parameters.load(),
        deps.inside.assets.load(),
      ]);
      const durable = new Durable(store, deps, { parts, kept });
      parameters.listen(durable.#record);
      assets.listen(durable.#record);
      deps.inside.functionCode.listen(durable.#record);
      return durable;
    } catch (cause) {
      await store.close();
      throw cause;
    }
  }

  private constructor(store: Store, deps: DurableDeps, { parts, kept: entries }: Found) {
    this.#deps = deps;
    const { inside, clocks, log } = deps;
    const { channelDeliveries, kept } = inside;
    const { owed, outboxStore } = kept;
    const backlog = new KeptBacklog(inside.topics);
    const owedParts = [
      new OwedPart({ name: "deliveries", owed, record: this.#record }),
      new OwedPart({ name: "backlog", owed: backlog, record: this.#record }),
    ];
    const channelPart = new ChannelPart(channelDeliveries);
    const reset = (account: string): void => {
      deps.reset(account);
      clocks.forget(account);
      for (const part of owedParts) part.forget(account);
      channelPart.forget(account);
    };
    this.#world = new DurableWorld({ parts: [...parts, outboxPart(inside), ...owedParts, channelPart], clocks, reset });
    this.#recorder = new Recorder({
      store,
      taken: (account) => this.#world.taken(account),
      takenAnew: (accounts) => this.#world.takenAnew([...new Set([...accounts, EVERYONE])]),
      held: () => heldIn(inside),
      standstill: clocks.standstill,
      clock: clocks.base,
      failed: (failure) => this.#refuseWhile(failure),
      notCompacted: (err) => log.log("error", { err }, "state not compacted"),
    });
    store.whenSuperseded?.((cause) => this.#superseded(cause));
    this.#load(entries);
    deps.logs.listen((account, entries) => this.#note(account, entries));
    clocks.listen((account = EVERYONE, state) => {
      this.#note(account, [this.#world.clockMoved(account, state)]);
    });
    outboxStore.listen(this.#record);
    owed.listen(this.#record);
    backlog.listen(this.#record);
    channelDeliveries?.listen(this.#record);
    this.#world.resume();
  }

  /** Whether nothing is there, nor was anything brought back. */
  get isEmpty(): boolean {
    for (const _ of this.#world.everything()) return false;
    return true;
  }

  /** Why nothing can be kept at present, after it was tried once more, as each request tries it; undefined while it can be. */
  ailment(): Promise<string | undefined> | undefined {
    const kept = this.#letOthersBe === undefined ? this.#recorder.sure() : this.#recorder.retry();
    return kept?.then(
      () => undefined,
      (cause: Error) => cause.message,
    );
  }

  readonly kept: Kept = () => this.#recorder.kept;

  /** While something cannot be kept a promise of what comes of trying once more, which rejects with why; undefined otherwise. */
  readonly mayChange: Kept = () => (this.#letOthersBe === undefined ? undefined : this.#recorder.retry());

  /** Hears that everything was forgotten, or everything of one account. */
  forgotten(account?: string): void {
    const accounts = account === undefined ? this.#recorder.accounts() : [account];
    for (const own of accounts) this.#note(own, [this.#world.forgotten(own)]);
  }

  /**
   * Keeps what there is of an account, or of all, once it was built anew: as one batch, so that what was before is there until then.
   * What is told meanwhile of that is in it.
   */
  async rebuild(account: string | undefined, build: () => Promise<Iterable<string>>): Promise<void> {
    this.#rebuilt = { account };
    let built: Iterable<string> = [];
    try {
      built = await build();
    } finally {
      this.#rebuilt = undefined;
      const accounts = account === undefined ? this.#accounts(built) : [account];
      this.#recorder.recordTaken(accounts, this.#world.takenAnew(accounts));
    }
  }

  close(): Promise<void> {
    this.#cancelRetry();
    return this.#recorder.close();
  }

  #superseded(cause: Error): void {
    this.#isSuperseded = true;
    this.#recorder.giveUp(cause);
    this.#deps.superseded(cause);
  }

  #note(account: string, entries: readonly Entry[]): void {
    const rebuilt = this.#rebuilt;
    if (rebuilt !== undefined && (rebuilt.account ?? account) === account) return;
    this.#recorder.record(account, entries);
  }

  /** Those and all of which something may be kept. */
  #accounts(built: Iterable<string>): readonly string[] {
    return [...new Set([...this.#recorder.accounts(), EVERYONE, ...built])];
  }

  /** Throws StoreRefusal where what was kept makes no sense. */
  #load(kept: Found["kept"]): void {
    let latest = "";
    for (const entries of kept) {
      for (const entry of entries) {
        if (entry.resource !== latest) this.#recorder.know(accountOf(entry));
        latest = entry.resource;
        this.#replay(entry);
      }
    }
  }

  #replay(entry: Entry): void {
    try {
      this.#world.replay(entry);
    } catch (cause) {
      const { resource, event } = entry;
      throw new StoreRefusal(`What was kept makes no sense: ${event.type} of ${resource}. Take another place for it.`, {
        cause,
      });
    }
  }

  /** While something cannot be kept, nothing more is to happen: each request has that tried once more, and runs when it can. */
  #refuseWhile(failure: Error | undefined): void {
    const { interceptors, log } = this.#deps;
    this.#letOthersBe?.();
    this.#letOthersBe = undefined;
    this.#cancelRetry();
    if (failure === undefined) return log.log("info", {}, "state is kept again");
    log.log("error", { err: failure }, "state not kept; requests are refused until it can be");
    this.#letOthersBe = interceptors.add((_interception, next) => {
      const kept = this.#recorder.retry();
      if (kept === undefined) return next();
      return kept.then(next.bind(undefined, undefined), (cause: Error) => {
        throw new InternalFailure(cause.message);
      });
    }, "front");
    if (!this.#isSuperseded) this.#retryLater();
  }

  #retryLater(): void {
    this.#cancelRetry = this.#machine.at(this.#machine.now() + RETRY_MS, () => {
      this.#retryLater();
      this.#recorder.retry()?.catch(() => {}); // the next time comes
    });
  }
}
