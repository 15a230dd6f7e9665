import { type FixedReplies, type FixedReply, type Server, startEmulator } from "../machine/servers.ts";
import type { Finding, Pace, Target } from "../scenario.ts";
import { betweenFloorAndCeiling } from "./between.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import type { Cycle } from "./load.ts";
import type { Wire } from "./wire.ts";

/** A cycle to run against the whole server, the floor and the ceiling. */
export interface Contest {
  readonly what: string;
  readonly wire: Wire;
  readonly target?: Target;
  /** Creates what the cycle needs. */
  readonly prepare: (server: Server) => Promise<Cycle>;
  /** Removes what the cycle leaves behind, before each round. */
  readonly tidy?: (server: Server) => Promise<void>;
}

/**
 * Compares the whole server with floor and ceiling, over keep-alive connections. They get the very same requests and
 * answer with what the server answered when the cycle ran for the first time.
 */
export async function againstFloor({ what, wire, target, prepare, tidy }: Contest, pace: Pace): Promise<Finding> {
  await using subject = await startEmulator();
  const cycle = await prepare(subject);
  const replies = await repliesOf(cycle, new Destination(subject.port, wire));
  const { ratio, ofCeiling, detail } = await betweenFloorAndCeiling(
    { server: subject, wire, cycle, tidy: tidy && (() => tidy(subject)) },
    { wire, cycle, replies },
    pace,
  );
  return { what, value: ratio, unit: "of floor", ofCeiling, ...(target && { target }), detail };
}

/** What the server answers to each operation of a cycle. */
export async function repliesOf(cycle: Cycle, destination: Destination): Promise<FixedReplies> {
  const connection = await Connection.open(destination.port);
  const replies: Record<string, FixedReply> = {};
  await cycle(async (operation, body) => {
    const answer = await connection.exchange(destination.requestFor(operation, body));
    replies[operation] = { headers: ownHeaders(answer.head), body: answer.body };
    return answer;
  });
  connection.close();
  return replies;
}

/** Headers Node adds to every answer by itself. */
const ADDED_BY_NODE = new Set(["date", "connection", "keep-alive"]);

function ownHeaders(head: string): Readonly<Record<string, string>> {
  const lines = head.split("\r\n").slice(1);
  const pairs = lines.map((line) => line.split(/: (.*)/s, 2) as [name: string, value: string]);
  return Object.fromEntries(pairs.filter(([name]) => !ADDED_BY_NODE.has(name.toLowerCase())));
}
