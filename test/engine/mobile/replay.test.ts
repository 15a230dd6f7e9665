import fc from "fast-check";
import type { MobileEvent } from "../../../src/engine/mobile/events.ts";
import { MobileDirectory } from "../../../src/engine/mobile/mobile-directory.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { registerReplaySuite } from "../replay-suite.ts";

const scopes = [
  scopeOf("000000000000", "us-east-1"),
  scopeOf("000000000000", "eu-west-1"),
  scopeOf("111111111111", "us-east-1"),
];
const names = ["one", "two"];

const scope = fc.constantFrom(...scopes);
const name = fc.constantFrom(...names);
const token = fc.constantFrom("a", "b", "c");
const isEnabled = fc.boolean();
/** Which of the application's endpoints is meant. */
const index = fc.nat(3);

const commands = fc.oneof(
  fc.record({ type: fc.constant("create" as const), scope, name, isEnabled }),
  fc.record({ type: fc.constant("configure" as const), scope, name, isEnabled }),
  { weight: 1, arbitrary: fc.record({ type: fc.constant("delete" as const), scope, name }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("createEndpoint" as const), scope, name, token, isEnabled }) },
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant("configureEndpoint" as const), scope, name, index, token, isEnabled }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("deleteEndpoint" as const), scope, name, index }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope, name }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<MobileDirectory, Command>({
  name: "platform applications",
  commands,
  start: ({ clock, ids, logs }) => new MobileDirectory({ clockOf: () => clock, ids, logs }),
  run: runCommand,
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<MobileEvent>),
  entries: (directory) => directory.entries(),
  taken: (directory) => directory.taken(),
  observe: (directory) =>
    scopes.map((at) =>
      [...directory.in(at).list()].map((application) => ({
        ...application,
        endpoints: [...application.endpoints()],
        byToken: ["a", "b", "c"].map((text) => application.endpointByToken(text)?.arn),
      })),
    ),
});

function runCommand(directory: MobileDirectory, command: Command): unknown {
  if (command.type === "reset") return directory.reset(command.scope.account);
  const platforms = directory.in(command.scope);
  const application = platforms.find(platforms.arnOf("GCM", command.name));
  if (command.type === "create") {
    const settings = { isEnabled: command.isEnabled, attributes: { PlatformCredential: "key" } };
    return application === undefined ? platforms.create("GCM", command.name, settings).arn : "exists";
  }
  if (application === undefined) return "absent";
  const endpoint = "index" in command ? [...application.endpoints()][command.index] : undefined;
  switch (command.type) {
    case "configure":
      return platforms.configure(application, { isEnabled: command.isEnabled, attributes: { a: "b" } });
    case "delete":
      return platforms.delete(application);
    case "createEndpoint": {
      const { token, isEnabled } = command;
      const customUserData = isEnabled ? "data" : undefined;
      return platforms.createEndpoint(application, { token, isEnabled, customUserData }).arn;
    }
    case "configureEndpoint": {
      const { token, isEnabled } = command;
      return endpoint && platforms.configureEndpoint(endpoint, { token, isEnabled, customUserData: undefined });
    }
    case "deleteEndpoint":
      return endpoint && platforms.deleteEndpoint(endpoint);
  }
}
