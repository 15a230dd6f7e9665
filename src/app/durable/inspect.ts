import type { DeliveryTold } from "../../delivery/sns/kept/owed-deliveries.ts";
import { kindOf } from "../../fixture/world/engine-parts.ts";
import { PartFinder } from "../../fixture/world/part-finder.ts";
import { parseScopeArn, scopeOfArn } from "../../kernel/arn.ts";
import type { Entry, PlainEvent } from "../../kernel/event/event-log.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import { lookIntoFolder } from "../../store/kept-folder.ts";
import type { KeptState } from "../../store/kept-state.ts";
import { nameOf } from "../../store/postgres/database-name.ts";
import { StoreRefusal } from "../../store/store.ts";
import { newWorld } from "../fixture/world-parts.ts";

/** What is in a folder, or a database. */
interface StateFacts {
  readonly format: number;
  readonly bytes: number;
  /** ISO 8601; of a folder. */
  readonly writtenAt?: string;
  readonly accounts: readonly AccountFacts[];
}

interface AccountFacts {
  readonly account: string;
  readonly resources: readonly ResourceFacts[];
  /** Deliveries that receivers have not taken. */
  readonly deliveries: number;
}

interface ResourceFacts {
  readonly arn: string;
  readonly kind: string;
  /** Messages of a queue, subscriptions of a topic, records of a stream, objects of a bucket. */
  readonly holds: number;
}

/** The event that a resource begins with, and the one that each thing in it begins with, by kind. */
const COUNTED: Readonly<Partial<Record<string, { readonly is: string; readonly holds: readonly string[] }>>> = {
  queue: { is: "created", holds: ["sent", "messageKept"] },
  topic: { is: "created", holds: ["subscribed"] },
  stream: { is: "streamCreated", holds: ["put"] },
  stack: { is: "stackKept", holds: [] },
  parameter: { is: "parameterPut", holds: [] },
  bucket: { is: "bucketCreated", holds: ["objectPut"] },
};

const DATABASE = /^postgres(ql)?:\/\//;

/** What a folder is called in what is told, or a database, without its password. */
export function placeName(place: string): string {
  return DATABASE.test(place) ? nameOf(place) : place;
}

/** Looks at what is in a folder, or in a database by its URL. Throws StoreRefusal where nothing is, or it is damaged. */
export function inspectPlace(place: string): Promise<StateFacts> {
  return DATABASE.test(place) ? inspectDatabase(place) : inspectFolder(place);
}

async function inspectDatabase(url: string): Promise<StateFacts> {
  const { lookIntoDatabase } = await import("../../store/postgres/kept-database.ts");
  const facts = await lookIntoDatabase(url, factsOf);
  if (facts === undefined) throw new StoreRefusal(`The database ${nameOf(url)} holds no state of Waystation's.`);
  return facts;
}

async function inspectFolder(folder: string): Promise<StateFacts> {
  const facts = await lookIntoFolder(folder, factsOf).catch((cause: unknown) => {
    if (cause instanceof StoreRefusal) throw cause;
    throw new StoreRefusal(`The folder ${folder} cannot be read: ${(cause as Error).message}.`, { cause });
  });
  if (facts === undefined) throw new StoreRefusal(`The folder ${folder} holds no state of Waystation's.`);
  return facts;
}

function factsOf({ format, bytes, writtenAt, entries }: KeptState): StateFacts {
  const kept = new KeptWorld();
  for (const batch of entries()) for (const entry of batch) kept.replay(entry);
  const written = writtenAt === undefined ? {} : { writtenAt: formatIso8601(Math.trunc(writtenAt)) };
  return { format, bytes, ...written, accounts: kept.accounts() };
}

/** What entries build, in which time stands still and nothing goes on. */
class KeptWorld {
  readonly #world = newWorld();
  readonly #finder = new PartFinder(this.#world.parts);
  /** Numbers of deliveries that are not over, by account. */
  readonly #deliveries = new Map<string, Set<number>>();

  replay(entry: Entry): void {
    const { event, resource } = entry;
    const { account } = scopeOfArn(resource);
    const deliveries = this.#deliveries.get(account) ?? new Set<number>();
    this.#deliveries.set(account, deliveries);
    if (event.type === "forgotten") {
      this.#world.reset(account);
      deliveries.clear();
    } else if (resource.endsWith(":deliveries")) note(event as DeliveryTold, deliveries);
    else this.#finder.partOf(entry)?.replay(entry);
  }

  accounts(): readonly AccountFacts[] {
    const all = [...this.#deliveries].sort(([one], [other]) => (one < other ? -1 : 1));
    return all
      .map(([account, { size: deliveries }]) => ({ account, resources: this.#resources(account), deliveries }))
      .filter(({ resources, deliveries }) => resources.length + deliveries > 0);
  }

  #resources(account: string): readonly ResourceFacts[] {
    const byArn = new Map<string, { arn: string; kind: string; holds: number }>();
    for (const part of this.#world.parts) {
      for (const { resource, event } of part.entries(account)) {
        const kind = kindIn(resource);
        const counted = COUNTED[kind];
        const arn = kind === "stack" && event.type === "stackKept" ? (event as StackKept).stack.id : resource;
        if (counted?.is === event.type) byArn.set(arn, { arn, kind, holds: 0 });
        const facts = byArn.get(arn);
        if (facts !== undefined && counted?.holds.includes(event.type)) facts.holds++;
      }
    }
    return [...byArn.values()];
  }
}

interface StackKept extends PlainEvent {
  readonly stack: { readonly id: string };
}

/** Numbers are those of one process, which the next one does not go on with. */
function note({ type, delivery }: DeliveryTold, deliveries: Set<number>): void {
  if (type === "deliveryOver") deliveries.delete(delivery);
  else if (type === "deliveryKept") deliveries.add(delivery);
  else deliveries.clear();
}

function kindIn(resource: string): string {
  const arn = parseScopeArn(resource);
  return (arn && kindOf(arn)) ?? "";
}
