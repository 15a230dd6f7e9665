import { describe, expect, test } from "vitest";
import { EventLog, type LoggedEntry } from "../../src/kernel/event-log.ts";
import { EventLogs } from "../../src/kernel/event-logs.ts";

const entry = (type: string) => ({ resource: "arn:aws:sqs:us-east-1:000000000000:jobs", event: { type, at: 1 } });

describe("an event log", () => {
  test("numbers entries in order and tells listeners of each append as a whole", () => {
    const log = new EventLog();
    const heard: (readonly LoggedEntry[])[] = [];
    log.listen((entries) => heard.push(entries));
    log.append([entry("left"), entry("arrived")]);
    log.append([entry("sent")]);
    expect(heard.map((entries) => entries.map(({ sequence, event }) => `${sequence} ${event.type}`))).toEqual([
      ["1 left", "2 arrived"],
      ["3 sent"],
    ]);
  });

  test("is heard only while somebody listens", () => {
    const log = new EventLog();
    expect(log.isHeard).toBe(false);
    const leave = log.listen(() => undefined);
    expect(log.isHeard).toBe(true);
    leave();
    expect(log.isHeard).toBe(false);
  });

  test("tells listeners in the order in which they came, the second too of what the first appends", () => {
    const log = new EventLog();
    const heard: string[] = [];
    log.listen(([first]) => {
      heard.push(`first ${first!.event.type}`);
      if (first!.event.type === "sent") log.append([entry("received")]);
    });
    log.listen(([first]) => heard.push(`second ${first!.event.type}`));
    log.append([entry("sent")]);
    expect(heard).toEqual(["first sent", "second sent", "first received", "second received"]);
  });
});

describe("the logs of all accounts", () => {
  test("are told apart by a listener, those of later accounts too", () => {
    const logs = new EventLogs();
    const heard: string[] = [];
    logs.of("111111111111");
    const leave = logs.listen((account, [first]) => heard.push(`${account} ${first!.event.type}`));
    logs.of("111111111111").append([entry("sent")]);
    logs.of("222222222222").append([entry("purged")]);
    leave();
    logs.of("111111111111").append([entry("deleted")]);
    expect(heard).toEqual(["111111111111 sent", "222222222222 purged"]);
    expect(logs.of("222222222222").isHeard).toBe(false);
  });
});
