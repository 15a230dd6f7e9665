import { expect, test } from "vitest";
import type { RestContract } from "../../../src/model/contract.ts";
import { header } from "../../../src/model/location.ts";
import { string, structure } from "../../../src/model/shape.ts";
import { restXml } from "../../../src/protocol/rest-json/rest-xml.ts";
import { lambdaModel } from "../rest-contracts.ts";

// Observed with botocore: it reads any body as XML, and repeats the request when that fails.
test("an answer all of whose members are headers has no body", () => {
  const contract: RestContract = {
    name: "DoIt",
    http: { method: "PUT", path: "/" },
    input: structure({}),
    output: structure({ It: header("X-It", string()) }),
    errors: [],
  };
  expect(restXml.encode(lambdaModel, contract, { It: "a" }, "id")).toEqual({
    status: 200,
    headers: { "X-It": "a", "x-amzn-RequestId": "id", "x-amz-request-id": "id" },
    body: "",
  });
});
