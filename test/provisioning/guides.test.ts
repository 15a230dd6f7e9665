import { readFileSync } from "node:fs";
// biome-ignore lint/style/noRestrictedImports: its validator judges the schema
import { fastify } from "fastify";
import { expect, test } from "vitest";
import { foreignVariables } from "../../src/app/settings/foreign-variables.ts";
import { applyWorld } from "../../src/provisioning/apply/apply.ts";
import { readDocument } from "../../src/provisioning/document/document.ts";
import { readFormat } from "../../src/provisioning/format/read-format.ts";
import { linesOf, provisioned } from "../support/declaring.ts";
import { CodeFolder } from "../support/runtime.ts";

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8");
/** The file about functions in docs/configuration.md. */
const ofFunctions = () =>
  /^```yaml\n(queues[\s\S]*?)^```$/m.exec(page("configuration.md").split("## Functions")[1] ?? "")?.[1] ?? "";
const example = (name: string, language: string) =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page(name))?.[1] ?? "";

test("the file in docs/configuration.md makes what it declares, and twice makes nothing", async () => {
  await using here = provisioned();
  const text = example("configuration.md", "yaml");
  expect(linesOf(await here.apply(text))).toEqual([
    "created queue orders",
    "created queue orders-dead",
    "created queue jobs.fifo",
    "created topic events",
    "created subscription events > orders",
    "created subscription events > orders-dead",
    "created stream clicks",
    "created consumer clicks > reader",
    "created queue far",
    "created queue orders",
  ]);
  expect(linesOf(await here.apply(text))).toEqual([]);
});

test("so does the one about functions", async () => {
  using folder = new CodeFolder({ "bill.js": "exports.handler = async () => {};" });
  await using here = provisioned();
  const text = ofFunctions().replace("./handlers", folder.path);
  expect(linesOf(await here.apply(text)).slice(-3)).toEqual([
    "created function bill",
    "created event source orders > bill",
    "created event source stream/clicks > bill",
  ]);
  expect(linesOf(await here.apply(text))).toEqual([]);
});

test("the file in docs/coming-from.md makes what it declares", async () => {
  await using here = provisioned();
  const { format, world } = readFormat("elasticmq.conf", example("coming-from.md", ""));
  expect(format).toBe("elasticmq");
  expect(linesOf(await applyWorld(world, here.deps))).toEqual(["created queue orders", "created queue orders-dead"]);
});

test("the schema takes that file, and refuses what is misspelt", async () => {
  const customOptions = { removeAdditional: false, coerceTypes: false, allowUnionTypes: true, strict: false } as const;
  await using app = fastify({ ajv: { customOptions } });
  const schema = { body: JSON.parse(page("waystation.schema.json")) };
  app.post("/", { schema }, async () => "taken");
  const statusOf = async (payload: object) => (await app.inject({ method: "POST", url: "/", payload })).statusCode;
  const file = readDocument("a.yaml", example("configuration.md", "yaml")).root.value;
  expect(await statusOf(file as object)).toBe(200);
  expect(await statusOf(readDocument("a.yaml", ofFunctions()).root.value as object)).toBe(200);
  expect(await statusOf({ functions: { a: { handlr: "a.b" } } })).toBe(400);
  expect(await statusOf({ queues: { a: { VisibilityTimout: 3 } } })).toBe(400);
  expect(await statusOf({ settings: { profile: "fast" } })).toBe(400);
  const long = "a".repeat(81);
  const refused = [
    { queues: { a: { VisibilityTimeout: 50_000 } } },
    { queues: { a: { DelaySeconds: -1 } } },
    { queues: { a: { FifoThroughputLimit: "perGroup" } } },
    { queues: { a: { messages: [{ MessageBody: "x", DelaySeconds: 901 }] } } },
    { queues: { [long]: null } },
    { queues: [long] },
    { queues: ["a.b"] },
    { topics: { a: { SignatureVersion: "3" } } },
    { topics: { a: { HTTPSuccessFeedbackSampleRate: 101 } } },
    { topics: { a: { subscriptions: [{ Endpoint: "a", FilterPolicyScope: "Body" }] } } },
    { streams: { a: { RetentionPeriodHours: 23 } } },
    { streams: { a: { StreamMode: "FREE" } } },
    { streams: { a: { MaxRecordSizeInKiB: 10_241 } } },
    { streams: { "a b": null } },
    { streams: { a: { consumers: ["a".repeat(129)] } } },
  ];
  expect(await Promise.all(refused.map(statusOf))).toEqual(refused.map(() => 400));
  const taken = [
    { queues: { [`${"a".repeat(75)}.fifo`]: { VisibilityTimeout: 43_200, DeduplicationScope: "messageGroup" } } },
    { topics: { [long]: { FifoThroughputScope: "MessageGroup" } }, streams: { "a.b": { RetentionPeriodHours: 8760 } } },
    { queues: { a: { SqsManagedSseEnabled: true, messages: ["x", { MessageBody: 1, DelaySeconds: 900 }] } } },
  ];
  expect(await Promise.all(taken.map(statusOf))).toEqual(taken.map(() => 200));
});

test("docs/coming-from.md names every variable of another emulator that is understood", () => {
  const text = page("coming-from.md");
  expect(foreignVariables.filter(([variable]) => !text.includes(`\`${variable}\``))).toEqual([]);
});
