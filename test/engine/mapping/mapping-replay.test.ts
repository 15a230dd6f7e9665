import fc from "fast-check";
import type { EventSourceMapping } from "../../../src/engine/mapping/mapping.ts";
import { MappingDirectory } from "../../../src/engine/mapping/mapping-directory.ts";
import type { MappingEvent } from "../../../src/engine/mapping/mapping-event.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { QUEUE_SETTINGS, STREAM_SETTINGS } from "../../support/mappings.ts";
import { registerReplaySuite } from "../replay-suite.ts";

const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const scope = fc.constantFrom(...scopes);
const settings = fc.record({
  base: fc.constantFrom(QUEUE_SETTINGS, STREAM_SETTINGS),
  functionArn: fc.constantFrom("arn:aws:lambda:us-east-1:000000000000:function:f", "…:function:g"),
  isEnabled: fc.boolean(),
  batchSize: fc.constantFrom(1, 10),
});

const commands = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("create" as const),
      scope,
      settings,
      source: fc.constantFrom("arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:sqs:us-east-1:000000000000:r"),
    }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("update" as const), scope, settings, choice: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("delete" as const, "tag" as const, "process" as const),
      scope,
      choice: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<MappingDirectory, Command>({
  name: "event source mappings",
  commands,
  start: ({ clock, ids, logs }) => new MappingDirectory({ clockOf: () => clock, ids, logs }),
  run(directory, command, answers) {
    if (command.type === "reset") return directory.reset(command.scope.account);
    const mappings = directory.in(command.scope);
    if (command.type === "create") {
      const { base, ...given } = command.settings;
      return mappings.create({ ...base, ...given, sourceArn: command.source, tags: { a: "b" } });
    }
    const made = answers.filter((answer) => typeof answer === "object" && answer !== null) as EventSourceMapping[];
    const uuid = made.at(-1 - command.choice)?.uuid ?? "none";
    switch (command.type) {
      case "update": {
        const { base, ...given } = command.settings;
        return mappings.update(uuid, { ...base, ...given });
      }
      case "tag":
        return mappings.tag(uuid, { number: String(answers.length) });
      case "process":
        return mappings.processed(uuid, answers.length % 2 === 0 ? "OK" : "PROBLEM: Function call failed");
      case "delete":
        return mappings.delete(uuid);
    }
  },
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<MappingEvent>),
  entries: (directory) => directory.entries(),
  observe: (directory) => scopes.map((at) => [...directory.in(at).list()]),
});
