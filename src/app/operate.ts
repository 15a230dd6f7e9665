import type { Standstill } from "../kernel/event/standstill.ts";
import type { Ids } from "../kernel/ids.ts";
import { present } from "../kernel/present.ts";
import { scopeOf } from "../kernel/scope.ts";
import { awsJson1_0 } from "../protocol/aws-json/aws-json.ts";
import type { Operate, Place } from "../provisioning/operate.ts";
import { ReceivedRequest, RequestCall } from "../server/call.ts";
import type { Interceptors } from "../server/intercept.ts";
import type { Operation, ServedService } from "../service/service.ts";

interface OperateDeps {
  readonly services: readonly ServedService[];
  readonly interceptors: Interceptors;
  readonly ids: Ids;
  /** Scheme and authority of this server, for URLs in answers. */
  readonly origin: () => string;
  /** What operations wait for before they begin; nothing unless given. */
  readonly standstill?: Standstill;
}

/** Runs operations in the process as the wire runs them: they are decoded, intercepted and checked, but no socket is needed. */
export function createOperate({ services, interceptors, ids, origin, standstill }: OperateDeps): Operate {
  return async (service, name, input, place) => {
    const served = present(
      services.find(({ model }) => model.id === service),
      `the service ${service}`,
    );
    const operation = await loaded(served, name);
    const call = new RequestCall(requestOf(service, input, place), {
      requestId: ids.uuid(),
      place: { scope: scopeOf(place.account, place.region), namesRegion: true },
      dialect: "json",
      origin: place.origin ?? origin(),
      stackId: place.stackId,
      standstill,
    });
    // SQS's JSON takes every shape there is, and its blobs can be kept.
    const decoded = awsJson1_0.decode(operation, call.request);
    if (interceptors.chain.length === 0) return call.run(operation, decoded);
    const output = await interceptors.run(served.model, operation, call, decoded);
    if (call.hangUp !== undefined) throw new Error(`${name} got no answer, because of a fault on purpose`);
    return output;
  };
}

async function loaded({ model, operations }: ServedService, name: string): Promise<Operation> {
  const operation = present(operations.get(name), `the operation ${name} of ${model.id}`);
  return "load" in operation ? operation.load() : operation;
}

/** What the request would say over the wire. Signed, so that the account itself is who calls. */
function requestOf(service: string, input: object, { account, region }: Place): ReceivedRequest {
  const credential = `${account}/20260101/${region}/${service}/aws4_request`;
  return new ReceivedRequest({
    method: "POST",
    path: "/",
    query: "",
    headers: {
      "user-agent": "waystation",
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=0`,
    },
    body: Buffer.from(JSON.stringify(input, blobsAsBase64)),
  });
}

/** `JSON.stringify` has made an object of a Buffer by the time it asks, but not in its holder. */
function blobsAsBase64(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const held = this[key];
  return held instanceof Uint8Array ? Buffer.from(held).toString("base64") : value;
}
