import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { FixedReply } from "./machine/servers.ts";

/**
 * The most that a server in one Node process can do: it counts bytes until a request is there, and writes a reply all of
 * which was put together beforehand. It looks at the path, which names the operation, and at the length of the body.
 */
const byOperation: Readonly<Record<string, FixedReply>> = JSON.parse(readFileSync(process.argv[2]!, "utf8"));
const replies = new Map(Object.entries(byOperation).map(([operation, reply]) => [`/${operation}`, textOf(reply)]));

const END_OF_HEAD = "\r\n\r\n";
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)/;

/** The floor's answer, what node:http adds by itself included. */
function textOf({ headers, body }: FixedReply): string {
  const added = { Date: new Date().toUTCString(), Connection: "keep-alive", "Keep-Alive": "timeout=75" };
  const lines = Object.entries({ ...headers, ...added }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${lines.join("")}\r\n${body}`;
}

function serve(socket: Socket): void {
  let reply = "";
  /** Bytes of the request that are still to come. */
  let missing = 0;
  const begin = (chunk: Buffer): void => {
    const headEnd = chunk.indexOf(END_OF_HEAD, 0, "latin1");
    const head = chunk.toString("latin1", 0, headEnd);
    reply = replies.get(head.slice("POST ".length, head.indexOf(" ", "POST ".length)))!;
    missing = headEnd + END_OF_HEAD.length + Number(CONTENT_LENGTH.exec(head)![1]);
  };
  socket.on("data", (chunk) => {
    if (missing === 0) begin(chunk);
    missing -= chunk.length;
    if (missing === 0) socket.write(reply, "latin1");
  });
}

const server = createServer({ noDelay: true }, serve);

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
