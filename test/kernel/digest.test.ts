import { expect, test } from "vitest";
import { md5, sha256 } from "../../src/kernel/digest.ts";

// The first three are recorded from AWS as MD5OfMessageBody.
test.for([
  ["msg", "6e2baaf3b97dbeef01c0043275f9a0e7"],
  ["message", "78e731027d8fd50ed642340b7c9a63b3"],
  ["foobar", "3858f62230ac3c915f300c664312c63f"],
  ["", "d41d8cd98f00b204e9800998ecf8427e"],
] as const)("the MD5 of %j", ([text, digest]) => {
  expect(md5(text)).toBe(digest);
  expect(md5(Buffer.from(text))).toBe(digest);
});

test("the SHA-256 of a text is that of its UTF-8 bytes", () => {
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256("é\u{1f600}")).toBe(sha256(Buffer.from("é\u{1f600}", "utf8")));
});
