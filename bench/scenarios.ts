import type { Scenario } from "./scenario.ts";
import { batch } from "./scenarios/batch.ts";
import { cycle } from "./scenarios/cycle.ts";
import { durable } from "./scenarios/durable.ts";
import { engine } from "./scenarios/engine.ts";
import { fifo } from "./scenarios/fifo.ts";
import { filters } from "./scenarios/filters.ts";
import { flatGroups } from "./scenarios/flat-groups.ts";
import { flatInFlight } from "./scenarios/flat-in-flight.ts";
import { flatParked } from "./scenarios/flat-parked.ts";
import { flatWaiting } from "./scenarios/flat-waiting.ts";
import { flow } from "./scenarios/flow.ts";
import { functions } from "./scenarios/functions.ts";
import { history } from "./scenarios/history.ts";
import { http2 } from "./scenarios/http2.ts";
import { idle } from "./scenarios/idle.ts";
import { kinesisFlatLog } from "./scenarios/kinesis-flat-log.ts";
import { kinesisFlatQueue } from "./scenarios/kinesis-flat-queue.ts";
import { kinesisFlatShards } from "./scenarios/kinesis-flat-shards.ts";
import { kinesisMemory } from "./scenarios/kinesis-memory.ts";
import { kinesisPush } from "./scenarios/kinesis-push.ts";
import { kinesisPut } from "./scenarios/kinesis-put.ts";
import { kinesisQueue } from "./scenarios/kinesis-queue.ts";
import { kinesisRead } from "./scenarios/kinesis-read.ts";
import { large } from "./scenarios/large.ts";
import { mapping } from "./scenarios/mapping.ts";
import { memory } from "./scenarios/memory.ts";
import { pieces } from "./scenarios/pieces.ts";
import { publish } from "./scenarios/publish.ts";
import { publishReceive } from "./scenarios/publish-receive.ts";
import { send } from "./scenarios/send.ts";
import { silentEndpoints } from "./scenarios/silent-endpoints.ts";
import { start } from "./scenarios/start.ts";
import { tail } from "./scenarios/tail.ts";
import { wake } from "./scenarios/wake.ts";

/** Everything that is measured, in the order it is measured in. */
export const scenarios: readonly Scenario[] = [
  send,
  tail,
  history,
  http2,
  pieces,
  large,
  flow,
  durable,
  cycle,
  batch,
  fifo,
  flatWaiting,
  flatInFlight,
  flatGroups,
  flatParked,
  wake,
  mapping,
  functions,
  idle,
  memory,
  start,
  engine,
  publish,
  publishReceive,
  filters,
  silentEndpoints,
  kinesisPut,
  kinesisRead,
  kinesisFlatLog,
  kinesisFlatShards,
  kinesisQueue,
  kinesisFlatQueue,
  kinesisPush,
  kinesisMemory,
];
