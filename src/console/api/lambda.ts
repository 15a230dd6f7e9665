import { callRest } from "./aws.ts";
import type { EventSourceMapping, LambdaFunction } from "./control.ts";
import { invokePath } from "./wire.ts";

/** How a function is to be invoked. */
interface InvokeOptions {
  /** JSON. */
  readonly event: string;
  /** A version or an alias. */
  readonly qualifier: string;
  /** Whether the answer is waited for, or the event is queued. */
  readonly type: "RequestResponse" | "Event";
}

/** What an invocation is answered with. */
export interface InvokeAnswer {
  /** What the function returned, or the document of its error; empty of an event that is queued. */
  readonly payload: string;
  readonly isError: boolean;
  readonly executedVersion: string | undefined;
  /** The last 4 KB of what it wrote. */
  readonly log: string;
}

/** Invokes a function as an SDK would. Throws AwsRefusal. */
export async function invoke(
  { name, region }: Pick<LambdaFunction, "name" | "region">,
  { event, qualifier, type }: InvokeOptions,
): Promise<InvokeAnswer> {
  const response = await callRest("lambda", "POST", invokePath(name, qualifier), {
    region,
    headers: { "X-Amz-Invocation-Type": type, ...(type === "RequestResponse" && { "X-Amz-Log-Type": "Tail" }) },
    body: event,
  });
  return {
    payload: await response.text(),
    isError: response.headers.has("X-Amz-Function-Error"),
    executedVersion: response.headers.get("X-Amz-Executed-Version") ?? undefined,
    log: textOf(response.headers.get("X-Amz-Log-Result") ?? ""),
  };
}

/** Has an event source mapping read, or rest where it is. Throws AwsRefusal. */
export async function enableMapping(
  { uuid, region }: Pick<EventSourceMapping, "uuid" | "region">,
  isEnabled: boolean,
): Promise<void> {
  const body = JSON.stringify({ Enabled: isEnabled });
  await callRest("lambda", "PUT", `/2015-03-31/event-source-mappings/${encodeURIComponent(uuid)}`, { region, body });
}

/** The text that base64 stands for. */
function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
