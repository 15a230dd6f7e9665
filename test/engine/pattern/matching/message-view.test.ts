import { expect, test } from "vitest";
import { MessageView } from "../../../../src/engine/pattern/matching/message-view.ts";

test("a message is taken apart once for each scope", () => {
  const view = new MessageView({ attributes: { a: { dataType: "String", value: "x" } }, body: '{"b":1}' });
  const body = view.fields("MessageBody");
  expect(body?.paths.get("b")?.leaves).toEqual([1]);
  expect(view.fields("MessageBody")).toBe(body);
  const attributes = view.fields("MessageAttributes");
  expect(attributes?.paths.get("a")?.leaves).toEqual(["x"]);
  expect(view.fields("MessageAttributes")).toBe(attributes);
});

test("a body that is no JSON is not looked at again", () => {
  let reads = 0;
  const message = {
    get body() {
      reads++;
      return "plain";
    },
  };
  const view = new MessageView(message);
  expect(view.fields("MessageBody")).toBeUndefined();
  expect(view.fields("MessageBody")).toBeUndefined();
  expect(reads).toBe(1);
});
