import { expect, test } from "vitest";
import { pastProxies } from "../../../src/kernel/http/past-proxies.ts";

const PROXY = "http://proxy.example:3128";
const both = (hosts: string) => ({ NO_PROXY: hosts, no_proxy: hosts });

test.for([
  [{}, {}],
  [{ HTTP_PROXY: "" }, {}],
  [{ HTTPS_PROXY: PROXY }, {}],
  [{ HTTP_PROXY: PROXY }, both("127.0.0.1")],
  [{ http_proxy: PROXY }, both("127.0.0.1")],
  [{ ALL_PROXY: PROXY }, both("127.0.0.1")],
  [{ HTTP_PROXY: PROXY, NO_PROXY: "localhost, .example" }, both("localhost,.example,127.0.0.1")],
  [{ HTTP_PROXY: PROXY, NO_PROXY: "127.0.0.1" }, {}],
  [{ HTTP_PROXY: PROXY, no_proxy: "*" }, {}],
  [{ HTTP_PROXY: PROXY, NO_PROXY: "127.0.0.1", no_proxy: "a.example" }, both("127.0.0.1,a.example")],
] as const)("where the environment has %j it takes %j", ([environment, variables]) => {
  expect(pastProxies(environment, "http://127.0.0.1:4566")).toEqual(variables);
});

test("a server with TLS is behind the proxy for HTTPS, and one of IPv6 is named without brackets", () => {
  expect(pastProxies({ HTTPS_PROXY: PROXY }, "https://localhost:4566")).toEqual(both("localhost"));
  expect(pastProxies({ HTTP_PROXY: PROXY }, "http://[::1]:4566")).toEqual(both("::1"));
});
