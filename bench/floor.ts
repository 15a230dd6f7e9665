import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FixedReply } from "./machine/servers.ts";

/**
 * What the emulator is measured against: the least a server on node:http can do with the same requests. It reads the
 * body, parses it as JSON and answers with a reply made beforehand. The path names the operation, so that not even a
 * header has to be looked at.
 */
const byOperation: Readonly<Record<string, FixedReply>> = JSON.parse(readFileSync(process.argv[2]!, "utf8"));
const replies = new Map(Object.entries(byOperation).map(([operation, reply]) => [`/${operation}`, reply]));

/** As the emulator's; by Node's default the connections would not outlast the other side's turn. */
const KEEP_ALIVE_MS = 75_000;

const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    const reply = replies.get(request.url!)!;
    response.writeHead(200, reply.headers).end(reply.body);
  });
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
