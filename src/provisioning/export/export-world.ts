import { type ApplyDeps, Session } from "../apply/session.ts";
import type { Place } from "../operate.ts";
import { exportFunctions } from "./export-functions.ts";
import { exportQueues } from "./export-queues.ts";
import { exportStreams } from "./export-streams.ts";
import { exportTopics } from "./export-topics.ts";

/** A document that declares what there is. */
interface Exported {
  readonly world: object;
  /** What it cannot say, a sentence each. */
  readonly notes: readonly string[];
}

/** What a file would declare so that all that is in those accounts and regions were there. Messages are left out. */
export async function exportWorld(places: readonly Place[], deps: ApplyDeps): Promise<Exported> {
  const { account: ownAccount, region: ownRegion } = deps.defaults;
  const notes: string[] = [];
  const accounts: Record<string, object> = {};
  let own: object = {};
  for (const account of new Set(places.map((place) => place.account))) {
    const regions = places.filter((place) => place.account === account).map(({ region }) => region);
    const exported = await exportAccount(account, { regions, ownRegion, deps, note: (text) => notes.push(text) });
    if (account === ownAccount) own = exported;
    else if (Object.keys(exported).length > 0) accounts[account] = exported;
  }
  return { world: { ...own, ...(Object.keys(accounts).length > 0 && { accounts }) }, notes };
}

interface Exporting {
  readonly regions: readonly string[];
  readonly ownRegion: string;
  readonly deps: ApplyDeps;
  readonly note: (text: string) => void;
}

async function exportAccount(account: string, { regions, ownRegion, deps, note }: Exporting): Promise<object> {
  const others: Record<string, object> = {};
  let own: object = {};
  for (const region of new Set(regions)) {
    const session = new Session(deps, { account, region });
    const exported = {
      ...(await filled("queues", exportQueues(session))),
      ...(await filled("topics", exportTopics(session))),
      ...(await filled("streams", exportStreams(session))),
      ...(await filled("functions", exportFunctions(session, note))),
    };
    await deps.nextTurn();
    if (region === ownRegion) own = exported;
    else if (Object.keys(exported).length > 0) others[region] = exported;
  }
  return { ...own, ...(Object.keys(others).length > 0 && { regions: others }) };
}

async function filled(name: string, resources: Promise<object>): Promise<object> {
  const exported = await resources;
  return Object.keys(exported).length > 0 ? { [name]: exported } : {};
}
