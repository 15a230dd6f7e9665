import { describe, expect, test } from "vitest";
import { EventLog, type LoggedEntry } from "../../../src/kernel/event/event-log.ts";
import { EventLogs } from "../../../src/kernel/event/event-logs.ts";
import { bytesInUse } from "../../support/heap.ts";

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

describe("the log of an account that nobody holds", () => {
  test("is gone, unless somebody listens to it", async () => {
    const logs = new EventLogs();
    const heard: string[] = [];
    const part = (account: string) => logs.part("sqs").of(account);
    part("111111111111").listen(([first]) => heard.push(first!.event.type));
    const unheard = new WeakRef(part("222222222222"));
    await bytesInUse();
    expect(unheard.deref()).toBeUndefined();
    part("111111111111").append([entry("sent")]);
    expect(heard).toEqual(["sent"]);
  });

  test("is heard by those who listen to all accounts when it is there again", async () => {
    const logs = new EventLogs();
    const heard: string[] = [];
    logs.part("sqs").listen((account, [first]) => heard.push(`${account} ${first!.sequence}`));
    const append = () =>
      logs
        .of("111111111111")
        .part("sqs")
        .append([entry("sent")]);
    append();
    await bytesInUse();
    append();
    expect(heard).toEqual(["111111111111 1", "111111111111 2"]);
  });
});

describe("a part of a log", () => {
  test("is heard by those who listen to it or to the whole, who get its entries numbered with all others", () => {
    const log = new EventLog();
    const heard: string[] = [];
    const [queues, topics] = [log.part("sqs"), log.part("sns")];
    expect(log.part("sqs")).toBe(queues);
    log.listen((entries) => heard.push(`all ${entries.map(({ sequence }) => sequence).join(" ")}`));
    topics.listen((entries) => heard.push(`topics ${entries.map(({ sequence }) => sequence).join(" ")}`));
    queues.append([entry("left"), entry("arrived")]);
    topics.append([entry("published")]);
    topics.appendOne("arn:aws:sns:us-east-1:000000000000:news", { type: "published", at: 1 });
    expect(heard).toEqual(["all 1 2", "all 3", "topics 3", "all 4", "topics 4"]);
  });

  test("costs nothing because somebody listens to another part", () => {
    const log = new EventLog();
    const [queues, topics] = [log.part("sqs"), log.part("sns")];
    const leave = topics.listen(() => undefined);
    expect([queues.isHeard, topics.isHeard, log.isHeard]).toEqual([false, true, false]);
    leave();
    expect(topics.isHeard).toBe(false);
    log.listen(() => undefined);
    expect([queues.isHeard, topics.isHeard, log.isHeard]).toEqual([true, true, true]);
  });

  test("tells of what another part's listener appends only after what came before it", () => {
    const log = new EventLog();
    const heard: string[] = [];
    const [queues, topics] = [log.part("sqs"), log.part("sns")];
    log.listen(([first]) => {
      if (first!.event.type === "published") queues.append([entry("sent")]);
    });
    topics.listen(([first]) => heard.push(first!.event.type));
    queues.listen(([first]) => heard.push(first!.event.type));
    topics.append([entry("published")]);
    expect(heard).toEqual(["published", "sent"]);
  });

  test("of the logs of all accounts is the part of each", () => {
    const logs = new EventLogs();
    const heard: string[] = [];
    logs.part("sns").listen((account, [first]) => heard.push(`${account} ${first!.event.type}`));
    logs.listen((account) => heard.push(`${account} heard by all`));
    logs
      .part("sns")
      .of("111111111111")
      .append([entry("published")]);
    logs
      .part("sqs")
      .of("222222222222")
      .append([entry("sent")]);
    expect(heard).toEqual(["111111111111 heard by all", "111111111111 published", "222222222222 heard by all"]);
    expect(logs.of("111111111111").part("sns")).toBe(logs.part("sns").of("111111111111"));
  });
});
