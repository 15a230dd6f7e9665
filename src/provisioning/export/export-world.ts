import { type ApplyDeps, Session } from "../apply/session.ts";
import type { Place } from "../operate.ts";
import { exportQueues } from "./export-queues.ts";
import { exportStreams } from "./export-streams.ts";
import { exportTopics } from "./export-topics.ts";

/** What a file would declare so that all that is in those accounts and regions were there. Messages are left out. */
export async function exportWorld(places: readonly Place[], deps: ApplyDeps): Promise<object> {
  const { account: ownAccount, region: ownRegion } = deps.defaults;
  const accounts: Record<string, object> = {};
  let own: object = {};
  for (const account of new Set(places.map((place) => place.account))) {
    const regions = places.filter((place) => place.account === account).map(({ region }) => region);
    const exported = await exportAccount(account, { regions, ownRegion, deps });
    if (account === ownAccount) own = exported;
    else if (Object.keys(exported).length > 0) accounts[account] = exported;
  }
  return { ...own, ...(Object.keys(accounts).length > 0 && { accounts }) };
}

async function exportAccount(
  account: string,
  { regions, ownRegion, deps }: { regions: readonly string[]; ownRegion: string; deps: ApplyDeps },
): Promise<object> {
  const others: Record<string, object> = {};
  let own: object = {};
  for (const region of new Set(regions)) {
    const session = new Session(deps, { account, region });
    const exported = {
      ...(await filled("queues", exportQueues(session))),
      ...(await filled("topics", exportTopics(session))),
      ...(await filled("streams", exportStreams(session))),
    };
    await deps.breathe();
    if (region === ownRegion) own = exported;
    else if (Object.keys(exported).length > 0) others[region] = exported;
  }
  return { ...own, ...(Object.keys(others).length > 0 && { regions: others }) };
}

async function filled(name: string, resources: Promise<object>): Promise<object> {
  const exported = await resources;
  return Object.keys(exported).length > 0 ? { [name]: exported } : {};
}
