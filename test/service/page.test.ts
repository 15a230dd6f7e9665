import { expect, test } from "vitest";
import { pageOf } from "../../src/service/page.ts";

const paging = { keyOf: (item: string) => item, listing: "after", maxCount: 2 };
const page = (listing: readonly string[], token?: string) =>
  pageOf((after) => listing.filter((item) => item > after), { ...paging, token });

test("pages follow each other until nothing is left", () => {
  const listing = ["a", "b", "c", "d", "e"];
  const first = page(listing);
  const second = page(listing, first?.nextToken);
  const third = page(listing, second?.nextToken);
  expect([first?.items, second?.items, third]).toEqual([["a", "b"], ["c", "d"], { items: ["e"] }]);
});

test("a page that is just full is the last", () => {
  expect(page(["a", "b"])).toEqual({ items: ["a", "b"], nextToken: undefined });
});

test("items that come and go between two calls neither shift nor break the listing", () => {
  const token = page(["a", "b", "c"])?.nextToken;
  expect(page(["aa", "c", "d"], token)?.items).toEqual(["c", "d"]);
  expect(page([], token)).toEqual({ items: [] });
});

test.for(["", "b", "YWZ0ZXI6Yg", Buffer.from("before:b").toString("base64")])("'%s' is no token", (token) => {
  expect(page(["a", "b", "c"], token)).toBeUndefined();
});

test("a page takes one item more than it holds, however many there are", () => {
  let taken = 0;
  function* endless() {
    for (;;) yield String(taken++);
  }
  expect(pageOf(endless, { ...paging, token: undefined })?.items).toEqual(["0", "1"]);
  expect(taken).toBe(3);
});

test("a listing does not take the token of another", () => {
  const token = page(["a", "b", "c"])?.nextToken;
  const others = { ...paging, listing: "others", token };
  expect(pageOf(() => ["c"], others)).toBeUndefined();
});
