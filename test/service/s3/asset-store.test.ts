import { expect, test } from "vitest";
import { AssetStore } from "../../../src/service/s3/asset-store.ts";
import { listingOf } from "../../../src/service/s3/listing.ts";

const MOST_OBJECTS = 100_000;

/** A store with a bucket in which so many objects lie. */
function aStoreWith(count: number): AssetStore {
  const store = new AssetStore();
  store.create("bucket", { account: "000000000000", region: "us-east-1", createdAt: 1 });
  for (let number = 0; number < count; number++) put(store, String(number).padStart(6, "0"));
  return store;
}

function put(store: AssetStore, key: string) {
  return store.put("bucket", { key, metadata: {}, bytes: new Uint8Array(), changedAt: 1 });
}

test("a page is made of the objects on it, and the one behind them, whatever else lies in the bucket", () => {
  const store = aStoreWith(5000);
  let looks = 0;
  const counted = function* (range: { readonly after: string; readonly prefix: string }) {
    for (const object of store.objects("bucket", range)) {
      looks++;
      yield object;
    }
  };
  const wanted = { prefix: "", after: "004000", delimiter: undefined, most: 10 };
  expect(
    listingOf(counted(wanted), wanted)
      .objects.map(({ key }) => key)
      .at(-1),
  ).toBe("004010");
  expect(looks).toBe(11);
  const within = { prefix: "00499", after: "", delimiter: undefined, most: 1000 };
  expect(listingOf(counted(within), within).objects).toHaveLength(10);
  expect(looks).toBe(21);
});

test("objects stay in order when some are put in between, put again and deleted", () => {
  const store = aStoreWith(0);
  for (const key of ["c", "a", "b", "a"]) put(store, key);
  store.deleteObject("bucket", "b");
  store.deleteObject("bucket", "x");
  expect([...store.objects("bucket", {})].map(({ key }) => key)).toEqual(["a", "c"]);
});

test("an upload that finds no room for one more object stays, and is completed when there is some", () => {
  const store = aStoreWith(MOST_OBJECTS);
  store.begin("upload", { bucket: "bucket", key: "whole", metadata: {} });
  store.putPart("upload", 1, Buffer.from("part"));
  expect(() => store.complete("upload", [1], 2)).toThrow(`${MOST_OBJECTS} objects at most`);
  store.deleteObject("bucket", "000000");
  expect(Buffer.from(store.complete("upload", [1], 2).bytes).toString()).toBe("part");
  expect(() => put(store, "other")).toThrow(`${MOST_OBJECTS} objects at most`);
  put(store, "whole");
});
