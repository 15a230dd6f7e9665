import { describe, expect, test } from "vitest";
import { aDefinition, anInvocation, answerOf, ENDPOINT, errorOf, HeardRunner } from "../../support/runtime.ts";

/** A person's process: it has no idea who started it. */
async function attached(heard: HeardRunner) {
  const { text } = await heard.line(/AWS_LAMBDA_RUNTIME_API=/);
  const base = `http://${/AWS_LAMBDA_RUNTIME_API=(\S+)/.exec(text)?.[1]}/2018-06-01/runtime`;
  return {
    text,
    async next() {
      const response = await fetch(`${base}/invocation/next`);
      return { id: response.headers.get("lambda-runtime-aws-request-id"), event: await response.json() };
    },
    post: (path: string, body: unknown) => fetch(base + path, { method: "POST", body: JSON.stringify(body) }),
  };
}

const definition = aDefinition({ kind: "attach" }, { variables: { OWN: "it's" }, timeoutMs: 1 });

describe("a function that a person starts", () => {
  test("is told what to start it with", async () => {
    await using heard = new HeardRunner();
    void heard.invoke(definition);
    const { text } = await attached(heard);
    expect(text).toMatch(/127\.0\.0\.1:\d+/);
    expect(text).toContain(`AWS_ENDPOINT_URL=${ENDPOINT} `);
    expect(text).toContain("_HANDLER=index.handler");
    expect(text).toContain(String.raw`OWN='it'\''s'`);
    expect(text).not.toContain("PATH=");
  });

  test("takes events one after the other, in the order they came, however long it takes", async () => {
    await using heard = new HeardRunner();
    const outcomes = [heard.invoke(definition, anInvocation(1)), heard.invoke(definition, anInvocation(2))];
    const process = await attached(heard);
    for (const n of [1, 2]) {
      const { id, event } = await process.next();
      expect(event).toBe(n);
      await process.post(`/invocation/${id}/response`, { answerTo: event });
    }
    expect((await Promise.all(outcomes)).map(answerOf)).toEqual([{ answerTo: 1 }, { answerTo: 2 }]);
  });

  test("tells who invokes it that nobody is there to take the event, until somebody is", async () => {
    await using heard = new HeardRunner();
    const told: (string | undefined)[] = [];
    const onStalled = (why: string | undefined) => void told.push(why);
    const outcome = heard.invoke(definition, anInvocation(1, { onStalled }));
    const process = await attached(heard);
    const why = "The function worker waits for its process, and nobody is attached: start it as the log says.";
    expect(told).toEqual([why]);
    const { id } = await process.next();
    expect(told).toEqual([why, undefined]);
    await process.post(`/invocation/${id}/response`, 1);
    expect(answerOf(await outcome)).toBe(1);
  });

  test("is given the same event again when it is started again", async () => {
    await using heard = new HeardRunner();
    const outcome = heard.invoke(definition, anInvocation("again"));
    const process = await attached(heard);
    expect(await process.next()).toEqual(await process.next());
    const { id } = await process.next();
    await process.post(`/invocation/${id}/error`, { errorType: "X" });
    expect(errorOf(await outcome)).toEqual({ errorType: "X" });
  });

  test("that cannot start fails the event that waits, and may be started again", async () => {
    await using heard = new HeardRunner();
    const outcomes = [heard.invoke(definition, anInvocation(1)), heard.invoke(definition, anInvocation(2))];
    const process = await attached(heard);
    await process.post("/init/error", { errorType: "Init" });
    expect(errorOf(await outcomes[0]!)).toEqual({ errorType: "Init" });
    const { id } = await process.next();
    await process.post(`/invocation/${id}/response`, "then");
    expect(answerOf(await outcomes[1]!)).toBe("then");
  });

  test("does not take what nobody waits for any more", async () => {
    await using heard = new HeardRunner();
    const giveUp = new AbortController();
    const first = heard.invoke(definition, anInvocation(1), giveUp.signal);
    const second = heard.invoke(definition, anInvocation(2));
    giveUp.abort();
    expect(await first).toEqual({ type: "stopped" });
    const process = await attached(heard);
    expect((await process.next()).event).toBe(2);
    heard.runner.stop(definition.arn);
    await heard.runner.close();
    expect(await second).toEqual({ type: "stopped" });
  });

  test("has all that wait stopped when it is abandoned", async () => {
    await using heard = new HeardRunner();
    const outcomes = [heard.invoke(definition, anInvocation(1)), heard.invoke(definition, anInvocation(2))];
    await (await attached(heard)).next();
    heard.runner.abandon(definition.arn);
    expect(await Promise.all(outcomes)).toEqual([{ type: "stopped" }, { type: "stopped" }]);
  });

  test("says so when its port is taken", async () => {
    await using heard = new HeardRunner();
    void heard.invoke(definition);
    const port = Number(/127\.0\.0\.1:(\d+)/.exec((await attached(heard)).text)?.[1]);
    const other = aDefinition({ kind: "attach", port }, { name: "other" });
    const outcome = await heard.invoke(other);
    expect(outcome).toEqual({ type: "unreachable", reason: expect.stringContaining("EADDRINUSE") });
  });
});
