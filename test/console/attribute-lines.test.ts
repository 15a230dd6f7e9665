import { expect, test } from "vitest";
import { attributesOf, linesOf, messageAttributesOf } from "../../src/console/part/attribute-lines.ts";

test("attributes are lines: a number, a text or a list by how it looks", () => {
  expect(attributesOf('type=order\n\n price = 10.5 \ntags=["a","b"]\nnote=a=b')).toEqual({
    type: "order",
    price: 10.5,
    tags: ["a", "b"],
    note: "a=b",
  });
  expect(() => attributesOf("=x")).toThrow('An attribute is a line such as type=order, not "=x".');
});

test("attributes to send have types, by how they look or as they say", () => {
  expect(messageAttributesOf('a=1\nb=x\nc:String=1\nd:Number.int=2\ne:Binary=AQI=\nf:String="x\\ny"')).toEqual({
    a: { DataType: "Number", StringValue: "1" },
    b: { DataType: "String", StringValue: "x" },
    c: { DataType: "String", StringValue: "1" },
    d: { DataType: "Number.int", StringValue: "2" },
    e: { DataType: "Binary", BinaryValue: "AQI=" },
    f: { DataType: "String", StringValue: "x\ny" },
  });
  expect(messageAttributesOf(" \n")).toBeUndefined();
});

test.for(["100", "it's = so", '"quoted"', " blank ", "two\nlines\r", "[1]", "", "a:String=b"])(
  "an attribute with %j is sent again as it was",
  (value) => {
    const lines = linesOf({ "a.b-c_d": { type: "String.json", value } });
    expect(messageAttributesOf(lines)).toEqual({ "a.b-c_d": { DataType: "String.json", StringValue: value } });
  },
);
