import { shardIdOf, shardIndexOf } from "../../../engine/stream/shard/shard-id.ts";
import type { KinesisContext } from "../operation.ts";
import { shardNotFound } from "../refusals.ts";
import { type AddressMembers, addressOf } from "../stream/stream-address.ts";

/** A shard as a call names it, which does not mean that it exists. */
export interface NamedShard {
  readonly index: number;
  /** In canonical form, as errors show it. */
  readonly id: string;
}

/** AWS: a text that cannot be a shard's id is refused before anybody asks whether there is such a stream. */
export function readShardId({ call }: KinesisContext, members: AddressMembers, text: string): NamedShard {
  const index = shardIndexOf(text);
  if (index === undefined) throw shardNotFound(text, addressOf(call, members));
  return { index, id: shardIdOf(index) };
}
