import { Readable } from "node:stream";
import { AwsRestJsonProtocol } from "@aws-sdk/core/protocols";
import { HttpResponse } from "@smithy/core/transport";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RestContract } from "../../../src/model/contract.ts";
import { type StructureShape, structure } from "../../../src/model/shape.ts";
import type { WireRequest } from "../../../src/protocol/protocol.ts";
import { restJson1 } from "../../../src/protocol/rest-json/rest-json.ts";
import { lambdaModel } from "../rest-contracts.ts";
import { anOpenInput, anOutput, aRestInput } from "./rest-arbitrary.ts";
import { sdkOperation, sdkValue } from "./sdk-schema.ts";

// biome-ignore lint/style/noRestrictedGlobals: what the SDK makes of instants; no clock is read here.
const Instant = Date;

const NOTHING = structure({});

const sdk = new AwsRestJsonProtocol({ defaultNamespace: "ns" });

const context = {
  endpoint: async () => ({ protocol: "http:", hostname: "localhost", path: "/" }),
  base64Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString("base64"),
  base64Decoder: (text: string) => new Uint8Array(Buffer.from(text, "base64")),
  utf8Encoder: (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8"),
  utf8Decoder: (text: string) => new Uint8Array(Buffer.from(text, "utf8")),
  streamCollector: async (stream: Readable) => new Uint8Array(Buffer.concat(await stream.toArray())),
};
sdk.setSerdeContext(context as never);

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
}

/** What the SDK sends, as a server reads it. */
async function sent(path: string, shape: StructureShape, value: unknown): Promise<WireRequest> {
  const operation = sdkOperation(["PUT", path, 200], shape, NOTHING);
  const input = sdkValue(shape, value, (instant) => new Instant(instant));
  const request = (await sdk.serializeRequest(operation as never, input as never, context as never)) as SdkRequest;
  const pairs = Object.entries(request.query).flatMap(([name, values]) => [values].flat().map((each) => [name, each]));
  return {
    method: request.method,
    path: request.path,
    query: pairs.map((pair) => pair.map((text) => encodeURIComponent(text!)).join("=")).join("&"),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, text]) => [name.toLowerCase(), text])),
    body: typeof request.body === "object" ? Buffer.concat([request.body]) : Buffer.from(request.body ?? ""),
  };
}

function contractOf(path: string, input: StructureShape, output = NOTHING): RestContract {
  return { name: "DoIt", http: { method: "PUT", path }, input, output, errors: [] };
}

test("whatever the SDK writes into a request is read as it was", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(aRestInput(), anOpenInput()), async ({ shape, value, path }) => {
      expect(restJson1.decode(contractOf(path, shape), await sent(path, shape, value))).toEqual(value);
    }),
  );
});

/** The SDK takes this key for no key of a map. */
function isReadable({ value }: { readonly value: unknown }): boolean {
  return !JSON.stringify(value).includes("__proto__");
}

test("whatever is written into an answer is read by the SDK as it was", async () => {
  await fc.assert(
    fc.asyncProperty(anOutput().filter(isReadable), async ({ shape, value }) => {
      const { status, headers, body } = restJson1.encode(lambdaModel, contractOf("/", NOTHING, shape), value, "id");
      const response = new HttpResponse({
        statusCode: status,
        headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text])),
        body: Readable.from([Buffer.from(body as string)]),
      });
      const operation = sdkOperation(["PUT", "/", 200], NOTHING, shape);
      const output = await sdk.deserializeResponse(operation as never, context as never, response as never);
      const read = sdkValue(shape, output, (instant) => Instant.prototype.getTime.call(instant));
      // The SDK makes an empty map of no headers.
      expect({ _Meta: {}, ...(read as object) }).toEqual({ _Meta: {}, ...(value as object) });
    }),
  );
});
