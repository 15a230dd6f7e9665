import type { KnownService } from "../../fixture/fault/call/known-errors.ts";
import type { Subject } from "../../fixture/fault/effect.ts";
import type { FaultRequest } from "../../fixture/fault/fault-request.ts";
import type { Faults } from "../../fixture/fault/faults.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Clocks } from "../../kernel/time/clocks.ts";
import type { FaultDeps } from "../../server/control/routes/faults.ts";
import type { Interceptors } from "../../server/intercept.ts";
import { readShardIterator } from "../../service/kinesis/shard/shard-iterator.ts";
import type { Operation, OperationOutline, ServedService } from "../../service/service.ts";
import type { FaultPorts } from "./module.ts";

/** Where faults happen. */
interface FaultRoomDeps {
  readonly services: readonly ServedService[];
  readonly interceptors: Pick<Interceptors, "add">;
  readonly ports: FaultPorts;
  readonly clocks: Clocks;
  readonly ids: Ids;
}

interface FaultRoom {
  readonly control: FaultDeps;
  /** Ends the faults of an account, or all. */
  reset(account?: string): void;
}

/** Faults on purpose. They are loaded when somebody first asks about them, and nobody is bothered while there are none. */
export function createFaultRoom({ services, interceptors, ports, clocks, ids }: FaultRoomDeps): FaultRoom {
  let faults: Faults | undefined;
  const calls = switched(() => interceptors.add((interception, next) => faults?.calls.intercept(interception, next)));
  const changed = (subjects: ReadonlySet<Subject>): void => {
    calls(subjects.has("call"));
    ports.queues.present = subjects.has("message") ? faults?.messages : undefined;
    ports.shards.present = subjects.has("shard") ? faults?.shards : undefined;
  };
  const load = async (): Promise<Faults> => {
    const room = await import("../../fixture/fault/faults.ts");
    faults ??= new room.Faults({
      services: () => services.map(servedNow),
      clockOf: (account) => clocks.of(account),
      realClock: clocks.base,
      streamOfIterator: readShardIterator,
      ids,
      changed,
    });
    return faults;
  };
  return {
    control: {
      addFaults: async (inputs) => (await load()).add(inputs as FaultRequest),
      listFaults: async (whose) => (await load()).list(whose),
      removeFaults: async (whose) => (await load()).remove(whose),
    },
    reset: (account) => faults?.reset(account),
  };
}

/** Late services say their errors once they are there. */
function servedNow({ model, operations }: ServedService): KnownService {
  const known = new Map<string, Operation | OperationOutline>();
  for (const [name, operation] of operations) {
    known.set(name, "load" in operation ? (operation.loaded ?? operation) : operation);
  }
  return { model, operations: known };
}

/** Something that is on or off: `open` turns it on and returns what turns it off. */
function switched(open: () => () => void): (isOn: boolean) => void {
  let close: (() => void) | undefined;
  return (isOn) => {
    if (isOn) close ??= open();
    else {
      close?.();
      close = undefined;
    }
  };
}
