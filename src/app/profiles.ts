import type { QueueRules } from "../engine/queue/settings.ts";

/** Rules a profile decides. The rest of `QueueRules` has settings of its own. */
export type ProfileRules = Omit<QueueRules, "inFlightLimit">;

/**
 * How closely the emulator keeps AWS's waiting times. `docs/profiles.md` holds the same table for readers.
 * AWS: PurgeQueue and CreateQueue refuse for 60 seconds; SetQueueAttributes takes up to 60 seconds to have an effect.
 */
export const profiles = {
  relaxed: { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs: 0 },
  aws: { purgeCooldownMs: 60_000, recreateCooldownMs: 60_000, attributePropagationMs: 60_000 },
} as const satisfies Record<string, ProfileRules>;

export type ProfileName = keyof typeof profiles;
