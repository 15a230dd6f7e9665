import { expect, test } from "vitest";
import { MappingDirectory } from "../../../src/engine/mapping/mapping-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import { QUEUE_SETTINGS, STREAM_SETTINGS } from "../../support/mappings.ts";

const SCOPE = scopeOf("000000000000", "us-east-1");
const QUEUE = "arn:aws:sqs:us-east-1:000000000000:q";
const STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

function start() {
  const told: string[] = [];
  const clock = new ControlledClock(new SystemClock());
  const directory = new MappingDirectory({
    clockOf: () => clock,
    ids: seededIds("mappings"),
    watcher: {
      set: (_scope, { uuid, isEnabled }) => told.push(`${uuid} ${isEnabled ? "on" : "off"}`),
      gone: (_scope, uuid) => told.push(`${uuid} gone`),
    },
  });
  return { directory, told };
}

test("A mapping that is made, changed and deleted is told of in the same turn", () => {
  const { directory, told } = start();
  const mappings = directory.in(SCOPE);
  const { uuid } = mappings.create({ ...QUEUE_SETTINGS, sourceArn: QUEUE, tags: {} });
  mappings.update(uuid, { ...QUEUE_SETTINGS, isEnabled: false });
  mappings.delete(uuid);
  expect(told).toEqual([`${uuid} on`, `${uuid} off`, `${uuid} gone`]);
});

test("A reset tells of every mapping of the account, and leaves those of others", () => {
  const { directory, told } = start();
  const own = directory.in(SCOPE).create({ ...QUEUE_SETTINGS, sourceArn: QUEUE, tags: {} });
  const other = directory.in(scopeOf("111111111111", "us-east-1"));
  other.create({ ...QUEUE_SETTINGS, sourceArn: QUEUE, tags: {} });
  directory.in(SCOPE).counters(own.uuid).polled = 7;
  directory.reset("000000000000");
  expect(told.at(-1)).toBe(`${own.uuid} gone`);
  expect([...other.list()]).toHaveLength(1);
  expect(directory.in(SCOPE).counters(own.uuid).polled).toBe(0);
});

test("A queue has one mapping to a function, and more to its versions and aliases", () => {
  const mappings = start().directory.in(SCOPE);
  const made = mappings.create({ ...QUEUE_SETTINGS, sourceArn: QUEUE, tags: {} });
  expect(() => mappings.create({ ...QUEUE_SETTINGS, sourceArn: QUEUE, tags: {} })).toThrow(
    `An event source mapping with SQS arn (" ${QUEUE} ") and function (" f ") already exists. Please update or delete the existing mapping with UUID ${made.uuid}`,
  );
  const qualified = { ...QUEUE_SETTINGS, functionArn: `${QUEUE_SETTINGS.functionArn}:live` };
  const second = mappings.create({ ...qualified, sourceArn: QUEUE, tags: {} });
  expect(() => mappings.update(second.uuid, QUEUE_SETTINGS)).toThrow("already exists");
  mappings.delete(made.uuid);
  expect(mappings.update(second.uuid, QUEUE_SETTINGS).functionArn).toBe(QUEUE_SETTINGS.functionArn);
});

test("A stream has one mapping to a function, of which the outcome of the last batch is kept through changes", () => {
  const mappings = start().directory.in(SCOPE);
  const { uuid } = mappings.create({ ...STREAM_SETTINGS, sourceArn: STREAM, tags: {} });
  expect(() => mappings.create({ ...STREAM_SETTINGS, sourceArn: STREAM, tags: {} })).toThrow(
    `The event source arn (" ${STREAM} ") and function (" f ") provided mapping already exists. Please update or delete the existing mapping with UUID ${uuid}`,
  );
  expect(mappings.get(uuid)).toMatchObject({ lastResult: "No records processed" });
  mappings.processed(uuid, "OK");
  expect(mappings.update(uuid, { ...STREAM_SETTINGS, batchSize: 5 })).toMatchObject({ lastResult: "OK", batchSize: 5 });
});
