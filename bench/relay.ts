import { type AddressInfo, createServer, type Socket } from "node:net";

/**
 * The least that a wake can take: a request on one connection has a server over `node:net` answer another, which asked before, and then the
 * request itself. It looks at nothing but the path.
 */
const BODY = "x".repeat(512);
const ANSWER = `HTTP/1.1 200 OK\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`;
const WAITING = "POST /ReceiveMessage ";

let parked: Socket | undefined;

const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", (chunk) => {
    if (chunk.toString("latin1", 0, WAITING.length) === WAITING) {
      parked = socket;
      return;
    }
    parked?.write(ANSWER, "latin1");
    socket.write(ANSWER, "latin1");
  });
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
