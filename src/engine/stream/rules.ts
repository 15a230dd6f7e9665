/** Rules that are the same for every stream and that a profile or a test decides. */
export interface StreamRules {
  readonly durations: StreamDurations;
  readonly quotas: StreamQuotas;
  readonly subscriptions: SubscriptionRules;
  /** Undefined where nothing is ever throttled and on-demand streams keep their shards. */
  readonly capacity: CapacityRules | undefined;
}

/** How long changes of state take, 0 for none. */
export interface StreamDurations {
  readonly creatingMs: number;
  readonly deletingMs: number;
  /** Splits, merges and updates of the shard count. */
  readonly reshardingMs: number;
  /** Changes of configuration. */
  readonly updatingMs: number;
  readonly consumerCreatingMs: number;
  readonly consumerDeletingMs: number;
  /** Creating, updating and deleting a channel. */
  readonly channelMs: number;
  /** Creating, updating and deleting a queue. */
  readonly queueMs: number;
}

/** How much of what an account can have. Infinity where there is no limit. */
export interface StreamQuotas {
  /** Open shards of one account and region. */
  readonly openShards: number;
  /** Open shards that an update of the shard count can ask for. */
  readonly openShardsPerStream: number;
  readonly onDemandStreams: number;
  /** Streams being created or deleted at the same time. */
  readonly changingStreams: number;
  /** Registered consumers and queues together. */
  readonly consumersPerStream: number;
  /** The same for on-demand streams of accounts with a commitment to a minimum throughput. */
  readonly consumersPerAdvantageStream: number;
  /** Consumers of one stream being created at the same time. */
  readonly creatingConsumers: number;
  readonly tagsPerResource: number;
  /** Updates of the shard count in 24 hours. */
  readonly rescalesPerDay: number;
  readonly modeSwitchesPerDay: number;
  /** Starts of encryption in 24 hours, and as many stops. */
  readonly encryptionChangesPerDay: number;
  readonly channels: number;
  /** Queues of one account and region being created or deleted at the same time. */
  readonly changingQueues: number;
  /** Records of one queue that are in flight, and as many dead letters. */
  readonly inFlightQueueRecords: number;
}

/** Times of SubscribeToShard. */
export interface SubscriptionRules {
  readonly lifeMs: number;
  /** For so long a subscription cannot be taken over by the next call. */
  readonly exclusiveMs: number;
  /** The longest silence on a subscription. */
  readonly heartbeatMs: number;
}

/** What a shard can bear in a second. */
export interface CapacityRules {
  readonly writeBytes: number;
  readonly writeRecords: number;
  readonly readBytes: number;
  readonly reads: number;
  /** Shard iterators given out. */
  readonly iterators: number;
  /** For each consumer with a subscription. */
  readonly subscriptionBytes: number;
  /** How far an on-demand stream grows by itself. */
  readonly onDemandShards: number;
}

const MIB = 1024 * 1024;

/** AWS: quotas of the developer guide, in the large regions. Of channels there are two for each on-demand stream. */
export const awsQuotas: StreamQuotas = {
  openShards: 20_000,
  openShardsPerStream: 10_000,
  onDemandStreams: 50,
  changingStreams: 5,
  consumersPerStream: 20,
  consumersPerAdvantageStream: 50,
  creatingConsumers: 5,
  tagsPerResource: 50,
  rescalesPerDay: 10,
  modeSwitchesPerDay: 2,
  encryptionChangesPerDay: 25,
  channels: 100,
  changingQueues: 5,
  inFlightQueueRecords: 120_000,
};

/** AWS: quotas of the developer guide. An on-demand stream takes 200 MiB a second. */
export const awsCapacity: CapacityRules = {
  writeBytes: MIB,
  writeRecords: 1000,
  readBytes: 2 * MIB,
  reads: 5,
  iterators: 5,
  subscriptionBytes: 2 * MIB,
  onDemandShards: 200,
};

/** AWS: API_SubscribeToShard; the heartbeat is what clients see. */
export const awsSubscriptions: SubscriptionRules = { lifeMs: 5 * 60_000, exclusiveMs: 5_000, heartbeatMs: 5_000 };

/** About as long as AWS takes. */
export const awsDurations: StreamDurations = {
  creatingMs: 25_000,
  deletingMs: 30_000,
  reshardingMs: 30_000,
  updatingMs: 5_000,
  consumerCreatingMs: 5_000,
  consumerDeletingMs: 5_000,
  channelMs: 30_000,
  queueMs: 30_000,
};

/** Every change is done when its call returns. */
export const noDurations: StreamDurations = {
  creatingMs: 0,
  deletingMs: 0,
  reshardingMs: 0,
  updatingMs: 0,
  consumerCreatingMs: 0,
  consumerDeletingMs: 0,
  channelMs: 0,
  queueMs: 0,
};
