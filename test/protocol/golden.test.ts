import { describe, expect, test } from "vitest";
import { awsJson1_0, awsJson1_1 } from "../../src/protocol/aws-json/aws-json.ts";
import { awsCbor } from "../../src/protocol/cbor/cbor.ts";
import type { Protocol } from "../../src/protocol/protocol.ts";
import { awsQuery } from "../../src/protocol/query/query.ts";
import { restJson1 } from "../../src/protocol/rest-json/rest-json.ts";
import { restXml } from "../../src/protocol/rest-json/rest-xml.ts";
import {
  contractOf,
  errorOf,
  type Fixture,
  fixtures,
  modelOf,
  REQUEST_ID,
  requestOf,
  restContractOf,
} from "./fixture.ts";

describe.each(["aws-json", "cbor", "query"] as const)("in the format %s", (format) => {
  const cases = fixtures(format);

  test.for(cases.filter(({ request }) => request))("bytes to value: $title", (fixture) => {
    expect(protocolOf(format, fixture).decode(contractOf(fixture), requestOf(fixture))).toEqual(fixture.input);
  });

  test.for(cases.filter(({ response, error }) => response && !error))("value to bytes: $title", (fixture) => {
    const protocol = protocolOf(format, fixture);
    const response = protocol.encode(modelOf(fixture), contractOf(fixture), fixture.output, REQUEST_ID);
    expect(response).toEqual(fixture.response);
  });

  test.for(cases.filter(({ error }) => error))("error to bytes: $title", (fixture) => {
    const protocol = protocolOf(format, fixture);
    expect(protocol.encodeError(modelOf(fixture), errorOf(fixture), REQUEST_ID)).toEqual(fixture.response);
  });
});

describe.each([restJson1, restXml])("in the format $name", (protocol) => {
  const cases = fixtures(protocol === restXml ? "rest-xml" : "rest-json");

  test.for(cases.filter(({ request }) => request))("bytes to value: $title", (fixture) => {
    expect(protocol.decode(restContractOf(fixture), requestOf(fixture))).toEqual(fixture.input);
  });

  test.for(cases.filter(({ response, error }) => response && !error))("value to bytes: $title", (fixture) => {
    const response = protocol.encode(modelOf(fixture), restContractOf(fixture), fixture.output, REQUEST_ID);
    expect(response).toEqual(fixture.response);
  });

  test.for(cases.filter(({ error }) => error))("error to bytes: $title", (fixture) => {
    expect(protocol.encodeError(modelOf(fixture), errorOf(fixture), REQUEST_ID)).toEqual(fixture.response);
  });
});

function protocolOf(format: "aws-json" | "cbor" | "query", fixture: Fixture): Protocol {
  if (format === "query") return awsQuery;
  if (format === "cbor") return awsCbor;
  return modelOf(fixture).protocols.includes("awsJson1_1") ? awsJson1_1 : awsJson1_0;
}
