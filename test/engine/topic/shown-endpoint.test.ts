import { expect, test } from "vitest";
import { withHiddenPassword } from "../../../src/engine/topic/subscription/subscription.ts";

test.for([
  ["https://user:secret@example.com/hook", "https://user:****@example.com/hook"],
  ["http://user:s:e@c@example.com:8080?a=b", "http://user:****@example.com:8080?a=b"],
  ["https://:secret@example.com", "https://:****@example.com"],
  ["https://user:@example.com", "https://user:****@example.com"],
  ["https://user:secret@example.com#user:x@", "https://user:****@example.com#user:x@"],
  ["HTTPS://user:secret@example.com\\x", "HTTPS://user:****@example.com\\x"],
  ["https://user@example.com:443/", "https://user@example.com:443/"],
  ["https://example.com:443/", "https://example.com:443/"],
  ["https://example.com/user:secret@host", "https://example.com/user:secret@host"],
] as const)("%s is shown as %s", ([url, shown]) => {
  expect(withHiddenPassword(url)).toBe(shown);
});
