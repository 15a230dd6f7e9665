import { Field } from "./field.ts";

/** The fields that HPACK has a number for beforehand, from 1 on. RFC 7541 appendix A */
const FIELDS = `
:authority
:method: GET
:method: POST
:path: /
:path: /index.html
:scheme: http
:scheme: https
:status: 200
:status: 204
:status: 206
:status: 304
:status: 400
:status: 404
:status: 500
accept-charset
accept-encoding: gzip, deflate
accept-language
accept-ranges
accept
access-control-allow-origin
age
allow
authorization
cache-control
content-disposition
content-encoding
content-language
content-length
content-location
content-range
content-type
cookie
date
etag
expect
expires
from
host
if-match
if-modified-since
if-none-match
if-range
if-unmodified-since
last-modified
link
location
max-forwards
proxy-authenticate
proxy-authorization
range
referer
refresh
retry-after
server
set-cookie
strict-transport-security
transfer-encoding
user-agent
vary
via
www-authenticate
`;

/** By their numbers; there is none with the number 0. */
export const staticTable: readonly (Field | undefined)[] = FIELDS.split("\n")
  .slice(0, -1)
  .map((line, index) => (index === 0 ? undefined : fieldOf(line)));

/** The number of the first field with each name. */
export const staticNames: ReadonlyMap<string, number> = new Map(
  staticTable.map((field, index) => [field?.name ?? "", index] as const).toReversed(),
);

function fieldOf(line: string): Field {
  const [name = "", value = ""] = line.split(/(?<!^): /);
  return new Field(name, value);
}
