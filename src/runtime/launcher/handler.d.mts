/** What handlers in this process need of what launcher and emulator share. */
export interface ContextFacts {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly clientContext: string | undefined;
  readonly identity: string | undefined;
  readonly deadlineMs: number;
  readonly now: () => number;
}

export interface HandlerContext extends Omit<ContextFacts, "clientContext" | "identity" | "deadlineMs" | "now"> {
  callbackWaitsForEmptyEventLoop: boolean;
  readonly clientContext: unknown;
  readonly identity: unknown;
  getRemainingTimeInMillis(): number;
}

type Callback = (error?: unknown, result?: unknown) => void;
type Handler = (event: unknown, context: HandlerContext, callback: Callback) => unknown;

/** Told what to do once nothing is left that a handler could wait for. */
export interface HandlerWaits {
  called(task: () => void): void;
  returned(task: () => void): void;
  promised(task: () => void): void;
  settled(): void;
}

export function contextOf(facts: ContextFacts): HandlerContext;
export function callHandler(
  handler: Handler,
  event: unknown,
  context: HandlerContext,
  waits: HandlerWaits,
): Promise<unknown>;
export function payloadOf(result: unknown): string;
export function errorDocument(error: unknown): { errorType: string; errorMessage: string; trace: readonly string[] };
