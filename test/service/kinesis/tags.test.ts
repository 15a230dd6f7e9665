import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  inUse,
  invalidArgument,
  noConsumer,
  noStream,
  slow,
} from "../../support/kinesis.ts";

// Kinesis reference 6.22 to 6.25

const under = `stream s under account ${ACCOUNT}`;
const INVALID = invalidArgument(
  "Some tags contain invalid characters. Valid characters: Unicode letters, digits, white space, _ . / = + - % @.",
);
const illegal = (deed: string, resource = under) =>
  invalidArgument(
    `Failed to ${deed} ${resource} because some tags contained illegal characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+','-','@'.`,
  );
const TOO_MANY = invalidArgument(
  `Failed to add tags to ${under} because a given stream cannot have more than 10 tags associated with it.`,
);
const RESERVED = invalidArgument("Tag keys must not begin with aws:.");
const many = (count: number, prefix = "k"): Input =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, ""]));

function aStream() {
  const kinesis = aKinesis();
  kinesis.create("s");
  return {
    ...kinesis,
    tags: () => kinesis.call("ListTagsForStream", { StreamName: "s" }),
    add: (Tags: Input) => kinesis.call("AddTagsToStream", { StreamName: "s", Tags }),
  };
}

describe("AddTagsToStream", () => {
  test("adds tags and changes their values", () => {
    const { add, tags } = aStream();
    expect(add({ a: "1", b: "2" })).toBeUndefined();
    add({ b: "3", c: "" });
    expect(tags()).toEqual({
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "3" },
        { Key: "c", Value: "" },
      ],
      HasMoreTags: false,
    });
  });

  test.for(["é", "日本", "9", " ", "_", ".", "/", "=", "+", "-", "@", ":", "a:b", "x".repeat(128)])(
    "takes the key %o",
    (key) => {
      const { add, call, tags } = aStream();
      add({ [key]: key });
      expect(tags()).toMatchObject({ Tags: [{ Key: key, Value: key }] });
      call("RemoveTagsFromStream", { StreamName: "s", TagKeys: [key] });
      expect(tags()).toMatchObject({ Tags: [] });
    },
  );

  test.for([";", ",", "\t", "\n", "a;b", "!", "😀"])("takes neither the key nor the value %o", (text) => {
    const { failure } = aStream();
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { [text]: "v" } })).toEqual(INVALID);
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { k: text } })).toEqual(INVALID);
  });

  test("has other words for a per cent sign", () => {
    const { failure } = aStream();
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { "a%": "v" } })).toEqual(illegal("add tags to"));
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { a: "%" } })).toEqual(illegal("add tags to"));
  });

  test("leaves a stream with fifty tags at most, and says ten", () => {
    const { add, failure } = aStream();
    add(many(50));
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { more: "" } })).toEqual(TOO_MANY);
    add({ k0: "changed" });
  });

  test("looks at the characters before it counts", () => {
    const { add, failure } = aStream();
    add(many(50));
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { ";": "" } })).toEqual(INVALID);
  });

  test("needs a stream that is ready", () => {
    const { call, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1, Tags: { k: "v" } });
    expect(call("ListTagsForStream", { StreamName: "s" })).toMatchObject({ Tags: { length: 1 } });
    const expected = inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state CREATING`);
    expect(failure("AddTagsToStream", { StreamName: "s", Tags: { k: "w" } })).toEqual(expected);
    expect(failure("RemoveTagsFromStream", { StreamName: "s", TagKeys: ["k"] })).toEqual(expected);
  });
});

describe("RemoveTagsFromStream", () => {
  test("removes what there is", () => {
    const { add, call, tags } = aStream();
    add({ a: "1", b: "2" });
    expect(call("RemoveTagsFromStream", { StreamName: "s", TagKeys: ["a", "z"] })).toBeUndefined();
    expect(tags()).toEqual({ Tags: [{ Key: "b", Value: "2" }], HasMoreTags: false });
  });

  test("looks at the characters", () => {
    const { failure } = aStream();
    expect(failure("RemoveTagsFromStream", { StreamName: "s", TagKeys: [";"] })).toEqual(INVALID);
    expect(failure("RemoveTagsFromStream", { StreamName: "s", TagKeys: ["%"] })).toEqual(illegal("remove tags from"));
  });
});

describe("ListTagsForStream", () => {
  interface Listing {
    readonly Tags: readonly { readonly Key: string }[];
    readonly HasMoreTags: boolean;
  }

  test("sorts by code points", () => {
    const { add, call } = aStream();
    const keys = [" ", "+", "/", "0", "=", "@", "Zb", "_", "a", "ÿ", "ﬀ", "𝒜"];
    add(Object.fromEntries(keys.toReversed().map((key) => [key, ""])));
    const { Tags } = call<Listing>("ListTagsForStream", { StreamName: "s" });
    expect(Tags.map(({ Key }) => Key)).toEqual(keys);
  });

  test("shows all of them unless told", () => {
    const { add, call } = aStream();
    add(many(45));
    expect(call<Listing>("ListTagsForStream", { StreamName: "s" }).Tags).toHaveLength(45);
  });

  test("goes on behind a key that can be anything", () => {
    const { add, call } = aStream();
    add({ a: "", b: "", c: "" });
    const page = (more: Input) => {
      const { Tags, HasMoreTags } = call<Listing>("ListTagsForStream", { StreamName: "s", ...more });
      return [Tags.map(({ Key }) => Key).join(""), HasMoreTags];
    };
    expect(page({ Limit: 2 })).toEqual(["ab", true]);
    expect(page({ Limit: 2, ExclusiveStartTagKey: "b" })).toEqual(["c", false]);
    expect(page({ Limit: 2, ExclusiveStartTagKey: "a;" })).toEqual(["bc", false]);
    expect(page({ Limit: 3 })).toEqual(["abc", false]);
  });
});

describe("TagResource, UntagResource and ListTagsForResource", () => {
  test("work on the tags of streams", () => {
    const { add, arnOf, call, tags } = aStream();
    add({ a: "1" });
    const ResourceARN = arnOf("s");
    expect(call("TagResource", { ResourceARN, Tags: { b: "2" } })).toBeUndefined();
    expect(call("ListTagsForResource", { ResourceARN })).toEqual({
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "b", Value: "2" },
      ],
    });
    expect(call("UntagResource", { ResourceARN, TagKeys: ["a"] })).toBeUndefined();
    expect(tags()).toEqual({ Tags: [{ Key: "b", Value: "2" }], HasMoreTags: false });
  });

  test("work on the tags of consumers", () => {
    const { call, register, tags } = aStream();
    const ResourceARN = register("s");
    call("TagResource", { ResourceARN, Tags: { a: "1", b: "2" } });
    call("UntagResource", { ResourceARN, TagKeys: ["a"] });
    expect(call("ListTagsForResource", { ResourceARN })).toEqual({ Tags: [{ Key: "b", Value: "2" }] });
    expect(tags()).toEqual({ Tags: [], HasMoreTags: false });
  });

  test("take colons, and no per cent signs", () => {
    const { arnOf, call, failure } = aStream();
    const ResourceARN = arnOf("s");
    call("TagResource", { ResourceARN, Tags: { "a:b": "c:d" } });
    expect(failure("TagResource", { ResourceARN, Tags: { "%": "" } })).toEqual(illegal("add tags to", ResourceARN));
    expect(failure("TagResource", { ResourceARN, Tags: { ";": "" } })).toEqual(INVALID);
    expect(failure("UntagResource", { ResourceARN, TagKeys: [","] })).toEqual(INVALID);
    expect(failure("UntagResource", { ResourceARN, TagKeys: ["%"] })).toEqual(illegal("remove tags from", ResourceARN));
  });

  test("leave alone what is AWS's", () => {
    const { arnOf, call, failure } = aStream();
    const ResourceARN = arnOf("s");
    expect(failure("TagResource", { ResourceARN, Tags: { "aws:x": "" } })).toEqual(RESERVED);
    expect(failure("UntagResource", { ResourceARN, TagKeys: ["aws:x"] })).toEqual(RESERVED);
    call("TagResource", { ResourceARN, Tags: { from: "aws:x", "my-aws:x": "" } });
    expect(failure("CreateStream", { StreamName: "t", ShardCount: 1, Tags: { "AWS:x": "" } })).toEqual(RESERVED);
  });

  test("leave a resource with fifty tags at most", () => {
    const { arnOf, call, failure, register } = aStream();
    const consumer = register("s");
    call("TagResource", { ResourceARN: arnOf("s"), Tags: many(50) });
    call("TagResource", { ResourceARN: consumer, Tags: many(50) });
    expect(failure("TagResource", { ResourceARN: arnOf("s"), Tags: { more: "" } })).toEqual(TOO_MANY);
    expect(failure("TagResource", { ResourceARN: consumer, Tags: { more: "" } })).toEqual(
      invalidArgument(`${consumer} would have too many tags.`),
    );
    expect(failure("CreateStream", { StreamName: "s", ShardCount: 1, Tags: many(51) })).toEqual(TOO_MANY);
  });

  test.for(["TagResource", "UntagResource", "ListTagsForResource"])("%s finds only what exists", (operation) => {
    const { arnOf, create, failure } = aKinesis();
    const rest = { Tags: { k: "v" }, TagKeys: ["k"] };
    const ConsumerARN = `${arnOf("s")}/consumer/c:1`;
    expect(failure(operation, { ResourceARN: arnOf("s"), ...rest })).toEqual(noStream("s"));
    create("s");
    expect(failure(operation, { ResourceARN: ConsumerARN, ...rest })).toEqual(noConsumer(ConsumerARN));
  });
});
