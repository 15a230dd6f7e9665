import { type Server, startEmulator } from "../machine/servers.ts";
import type { Finding, Pace, Target } from "../scenario.ts";
import { alternate } from "./alternate.ts";
import { Destination } from "./destination.ts";
import { type Cycle, Load } from "./load.ts";
import { sqsWire, type Wire } from "./wire.ts";

/** A cycle whose cost should not depend on what else the server holds. */
export interface Growth {
  readonly what: string;
  readonly connections: number;
  /** SQS in JSON unless said. */
  readonly wire?: Wire;
  /** How much of its rate a server keeps that holds much, at the least; most of it unless said. */
  readonly target?: Target;
  /** Fills a server that holds little, and one that holds much. */
  readonly little: (server: Server) => Promise<Cycle>;
  readonly much: (server: Server) => Promise<Cycle>;
  /** Starts what goes on meanwhile on the server that holds much. */
  readonly meanwhile?: (server: Server) => Promise<Disposable>;
}

const FLAT = { atLeast: 0.8 };

/** Compares a server that holds much with another that holds little, both under the same load. */
export async function flatCost(
  { what, connections, wire = sqsWire, target = FLAT, little, much, meanwhile }: Growth,
  pace: Pace,
): Promise<Finding> {
  await using base = await startEmulator();
  await using subject = await startEmulator();
  // Filling takes longer than a connection may be idle, so connections are opened afterwards.
  const [littleCycle, muchCycle] = [await little(base), await much(subject)];
  using baseLoad = await Load.open(base, {
    destination: new Destination(base.port, wire),
    cycle: littleCycle,
    connections,
  });
  using load = await Load.open(subject, {
    destination: new Destination(subject.port, wire),
    cycle: muchCycle,
    connections,
  });
  using _meanwhile = await meanwhile?.(subject);
  const { ratio, detail } = await alternate(baseLoad, load, pace);
  return { what, value: ratio, unit: "of base", target, detail };
}
