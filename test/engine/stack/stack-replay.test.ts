import fc from "fast-check";
import { NO_CONTENT } from "../../../src/engine/stack/stack.ts";
import { StackDirectory } from "../../../src/engine/stack/stack-directory.ts";
import type { StackEvent } from "../../../src/engine/stack/stack-event.ts";
import type { Stacks } from "../../../src/engine/stack/stacks.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { registerReplaySuite } from "../replay-suite.ts";

const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const scope = fc.constantFrom(...scopes);
const name = fc.constantFrom("app", "queues", "topics");
const settings = { disableRollback: false, notificationArns: [] };

const commands = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("open" as const),
      scope,
      name,
      status: fc.constantFrom("REVIEW_IN_PROGRESS" as const, "CREATE_IN_PROGRESS" as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("move" as const),
      scope,
      name,
      status: fc.constantFrom("CREATE_COMPLETE" as const, "UPDATE_IN_PROGRESS" as const, "DELETE_COMPLETE" as const),
      reason: fc.option(fc.constant("a reason"), { nil: undefined }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constantFrom(
        "tell",
        "protect",
        "setPolicy",
        "openChangeSet",
        "moveChangeSet",
        "outdate",
        "deleteChangeSet",
      ),
      scope,
      name,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("settle" as const),
      scope,
      name,
      exports: fc.subarray(["app-one", "topics-one"]),
      imports: fc.subarray(["app-one", "topics-one"]),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<StackDirectory, Command>({
  name: "stacks",
  commands,
  start: ({ clock, ids, logs }) => new StackDirectory({ clockOf: () => clock, ids, logs }),
  run(directory, command) {
    if (command.type === "reset") return directory.reset(command.scope.account);
    const stacks = directory.in(command.scope);
    if (command.type === "open") return stacks.open(stacks.draft({ ...command, settings }));
    const stack = stacks.find(command.name);
    return stack === undefined ? "absent" : act(stacks, stack.id, command);
  },
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<StackEvent>),
  entries: (directory) => directory.entries(),
  taken: (directory) => directory.taken(),
  observe: (directory) =>
    scopes.map((at) => {
      const stacks = directory.in(at);
      return {
        list: stacks.list().map((stack) => ({
          stack,
          isLive: stacks.find(stack.name)?.id === stack.id,
          lines: stacks.history(stack.id)?.lines,
          resources: [...(stacks.history(stack.id)?.resources() ?? [])],
          changeSets: stacks.changeSetsOf(stack.id),
        })),
        exports: stacks.exports().map((one) => ({ ...one, importers: stacks.importers(one.name) })),
      };
    }),
});

type ChangeCommand = Exclude<Command, { readonly type: "open" | "reset" }>;

function act(stacks: Stacks, id: string, command: ChangeCommand): unknown {
  const newest = stacks.changeSetsOf(id).at(-1);
  switch (command.type) {
    case "move":
      return stacks.move(id, { status: command.status, ...(command.reason && { reason: command.reason }) });
    case "tell":
      return stacks.tell(id, {
        logicalId: "Queue",
        physicalId: "q",
        type: "AWS::SQS::Queue",
        status: "CREATE_COMPLETE",
      });
    case "settle": {
      const own = command.exports.length === 0 ? [] : [`${command.name}-one`];
      const outputs = own.map((exportName) => ({ key: "One", value: command.name, exportName }));
      return stacks.settle(id, { ...NO_CONTENT, outputs, imports: command.imports });
    }
    case "protect":
      return stacks.protect(id, true);
    case "setPolicy":
      return stacks.setPolicy(id, "{}");
    case "openChangeSet":
      return stacks.openChangeSet({
        ...{ name: "change", stackId: id, type: "UPDATE", status: "CREATE_COMPLETE", executionStatus: "AVAILABLE" },
        ...{ template: { text: "{}" }, given: {}, parameters: [], tags: {}, capabilities: [], settings },
        ...{ includesNested: false, importsExisting: false, changes: [] },
      }).id;
    case "moveChangeSet":
      return newest && stacks.moveChangeSet(newest.id, { executionStatus: "EXECUTE_COMPLETE" });
    case "outdate":
      return stacks.outdate(id);
    case "deleteChangeSet":
      return newest && stacks.deleteChangeSet(newest.id);
  }
}
