import fc from "fast-check";
import { AsynchronousDirectory } from "../../../../src/engine/function/asynchronous/asynchronous-directory.ts";
import type { AsynchronousEvent } from "../../../../src/engine/function/asynchronous/asynchronous-event.ts";
import type { FunctionAnswer } from "../../../../src/engine/invocation.ts";
import type { LoggedEntry } from "../../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { registerReplaySuite } from "../../replay-suite.ts";

const MINUTE = 60_000;
const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const scope = fc.constantFrom(...scopes);
const executed = { executedVersion: "1", log: "" };
const answer = fc.constantFrom<FunctionAnswer>(
  { type: "answered", payload: "null", ...executed },
  { type: "failed", payload: '{"errorMessage":"no"}', ...executed },
  { type: "throttled", reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
  { type: "unreachable", reason: "Nobody is there." },
  { type: "missing" },
  { type: "stopped" },
);
/** `gone` is a function that was deleted, `zero` one that nobody may run, `young` takes nothing old. */
const qualifier = fc.constantFrom("", "", ":young", ":zero", ":gone");

const commands = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("queue" as const),
      scope,
      name: fc.constantFrom("f", "__proto__"),
      qualifier,
      payload: fc.constantFrom("{}", '"ü"'),
      traceId: fc.constantFrom(undefined, "Root=1"),
      source: fc.constantFrom(undefined, "arn:aws:sns:us-east-1:000000000000:t"),
      messageIds: fc.constantFrom(undefined, ["m"]),
      requestId: fc.constantFrom(undefined, undefined, "mine", "__proto__"),
    }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constant("conclude" as const), scope, index: fc.nat(), answer }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("expire" as const), scope, index: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<AsynchronousDirectory, Command>({
  name: "events that functions are owed",
  commands,
  durationsMs: fc.constantFrom(0, 999, 1000, MINUTE - 1, MINUTE, 2 * MINUTE, 5 * MINUTE, 60 * MINUTE),
  start: ({ clock, ids, logs }) =>
    new AsynchronousDirectory({
      clockOf: () => clock,
      ids,
      logs,
      limits: { events: 8, bytes: 10_000 },
      due: () => {},
      settingsOf(functionArn, version) {
        if (functionArn.endsWith(":gone")) return undefined;
        return {
          qualifiedArn: functionArn,
          retryCount: 2,
          maxAgeMs: functionArn.endsWith(":young") ? 90_000 : 60 * MINUTE,
          deadLetterArn: version,
          isStopped: functionArn.endsWith(":zero"),
        };
      },
    }),
  run(directory, command) {
    if (command.type === "reset") return directory.reset(command.scope.account);
    const { region, account } = command.scope;
    const events = directory.in(command.scope);
    if (command.type === "queue") {
      const { name, qualifier: of, payload, traceId, source, messageIds, requestId } = command;
      const functionArn = `arn:aws:lambda:${region}:${account}:function:${name}${of}`;
      return directory.queue({ functionArn, payload, traceId, source, messageIds, requestId });
    }
    const owed = [...events.all()];
    const meant = owed[command.index % Math.max(1, owed.length)]?.event.requestId ?? "nobody";
    return command.type === "expire" ? events.expire(meant) : events.conclude(meant, command.answer);
  },
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<AsynchronousEvent>),
  entries: (directory) => directory.entries(),
  resume: (directory) => directory.resume(),
  observe: (directory) =>
    scopes.map((at) => {
      const events = directory.in(at);
      const all = Array.from(events.all(), ({ order: _, ...standing }) => standing);
      const upcoming = [...events.upcoming()];
      const found = all.map(({ event: { requestId } }) => events.find(requestId));
      return { count: events.count, isEmpty: events.isEmpty, all, found, upcoming };
    }),
});
