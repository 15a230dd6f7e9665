import { expect, test } from "vitest";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { ParameterStore } from "../../../src/service/ssm/parameter-store.ts";

test("parameters that were taken stay as they were when more happens to them", () => {
  const store = new ParameterStore();
  const scope = scopeOf("111111111111", "us-east-1");
  const put = (name: string, value: string) =>
    store.put(scope, { name, value, changedAt: 1, type: "String", dataType: undefined, overwrites: true });
  put("/a", "1");
  put("/b", "1");
  const before = [...store.entries()];
  const taken = [...store.taken(scope.account)];
  put("/a", "2");
  put("/c", "1");
  store.delete(scope, "/b");
  expect(taken.flatMap((entries) => [...entries])).toEqual(before);
  expect(store.list(scope).map(({ name }) => name)).toEqual(expect.arrayContaining(["/a", "/c"]));
});
