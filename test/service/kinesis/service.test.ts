import { expect, test } from "vitest";
import { aKinesis } from "../../support/kinesis.ts";

const { service } = aKinesis();

test("the operations are listed under their own names", () => {
  expect([...service.operations].map(([name, contract]) => [name, contract.name])).toEqual(
    [...service.operations.keys()].map((name) => [name, name]),
  );
});

test("the service knows what it is called on the wire", () => {
  expect(service.model).toMatchObject({
    id: "kinesis",
    title: "Amazon Kinesis Data Streams",
    apiVersion: "2013-12-02",
    targetPrefix: "Kinesis_20131202",
    protocols: ["awsJson1_1", "awsCbor"],
    frontEnd: "strict",
    takesUnaddressed: true,
  });
});
