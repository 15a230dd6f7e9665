import fc from "fast-check";
import { SmsDirectory } from "../../../src/engine/sms/sms-directory.ts";
import type { SmsEvent } from "../../../src/engine/sms/text-message.ts";
import type { LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { registerReplaySuite } from "../replay-suite.ts";

const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const scope = fc.constantFrom(...scopes);
const number = fc.constantFrom("+15551234567", "+15551234568", "+15551234569");

const commands = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant("configure" as const),
      scope,
      smsType: fc.constantFrom("Promotional", "Transactional"),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constantFrom("optOut", "optIn", "addSandboxNumber", "verifySandboxNumber", "deleteSandboxNumber"),
      scope,
      number,
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("reset" as const), scope }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

registerReplaySuite<SmsDirectory, Command>({
  name: "text messaging",
  commands,
  start: ({ clock, ids, logs }) => new SmsDirectory({ clockOf: () => clock, ids, logs }),
  run(directory, command) {
    if (command.type === "reset") return directory.reset(command.scope.account);
    const account = directory.in(command.scope);
    if (command.type === "configure") return account.configure({ DefaultSMSType: command.smsType });
    const isThere = account.sandboxNumber(command.number) !== undefined;
    if (command.type === "verifySandboxNumber" && !isThere) return "absent";
    return account[command.type](command.number);
  },
  replay: (directory, entry) => directory.replay(entry as LoggedEntry<SmsEvent>),
  entries: (directory) => directory.entries(),
  observe: (directory) =>
    scopes.map((at) => {
      const account = directory.in(at);
      return {
        attributes: account.attributes,
        optedOut: [...account.optedOutNumbers()],
        sandbox: [...account.sandboxNumbers()],
        count: account.sandboxNumberCount,
      };
    }),
});
