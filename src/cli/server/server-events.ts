import type { IncomingMessage } from "node:http";
import { CommandFailure } from "../failure.ts";

/** A server-sent event. */
export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The events of an answer, until it ends or the signal aborts. Throws CommandFailure when it breaks off. */
export async function* eventsIn(
  message: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent, void, void> {
  let text = "";
  try {
    for await (const chunk of message.setEncoding("utf8")) {
      text += chunk;
      const blocks = text.split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) yield eventOf(block);
    }
  } catch (cause) {
    if (cause instanceof CommandFailure) throw cause;
    if (!signal.aborted) throw new CommandFailure("the connection to the server broke off");
  }
}

function eventOf(block: string): ServerEvent {
  const fields = new Map(
    block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
  );
  return { event: fields.get("event") ?? "message", data: JSON.parse(fields.get("data") ?? "null") };
}
