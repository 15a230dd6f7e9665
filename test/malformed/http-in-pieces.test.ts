import { createServer } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import { Endpoint } from "../../src/server/http/endpoint.ts";
import { expectAnswer, refuseMalformed, refuseUnfinished } from "../../src/server/http/malformed.ts";
import { PlainConnection } from "../../src/server/http/plain-connection.ts";
import { HttpDate } from "../../src/server/http/reply.ts";
import { SlowRequests } from "../../src/server/http/slow-requests.ts";
import { silentLogger } from "../../src/server/log.ts";
import { anExchange, text } from "../support/a-server.ts";
import { aRequest } from "../support/almost-plain.ts";
import { stillTime } from "../support/queue.ts";

/* However bytes are cut, our reader with node:http behind it answers them as node:http does alone, after each piece. */

/** A connection to a server in memory, and what it has heard. */
class Wire extends Duplex {
  #heard = "";

  constructor() {
    super({ allowHalfOpen: false });
  }

  /** Says a piece, or ends the connection, and lets the server have its turn. */
  async say(piece: Buffer | null): Promise<void> {
    if (this.readableEnded || this.destroyed) return;
    this.push(piece);
    for (let turn = 0; turn < 2; turn++) await nextTurn();
  }

  /** The answers so far, each with its headers in order; when they were made is left out. */
  heard(): readonly string[] {
    return this.#heard.split(/(?=HTTP\/1\.1 )/).map((answer) => {
      const [head = "", body = ""] = answer.split("\r\n\r\n");
      const [status = "", ...headers] = head.split("\r\n");
      const told = headers.filter((line) => !line.startsWith("Date:")).sort();
      return [status, ...told, body].join("\n");
    });
  }

  setTimeout(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#heard += chunk.toString("latin1");
    done();
  }
}

/** A connection that is read by node:http alone, or by our reader first. */
function aWire(reader: "own" | "node", clock = new ControlledClock(stillTime)): Wire {
  const aws = new Endpoint({
    handler: ({ method, path, query, headers, body }) =>
      anExchange({
        response: text(`${method} ${path}?${query} ${headers["x-amz-target"]} ${body.toString("latin1")}`),
      }),
    clock,
    ids: { uuid: () => "id", bytes: () => new Uint8Array() } as never,
    log: silentLogger,
    maxBodyBytes: 40,
  });
  const node = createServer({ keepAliveTimeout: 75_000 }, (request, response) => aws.serve(request, response));
  node.prependListener("request", expectAnswer);
  node.on("clientError", (error, socket) => refuseMalformed(error, socket, silentLogger));
  const wire = new Wire();
  const socket = wire as unknown as Socket;
  if (reader === "node") node.emit("connection", socket);
  else
    new PlainConnection(socket, {
      aws,
      date: new HttpDate(clock),
      patienceMs: 75_000,
      slow: new SlowRequests(clock),
      refuse: (reason) => refuseUnfinished(reason, socket, silentLogger),
      handOver: () => node.emit("connection", socket),
    });
  return wire;
}

/** Bytes of some requests, in pieces. */
const inPieces = fc
  .tuple(fc.array(aRequest, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(), { maxLength: 6 }))
  .map(([requests, places]) => {
    const bytes = Buffer.concat(requests);
    const cuts = [...new Set(places.map((place) => place % bytes.length))].sort((one, other) => one - other);
    return [...cuts, bytes.length].map((end, index) => bytes.subarray(cuts[index - 1] ?? 0, end));
  });

test("however requests are cut, they are answered as node:http answers them", async () => {
  const property = fc.asyncProperty(inPieces, async (pieces) => {
    const [own, node] = [aWire("own"), aWire("node")];
    for (const piece of [...pieces, null]) {
      await Promise.all([own.say(piece), node.say(piece)]);
      expect(own.heard()).toEqual(node.heard());
    }
  });
  await fc.assert(property, { numRuns: 1_500, seed: 20_260_101 });
});

test("a request that never comes whole is answered with 408, and hung up on", async () => {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const wire = aWire("own", clock);
  await wire.say(Buffer.from("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhe"));
  await clock.advanceInTurns(300_000);
  await nextTurn();
  expect(wire.heard()).toEqual(["HTTP/1.1 408 Request Timeout\nConnection: close\nContent-Length: 0\n"]);
  expect(wire.destroyed).toBe(true);
});
