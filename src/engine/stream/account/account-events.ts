import type { ChannelDefinition, ChannelDestination, ChannelIdentity, ChannelLogging } from "../channel/channel.ts";
import type { StreamDefinition, StreamIdentity } from "../definition.ts";
import type { ThroughputCommitment } from "./throughput-commitment.ts";

/**
 * What can happen to the streams of one account and region beside what happens to each of them. These facts, in order,
 * rebuild it together with the events of its streams. They are plain data, with instants in epoch milliseconds.
 */
export type AccountEvent = AccountChange | { readonly type: "reset"; readonly at: number };

/** What can happen short of all being forgotten. */
export type AccountChange =
  | StreamCreated
  | { readonly type: "commitmentChanged"; readonly at: number; readonly commitment: ThroughputCommitment }
  | ChannelEvent;

/** A stream came into being; it is CREATING until `activeAt`. */
export interface StreamCreated {
  readonly type: "streamCreated";
  readonly at: number;
  readonly activeAt: number;
  readonly identity: StreamIdentity;
  readonly definition: StreamDefinition;
}

/** What can happen to channels. */
export type ChannelEvent =
  | {
      readonly type: "channelCreated";
      readonly at: number;
      readonly activeAt: number;
      readonly identity: ChannelIdentity;
      readonly definition: ChannelDefinition;
    }
  | ({
      readonly type: "channelUpdated";
      readonly at: number;
      readonly activeAt: number;
      readonly id: string;
    } & ChannelUpdate)
  | { readonly type: "channelDeleted"; readonly at: number; readonly goneAt: number; readonly id: string };

/** What can be changed about a channel. */
export interface ChannelUpdate {
  readonly destination: ChannelDestination;
  readonly logging: ChannelLogging;
}
