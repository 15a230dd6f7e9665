import fc from "fast-check";
import { FunctionDirectory } from "../../../src/engine/function/function-directory.ts";
import type { FunctionEvent } from "../../../src/engine/function/function-event.ts";
import type { Functions } from "../../../src/engine/function/functions.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { archive, SETTINGS } from "../../support/functions.ts";
import { registerReplaySuite } from "../replay-suite.ts";

const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const scope = fc.constantFrom(...scopes);
const name = fc.constantFrom("f", "g", "__proto__");
const qualifier = fc.constantFrom(undefined, "1", "2", "live", "__proto__");
const alias = fc.constantFrom("live", "next", "__proto__");
const version = fc.constantFrom("$LATEST", "1", "2");
const isPublished = fc.boolean();
const base = { scope, name };

const commands = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant("create" as const), ...base, publishes: isPublished }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("update" as const),
      ...base,
      publishes: isPublished,
      description: fc.constantFrom(undefined, "a", "b"),
      key: fc.constantFrom(undefined, "x", "y"),
    }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constantFrom("publish", "delete", "unreserve", "tag"), ...base }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("deleteVersion" as const), ...base, version }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("createAlias" as const, "updateAlias" as const, "deleteAlias" as const),
      ...base,
      alias,
      version,
      other: fc.constantFrom(undefined, "1", "2"),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom("permit" as const, "forbid" as const, "configure" as const, "unconfigure" as const),
      ...base,
      qualifier,
      sid: fc.constantFrom("a", "b"),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant("reserve" as const), ...base, count: fc.constantFrom(0, 500) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant("setRuntimeUpdates" as const),
      ...base,
      qualifier: fc.constantFrom(undefined, "1", "2"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("setRecursion" as const), ...base, allows: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<FunctionDirectory, Command>({
  name: "functions",
  commands,
  start: ({ clock, ids, logs }) => new FunctionDirectory({ clockOf: () => clock, ids, logs, releaseCode: () => {} }),
  run(directory, command, answers) {
    if (command.type === "reset") return directory.reset(command.scope.account);
    return act(directory.in(command.scope), command, answers.length);
  },
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<FunctionEvent>),
  entries: (directory) => directory.entries(),
  observe: (directory) =>
    scopes.map((at) => {
      const functions = directory.in(at);
      const { codeBytes, count, unreserved } = functions;
      const used = ["0", "1", "2", "x", "y"].filter((key) => functions.usesCode(key));
      const list = [...functions.list()].map(({ versions, aliases, policies, invokeConfigs, ...rest }) => {
        const maps = [versions, aliases, policies, invokeConfigs].map((map) => [...map]);
        return { rest: { ...rest }, maps };
      });
      return { codeBytes, count, unreserved, used, list };
    }),
});

type ChangeCommand = Exclude<Command, { readonly type: "reset" }>;

function act(functions: Functions, command: ChangeCommand, number: number): unknown {
  const { aliases, policies, invokeConfigs } = functions;
  const { name: it } = command;
  switch (command.type) {
    case "create": {
      const { publishes } = command;
      return functions.create({ name: it, settings: SETTINGS, code: archive(String(number % 3)), tags: {}, publishes });
    }
    case "update": {
      const { description, key, publishes } = command;
      const settings = description === undefined ? {} : { settings: { ...SETTINGS, description, timeoutMs: number } };
      return functions.update(it, { ...settings, ...(key && { code: archive(key) }), publishes });
    }
    case "createAlias":
    case "updateAlias": {
      const weights = command.other === undefined ? {} : { weights: { [command.other]: 0.25 } };
      const settings = { version: command.version, description: "", ...weights };
      if (command.type === "createAlias") return aliases.create(it, command.alias, settings);
      return aliases.update(it, command.alias, settings);
    }
    case "deleteAlias":
      return aliases.delete(it, command.alias);
    case "deleteVersion":
      return functions.deleteVersion(it, command.version);
    case "permit":
      return policies.add(it, command.qualifier, { Sid: command.sid, Effect: "Allow" });
    case "forbid":
      return policies.remove(it, command.qualifier, command.sid);
    case "configure":
      return invokeConfigs.set(it, command.qualifier, { retryCount: number % 3 });
    case "unconfigure":
      return invokeConfigs.delete(it, command.qualifier);
    case "reserve":
      return functions.reserve(it, command.count);
    case "setRuntimeUpdates":
      return functions.setRuntimeUpdates(it, command.qualifier, { on: "Manual", runtimeVersion: "arn" });
    case "setRecursion":
      return functions.setRecursion(it, command.allows ? "Allow" : "Terminate");
    case "publish":
      return functions.publish(it, { description: String(number) });
    case "tag":
      return functions.tag(it, { number: String(number) });
    case "unreserve":
      return functions.unreserve(it);
    default:
      return functions.delete(it);
  }
}
