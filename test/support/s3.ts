import { createServices } from "../../src/app/modules/services.ts";
import { configFromOptions } from "../../src/app/settings/config.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { ReceivedRequest } from "../../src/server/call.ts";
import { createHandler } from "../../src/server/handle.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { silentLogger } from "../../src/server/log.ts";
import { ACCOUNT, aFrozenClock, REGION } from "./service-call.ts";
import { signedHeaders } from "./signed.ts";

/** What a request has beside method and path. */
interface Sent {
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly account?: string;
  readonly region?: string;
  /** Not signed, but for what stands in the query. */
  readonly isUnsigned?: boolean;
}

/** S3 as its wire is, without a socket. */
export function anS3(service = "s3") {
  const ids = seededIds("s3");
  const clock = aFrozenClock();
  const services = createServices(configFromOptions({}), { clocks: new Clocks(clock), ids, log: silentLogger });
  const handle = createHandler({
    services: services.list,
    defaults: { account: ACCOUNT, region: REGION },
    ids,
    log: silentLogger,
    about: () => ({ status: 200, headers: {}, body: "about" }),
    host: "localhost",
    interceptors: new Interceptors(),
  });
  /** What is answered to `PUT /bucket/key`. */
  const send = async (line: string, { query = "", headers = {}, body = "", isUnsigned, ...place }: Sent = {}) => {
    const [method = "", path = ""] = line.split(" ", 2);
    const signed = isUnsigned ? {} : signedHeaders(service, place);
    const request = { method, path, query, headers: { host: "localhost:4566", ...signed, ...headers } };
    const received = new ReceivedRequest({ ...request, body: Buffer.from(body as string) });
    const { response } = handle(received, "http://localhost:4566");
    const answer = await response;
    const bytes = Buffer.from(answer.body as Uint8Array);
    const named = Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value] as const);
    const text = bytes.toString();
    return {
      ...{ status: answer.status, headers: Object.fromEntries(named), bytes, text },
      /** Code of the error. */
      code: /<Code>(.*?)<\/Code>/.exec(text)?.[1],
      /** What elements of a name hold. */
      all: (name: string) => [...text.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "g"))].map(([, inner]) => inner),
    };
  };
  return { send, clock, services, [Symbol.asyncDispose]: () => services.close() };
}

/** The same with a bucket. */
export async function aBucket(name = "bucket") {
  const s3 = anS3();
  await s3.send(`PUT /${name}`);
  return s3;
}
