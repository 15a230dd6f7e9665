import { describe, expect, test, vi } from "vitest";
import { awsError } from "../../src/kernel/aws-error.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { ReceivedRequest, RequestCall } from "../../src/server/call.ts";
import { type Interception, type Interceptor, Interceptors } from "../../src/server/intercept.ts";
import {
  aForm,
  type aHandler,
  aJsonRequest,
  anInterceptedHandler,
  aRequest,
  type Behaviour,
  kinesis,
  sqs,
} from "./services.ts";

const SlowDown = awsError("SlowDown", { message: () => "Not so fast." });
const NoSuchQueue = awsError("NoSuchQueue", { message: () => "There is none." });

const passing: Interceptor = (_interception, next) => next();
const answering: Behaviour = () => ({ MessageId: "of the operation" });
const refusing: Behaviour = () => {
  throw new NoSuchQueue();
};
const bodyOf = async (response: ReturnType<ReturnType<typeof aHandler>["handle"]>["response"]) => (await response).body;

/** A promise and what fulfils it. */
function aWait() {
  let go: () => void = () => {};
  const over = new Promise<void>((resolve) => {
    go = resolve;
  });
  return { go, over };
}

/** What an interceptor sees of a request. */
function seenOf(request: Parameters<ReturnType<typeof aHandler>["handle"]>[0]): Interception | undefined {
  let seen: Interception | undefined;
  const look: Interceptor = (interception, next) => {
    seen = interception;
    return next();
  };
  anInterceptedHandler([look], sqs(answering)).handle(request);
  return seen;
}

describe("an interceptor sees", () => {
  test("service, operation and decoded input of a request", () => {
    const seen = seenOf(aJsonRequest("SendMessage", '{"QueueUrl":"q","MessageBody":"b","DelaySeconds":"3"}'));
    expect(seen?.service.id).toBe("sqs");
    expect(seen?.operation.name).toBe("SendMessage");
    expect(seen?.input).toEqual({ QueueUrl: "q", MessageBody: "b", DelaySeconds: 3 });
  });

  test("who calls, under which id, and what the headers and the body say", () => {
    const seen = seenOf(aForm({ Action: "ListQueues" }, { "x-mine": "yes" }));
    expect(seen?.call.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(seen?.call.scope).toEqual({ partition: "aws", region: "us-east-1", account: "000000000000" });
    expect(seen?.call.header("x-mine")).toBe("yes");
    expect(String(seen?.request.body)).toBe("Action=ListQueues");
  });

  test.for([
    ["names no operation", aJsonRequest("Nonsense")],
    ["cannot be decoded", aJsonRequest("SendMessage", "{")],
    ["is for nobody", aRequest({ method: "PUT" })],
  ] as const)("nothing of a request that %s", ([, request]) => {
    expect(seenOf(request)).toBeUndefined();
  });
});

describe("interceptors", () => {
  test("are asked in the order in which they were added, around the operation", () => {
    const order: string[] = [];
    const named = (name: string): Interceptor => {
      return (_interception, next) => {
        order.push(`${name} before`);
        const output = next();
        order.push(`${name} after`);
        return output;
      };
    };
    const operation: Behaviour = () => void order.push("operation");
    anInterceptedHandler([named("first"), named("second")], sqs(operation)).handle(aJsonRequest("SendMessage"));
    expect(order).toEqual(["first before", "second before", "operation", "second after", "first after"]);
  });

  test("can be added in front of the others, to see what those make of a call", () => {
    const interceptors = new Interceptors();
    const order: string[] = [];
    const named = (name: string): Interceptor => {
      return (_interception, next) => {
        order.push(name);
        return next();
      };
    };
    interceptors.add(named("second"));
    interceptors.add(named("third"));
    interceptors.add(named("first"), "front");
    const contract = { name: "Any", input: {} as never, errors: [], run: () => {} };
    const call = { ...aCall(), run: (operation: typeof contract) => operation.run() };
    interceptors.run({} as never, contract, call as never, {});
    expect(order).toEqual(["first", "second", "third"]);
  });

  test("answer at once what the operation answers at once", () => {
    const { handle } = anInterceptedHandler([passing, passing], sqs(answering));
    expect(handle(aJsonRequest("SendMessage")).response).toMatchObject({ body: '{"MessageId":"of the operation"}' });
  });

  test("can change the output", () => {
    const change: Interceptor = (_interception, next) => ({ ...(next() as object), SequenceNumber: "7" });
    const { response } = anInterceptedHandler([change], sqs(answering)).handle(aJsonRequest("SendMessage"));
    expect(response).toMatchObject({ body: '{"MessageId":"of the operation","SequenceNumber":"7"}' });
  });

  test("can have those behind them, and the operation, see another input, whose blobs are kept as well", async () => {
    const { go, over } = aWait();
    const replace: Interceptor = (_interception, next) => next({ Data: new Uint8Array([1]) });
    const seen: unknown[] = [];
    const wait: Interceptor = async ({ input }, next) => {
      await over;
      seen.push(input);
      return next();
    };
    const operation = vi.fn<Behaviour>(answering);
    const { response } = anInterceptedHandler([wait, replace, wait], sqs(operation)).handle(
      aJsonRequest("SendMessage"),
    );
    go();
    await response;
    expect(seen).toEqual([{}, { Data: new Uint8Array([1]) }]);
    expect(operation.mock.calls[0]?.[1]).toEqual({ Data: new Uint8Array([1]) });
  });

  test("can have the caller told nothing, be there an answer or not", () => {
    const hangUp: Interceptor = (interception) => void interception.hangUp("unanswered");
    const { handle, lines } = anInterceptedHandler([hangUp], sqs(answering));
    expect(handle(aJsonRequest("SendMessage"))).toMatchObject({ hangUp: "unanswered", response: { body: "" } });
    expect(lines).toEqual([]);
  });

  test("can answer instead of the operation and of those behind them", () => {
    const behind = vi.fn<Interceptor>(passing);
    const operation = vi.fn<Behaviour>(answering);
    const instead: Interceptor = () => ({ MessageId: "of the interceptor" });
    const { response } = anInterceptedHandler([instead, behind], sqs(operation)).handle(aJsonRequest("SendMessage"));
    expect(response).toMatchObject({ body: '{"MessageId":"of the interceptor"}' });
    expect(behind).not.toHaveBeenCalled();
    expect(operation).not.toHaveBeenCalled();
  });

  test.for([
    ["JSON", aJsonRequest("SendMessage"), '"message":"Not so fast."'],
    ["the Query format", aForm({ Action: "SendMessage" }), "<Message>Not so fast.</Message>"],
  ] as const)("can refuse with an error of AWS, told in %s", ([, request, told]) => {
    const refuse: Interceptor = () => {
      throw new SlowDown();
    };
    const { handle, lines } = anInterceptedHandler([refuse], sqs(answering));
    const exchange = handle(request);
    expect(exchange).toMatchObject({ errorCode: "SlowDown", response: { status: 400 } });
    expect(exchange.response).toMatchObject({ body: expect.stringContaining(told) });
    expect(lines).toEqual([]);
  });

  test("see what the operation throws, and what it throws later", async () => {
    const seen: unknown[] = [];
    const watch: Interceptor = async (_interception, next) => {
      try {
        return await next();
      } catch (cause) {
        seen.push(cause);
        throw cause;
      }
    };
    const later: Behaviour = async () => refusing("", {}, {} as never);
    for (const operation of [refusing, later]) {
      const exchange = anInterceptedHandler([watch], sqs(operation)).handle(aJsonRequest("SendMessage"));
      expect(await exchange.response).toMatchObject({ status: 400 });
      expect(exchange.errorCode).toBe("NoSuchQueue");
    }
    expect(seen).toEqual([expect.any(NoSuchQueue), expect.any(NoSuchQueue)]);
  });

  test("that fail by mistake are an internal failure, whose cause is logged", () => {
    const fail: Interceptor = () => {
      throw new TypeError("oops");
    };
    const { handle, lines } = anInterceptedHandler([fail], sqs(answering));
    expect(handle(aJsonRequest("SendMessage")).response).toMatchObject({ status: 500 });
    expect(lines).toMatchObject([{ level: "error", fields: { err: new TypeError("oops") } }]);
  });

  test("can be taken away, each for itself, while requests are under way", async () => {
    const interceptors = new Interceptors();
    const asked: string[] = [];
    const { go, over } = aWait();
    const wait: Interceptor = async (_interception, next) => {
      await over;
      return next();
    };
    const note: Interceptor = (_interception, next) => {
      asked.push("asked");
      return next();
    };
    const contract = { name: "Any", input: {} as never, errors: [] };
    const run = () => interceptors.run({} as never, { ...contract, run: () => "output" }, aCall(), {});
    const removals = [wait, note, note].map((intercept) => interceptors.add(intercept));
    const underWay = run();
    for (const remove of removals.slice(0, 2)) remove();
    expect(run()).toBe("output");
    expect(asked).toEqual(["asked"]);
    go();
    expect(await underWay).toBe("output");
    expect(asked).toEqual(["asked", "asked", "asked"]);
  });
});

const aCall = (): RequestCall => {
  const scope = scopeOf("000000000000", "us-east-1");
  const place = { scope, namesRegion: true };
  return new RequestCall(new ReceivedRequest(aRequest({})), { requestId: "1", place, dialect: "json", origin: "" });
};

describe("without interceptors", () => {
  test("the operation is run with the very call and input, and its output handed on as it is", () => {
    const [call, input, output] = [aCall(), {}, Promise.resolve()];
    const run = vi.fn<(...given: unknown[]) => unknown>(() => output);
    const contract = { name: "Any", input: {} as never, errors: [] };
    expect(new Interceptors().run({} as never, { ...contract, run }, call, input)).toBe(output);
    expect(run.mock.calls).toEqual([[call, input]]);
    expect(run.mock.calls[0]?.[0]).toBe(call);
    expect(run.mock.calls[0]?.[1]).toBe(input);
  });

  test("nothing of theirs is between handler and operation", () => {
    let stack = "";
    const look: Behaviour = () => {
      stack = new Error("here").stack ?? "";
    };
    const framesWith = (...interceptors: readonly Interceptor[]) => {
      anInterceptedHandler(interceptors, sqs(look)).handle(aJsonRequest("SendMessage"));
      return stack.split("\n").filter((frame) => frame.includes("/server/intercept.ts")).length;
    };
    expect(framesWith()).toBe(0);
    expect(framesWith(passing)).toBeGreaterThan(1);
  });
});

describe("an interceptor that waits", () => {
  test("delays the operation, and its answer", async () => {
    const { go, over } = aWait();
    const operation = vi.fn<Behaviour>(answering);
    const delay: Interceptor = async (_interception, next) => {
      await over;
      return next();
    };
    const { response } = anInterceptedHandler([delay], sqs(operation)).handle(aJsonRequest("SendMessage"));
    expect(response).toBeInstanceOf(Promise);
    expect(operation).not.toHaveBeenCalled();
    go();
    expect(await bodyOf(response)).toBe('{"MessageId":"of the operation"}');
  });

  test("has the body and the blobs of the request, whatever becomes of their memory", async () => {
    const { go, over } = aWait();
    const given: unknown[] = [];
    const delay: Interceptor = async ({ request }, next) => {
      await over;
      given.push(String(request.body));
      return next();
    };
    const operation: Behaviour = (_name, input) => {
      given.push(input);
      return {};
    };
    const { handle } = anInterceptedHandler([delay], kinesis(operation));
    const body = '{"StreamName":"s","Records":[{"Data":"QUJD","PartitionKey":"p"}]}';
    const putRecords = (text: string) => {
      const headers = { "x-amz-target": "Kinesis_20131202.PutRecords", "content-type": "application/x-amz-json-1.1" };
      return aRequest({ body: text, headers: { ...headers, ...signature } });
    };
    const request = putRecords(body);
    const { response } = handle(request);
    request.body.fill("x");
    const second = handle(putRecords(body.replace("QUJD", "WFla"))).response;
    go();
    expect(await response).toMatchObject({ status: 200 });
    await second;
    expect(given[0]).toBe(body);
    expect(given).toContainEqual({
      StreamName: "s",
      Records: [{ Data: new Uint8Array([65, 66, 67]), PartitionKey: "p" }],
    });
  });

  test("hears when the caller hangs up, and what was to be done then is done", async () => {
    const delay: Interceptor = async ({ call }, next) => {
      await new Promise((resolve) => call.signal.addEventListener("abort", resolve));
      return next();
    };
    const rescue = vi.fn();
    const operation: Behaviour = (_name, _input, call) => call.onUndelivered(rescue);
    const exchange = anInterceptedHandler([delay], sqs(operation)).handle(aJsonRequest("SendMessage"));
    exchange.abort();
    exchange.undelivered();
    await exchange.response;
    expect(rescue).toHaveBeenCalledOnce();
  });
});

const signature = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=key/20250101/us-east-1/kinesis/aws4_request, SignedHeaders=host;x-amz-date, Signature=0123abcd",
  "x-amz-date": "20250101T000000Z",
};
