import { expect, test } from "vitest";
import { Deferred } from "../../../src/kernel/event/deferred.ts";
import { systemIds } from "../../../src/kernel/ids.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { ReceivedRequest } from "../../../src/server/call.ts";
import type { Exchange } from "../../../src/server/exchange.ts";
import { Endpoint } from "../../../src/server/http/endpoint.ts";
import type { Reply } from "../../../src/server/http/reply.ts";
import { aLogger, anExchange, text } from "../../support/a-server.ts";
import { stillTime } from "../../support/queue.ts";

/** An endpoint whose requests are answered as their body says, what it has sent and what it has logged. */
function anEndpoint(exchanges: Readonly<Record<string, () => Partial<Exchange>>>) {
  const { logger: log, lines } = aLogger("debug", "error");
  const handler = ({ body }: ReceivedRequest): Exchange =>
    anExchange({ requestId: String(body), ...exchanges[String(body)]?.() });
  const endpoint = new Endpoint({ handler, clock: stillTime, ids: systemIds, log, maxBodyBytes: 1024 });
  const sent: string[] = [];
  /** Hands over a request, and then `afterwards` once its answer is sent. */
  const ask = (body: string, afterwards = (): void => {}): void => {
    const reply: Reply = {
      carrier: { destroyed: false, once: () => {}, off: () => {} },
      send(answer) {
        sent.push(String(answer.body));
        afterwards();
        return undefined;
      },
      hangUp: async () => {},
      fail: () => void sent.push(`${body} failed`),
    };
    const parts = { method: "POST", path: "/", query: "", headers: {}, body: Buffer.from(body) };
    endpoint.answer(new ReceivedRequest(parts), "http://here", reply);
  };
  return { ask, sent, logged: () => lines.map(({ fields }) => fields.requestId) };
}

/** Receives that wait, and a send that wakes them all. */
function aQueueOf(count: number) {
  const answers = Array.from({ length: count }, () => new Deferred<WireResponse>());
  const receives = answers.map((response, index) => [`receive ${index}`, () => ({ response })] as const);
  const send = () => {
    for (const [index, answer] of answers.entries()) answer.resolve(text(`received ${index}`));
    return { response: text("sent") };
  };
  return { answers, exchanges: { ...Object.fromEntries(receives), send } };
}

test("whoever a request wakes is answered before it, in the same turn, and logged after it", () => {
  const { exchanges } = aQueueOf(2);
  const { ask, sent, logged } = anEndpoint(exchanges);
  ask("receive 0");
  ask("receive 1");
  expect(sent).toEqual([]);
  ask("send");
  expect(sent).toEqual(["received 0", "received 1", "sent"]);
  expect(logged()).toEqual(["send", "receive 0", "receive 1"]);
});

test("a request that comes once one was woken is answered without waiting for the others", () => {
  const { exchanges } = aQueueOf(2);
  const { ask, sent } = anEndpoint({ ...exchanges, next: () => ({ response: text("next") }) });
  ask("receive 0", () => ask("next"));
  ask("receive 1");
  ask("send");
  expect(sent).toEqual(["received 0", "next", "received 1", "sent"]);
});

test("whoever is woken by no request is answered in a microtask", async () => {
  const { exchanges, answers } = aQueueOf(1);
  const { ask, sent } = anEndpoint(exchanges);
  ask("receive 0");
  answers[0]!.resolve(text("in time"));
  await Promise.resolve();
  expect(sent).toEqual(["in time"]);
});

test("what goes wrong with the answer of one who was woken is no matter of who woke it", () => {
  const { exchanges } = aQueueOf(2);
  const { ask, sent } = anEndpoint(exchanges);
  ask("receive 0", () => {
    throw new Error("broken");
  });
  ask("receive 1");
  ask("send");
  expect(sent).toEqual(["received 0", "receive 0 failed", "received 1", "sent"]);
});
