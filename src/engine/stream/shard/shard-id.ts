const PREFIX = "shardId-";
const DIGITS = 12;
const GREATEST_INDEX = 2 ** 31 - 1;

/** The canonical id of the shard with that index; a bogus sequence number can encode a negative one. */
export function shardIdOf(index: number): string {
  if (index < 0) return `${PREFIX}-${String(-index).padStart(DIGITS - 1, "0")}`;
  return PREFIX + String(index).padStart(DIGITS, "0");
}

/** The index a shard id names, however it is spelled: AWS looks only at what follows the first hyphen. */
export function shardIndexOf(id: string): number | undefined {
  const digits = id.slice(id.indexOf("-") + 1);
  if (!/^\d+$/.test(digits)) return undefined;
  const index = Number(digits);
  return index <= GREATEST_INDEX ? index : undefined;
}
