import type { Invocation, Outcome } from "../runner.ts";

/** What became of an invocation that was given to an environment: `gone`, it ended before it had taken the event. */
export type EnvironmentOutcome =
  | Extract<Outcome, { readonly type: "answered" | "failed" | "stopped" }>
  | { readonly type: "gone" };

/** Something that runs one invocation at a time. */
export interface Environment {
  /** Whether it takes another invocation: it has neither ended nor is it about to. */
  readonly isUsable: boolean;
  /** Whether it takes an event at once; one that has only just answered has yet to ask for the next. */
  readonly isReady: boolean;
  /** Never rejects. */
  invoke(invocation: Invocation, signal: AbortSignal): Promise<EnvironmentOutcome>;
  /** Gives up the invocation under way, and ends at once if that has its event. */
  stop(): void;
  /** Ends it; an invocation under way is stopped. Settles once nothing of it is left. */
  end(): Promise<void>;
}

/** Makes an environment that tells when it has ended, whoever ended it. */
export type OpenEnvironment = (onEnd: (environment: Environment) => void) => Environment;
