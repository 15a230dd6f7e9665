/** What an invocation comes to without the function being run. A document is that of a function error. */
export type InvocationMishap = "throttled" | "timeout" | { readonly document: string };

/** How long an invocation waits before it begins, and by which clock. */
export interface InvocationDelay {
  readonly durationMs: number;
  readonly clock: "virtual" | "real";
}

/** Keeps functions from running, or from running soon. */
interface InvocationDisturbance {
  /** How long an invocation waits before it begins, one wait after the other. */
  delays(functionArn: string): readonly InvocationDelay[];
  /** What it comes to; undefined when the function is to be run. */
  mishap(functionArn: string): InvocationMishap | undefined;
  /** Whether the function is run by a new process. */
  startsCold(functionArn: string): boolean;
}

/** Where invocations are disturbed when that is wanted. */
export interface InvocationDisturbancePort {
  present: InvocationDisturbance | undefined;
}
