import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HeaderDecoder } from "../../../../src/server/http2/hpack/decoder.ts";
import { headerField, statusField } from "../../../../src/server/http2/hpack/encoder.ts";

/** The fields of a block, given as digits. */
function read(decoder: HeaderDecoder, block: string): readonly string[] {
  const fields: string[] = [];
  decoder.decode(Buffer.from(block.replaceAll(" ", ""), "hex"), {
    add: ({ name, value }) => void fields.push(`${name}: ${value}`),
  });
  return fields;
}

const GET = [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"];
const REQUESTS = [
  GET,
  [...GET, "cache-control: no-cache"],
  [":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com", "custom-key: custom-value"],
];
const moved = (status: number, second: number) => [
  `:status: ${status}`,
  "cache-control: private",
  `date: Mon, 21 Oct 2013 20:13:${second} GMT`,
  "location: https://www.example.com",
];
const ANSWERS = [
  moved(302, 21),
  moved(307, 21),
  [...moved(200, 22), "content-encoding: gzip", "set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"],
];

describe("the examples of RFC 7541, appendix C", () => {
  test.for([
    ["C.2.1", "400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572", "custom-key: custom-header"],
    ["C.2.2", "040c 2f73 616d 706c 652f 7061 7468", ":path: /sample/path"],
    ["C.2.3", "1008 7061 7373 776f 7264 0673 6563 7265 74", "password: secret"],
    ["C.2.4", "82", ":method: GET"],
  ] as const)("%s, one field", ([, block, field]) => {
    expect(read(new HeaderDecoder(), block)).toEqual([field]);
  });

  test.for([
    [
      "C.3, requests",
      4096,
      [
        "8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "8286 84be 5808 6e6f 2d63 6163 6865",
        "8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65",
      ],
      REQUESTS,
    ],
    [
      "C.4, requests in Huffman code",
      4096,
      [
        "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff",
        "8286 84be 5886 a8eb 1064 9cbf",
        "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf",
      ],
      REQUESTS,
    ],
    [
      "C.5, answers, which a table of 256 bytes cannot hold",
      256,
      [
        "4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70 6c65 2e63 6f6d",
        "4803 3330 37c1 c0bf",
        "88c1 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 3133 2032 303a 3133 3a32 3220 474d 54c0 5a04 677a 6970 7738 666f 6f3d 4153 444a 4b48 514b 425a 584f 5157 454f 5049 5541 5851 5745 4f49 553b 206d 6178 2d61 6765 3d33 3630 303b 2076 6572 7369 6f6e 3d31",
      ],
      ANSWERS,
    ],
    [
      "C.6, such answers in Huffman code",
      256,
      [
        "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3",
        "4883 640e ffc1 c0bf",
        "88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07",
      ],
      ANSWERS,
    ],
  ] as const)("%s", ([, tableBytes, blocks, expected]) => {
    const decoder = new HeaderDecoder(tableBytes);
    expect(blocks.map((block) => read(decoder, block))).toEqual(expected);
  });
});

describe("a block is refused that has", () => {
  test.for([
    ["a field without a number", "80"],
    ["a field of the table that there is none of", "be"],
    ["the name of a field that there is none of", "7f00 0161"],
    ["a name longer than the block", "4005 6162"],
    ["no value", "4001 61"],
    ["a number that does not end", "ffff"],
    ["a number of six bytes", "ffff ffff ffff ff01"],
    ["a table larger than allowed", "3fe2 1f"],
    ["a change of the table's size behind a field", "8220"],
    ["a Huffman code padded with zeros", "0081 1801 61"],
    ["a Huffman code padded with a whole byte", "0082 1fff 0161"],
    ["the end of a text in it", "0084 ffff ffff 0161"],
  ] as const)("%s", ([, block]) => {
    expect(() => read(new HeaderDecoder(), block)).toThrow(/^a block of headers has /);
  });
});

test("fields leave the table when it gets smaller, and cannot be referred to any more", () => {
  const decoder = new HeaderDecoder();
  read(decoder, "4001 6101 62");
  expect(read(decoder, "be")).toEqual(["a: b"]);
  expect(read(decoder, "203f e11f 82")).toEqual([":method: GET"]);
  expect(() => read(decoder, "be")).toThrow("a field that is in no table");
});

test("a table holds what its size allows, however often its ring is gone round", () => {
  const decoder = new HeaderDecoder(132); // four fields of one character each
  for (let round = 0; round < 20; round++) {
    for (const letter of "6162636465".match(/../g) ?? []) read(decoder, `4001${letter}00`);
    expect(read(decoder, "bebfc0c1")).toEqual(["e: ", "d: ", "c: ", "b: "]);
    expect(() => read(decoder, "c2")).toThrow("a field that is in no table");
  }
});

test("what is written can be read", () => {
  const octets = fc.string({
    unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
    maxLength: 300,
  });
  const name = fc.constantFrom("content-type", "Date", "x-amzn-RequestId", "via", "x".repeat(200));
  const property = fc.property(
    fc.integer({ min: 100, max: 999 }),
    fc.array(fc.tuple(name, octets)),
    (status, headers) => {
      const block = statusField(status) + headers.map(([name, value]) => headerField(name, value)).join("");
      expect(read(new HeaderDecoder(), Buffer.from(block, "latin1").toString("hex"))).toEqual([
        `:status: ${status}`,
        ...headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`),
      ]);
    },
  );
  fc.assert(property, { seed: 20_260_101 });
});

test("blocks that are noise are read or refused, and never anything else", () => {
  const property = fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (blocks) => {
    const decoder = new HeaderDecoder();
    try {
      for (const block of blocks) decoder.decode(Buffer.from(block), { add() {} });
    } catch (cause) {
      expect(cause).toMatchObject({ code: 0x9 });
    }
  });
  fc.assert(property, { numRuns: 3_000, seed: 20_260_101 });
});
