import { isAccountId } from "../../kernel/scope.ts";
import type { Part } from "../document/part.ts";
import type { DeclaredPlace, World } from "../world/world.ts";
import { PLACE_MEMBERS, readPlace } from "./read-place.ts";

/** Reads what a file of ours declares. Throws DocumentError. */
export function readConfig(root: Part): World {
  root.only(["$schema", "settings", "accounts", "regions", ...PLACE_MEMBERS]);
  const accounts = root.member("accounts").entries();
  return {
    settings: root.member("settings").entries(),
    places: [...placesOf(root), ...accounts.flatMap(readAccount)],
    notes: [],
  };
}

function readAccount([account, part]: readonly [string, Part]): readonly DeclaredPlace[] {
  if (!isAccountId(account))
    throw part.error(`an account id has 12 digits, not ${JSON.stringify(account.slice(0, 64))}`);
  return placesOf(part.only(["regions", ...PLACE_MEMBERS]), account);
}

/** What stands in the server's own region, then the others. */
function placesOf(part: Part, account?: string): readonly DeclaredPlace[] {
  const regions = part.member("regions").entries();
  return [readPlace(part, account), ...regions.map(([region, inside]) => readRegion(inside, region, account))];
}

function readRegion(part: Part, region: string, account: string | undefined): DeclaredPlace {
  if (!/^[a-z0-9-]{1,63}$/.test(region)) throw part.error(`${part.name} is no region such as us-east-1`);
  return readPlace(part.only(PLACE_MEMBERS), account, region);
}
