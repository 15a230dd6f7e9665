import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";

/** An HTTP endpoint that confirms every subscription, then takes messages and never answers. Prints its URL. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (request.headers["x-amz-sns-message-type"] !== "SubscriptionConfirmation") return;
    const { SubscribeURL } = JSON.parse(Buffer.concat(chunks).toString());
    get(SubscribeURL, (confirmation) => confirmation.resume());
    response.end();
  });
});

server.listen({ port: 0, host: "127.0.0.1", backlog: 4_096 }, () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
