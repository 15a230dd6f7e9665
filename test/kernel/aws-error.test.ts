import { describe, expect, test } from "vitest";
import { AwsError, awsError, told } from "../../src/kernel/aws-error.ts";

const Plain = awsError("PlainError", { message: (name: string) => `No ${name}.` });
const Particular = awsError("ParticularError", {
  message: () => "In JSON.",
  queryMessage: () => "In XML.",
  queryCode: "Old.Code",
  status: 503,
  isModelled: false,
});

describe("an error whose row says nothing but its text", () => {
  test("is a sender's fault with status 400, modelled, and its shape's name is its code", () => {
    const identity = { shape: "PlainError", queryCode: "PlainError", status: 400, fault: "Sender", isModelled: true };
    expect(new Plain("queue")).toMatchObject(identity);
    expect({ ...Plain }).toEqual(identity);
  });

  test("has the same text in both protocols", () => {
    expect(new Plain("queue")).toMatchObject({ message: "No queue.", queryMessage: "No queue." });
  });
});

test("a row can set the code, the status and the text for Query clients", () => {
  expect(new Particular()).toMatchObject({
    message: "In JSON.",
    queryMessage: "In XML.",
    queryCode: "Old.Code",
    status: 503,
    isModelled: false,
  });
});

test.for([
  [400, "Sender"],
  [404, "Sender"],
  [499, "Sender"],
  [500, "Receiver"],
  [503, "Receiver"],
] as const)("an error with status %d is the fault of the %s unless the row says otherwise", ([status, fault]) => {
  expect(awsError("AnyError", { message: () => "", status }).fault).toBe(fault);
  expect(awsError("AnyError", { message: () => "", status, fault: "Receiver" }).fault).toBe("Receiver");
});

test("an error is an Error of its own class and is called by its shape's name", () => {
  const error = new Plain("queue");
  expect(error).toBeInstanceOf(Plain);
  expect(error).toBeInstanceOf(AwsError);
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(Particular);
  expect(error.name).toBe("PlainError");
});

test("no more of a text is repeated than somebody reads", () => {
  const Wrong = awsError("Wrong", { message: (text: string) => text, queryMessage: (text: string) => `!${text}` });
  const { message, queryMessage } = new Wrong("a".repeat(1_000_000));
  expect([message.length, queryMessage.length]).toEqual([262_144, 262_144]);
  expect([told("a".repeat(16_384)), told("a".repeat(16_385))].map(({ length }) => length)).toEqual([16_384, 16_384]);
});
