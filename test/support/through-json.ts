/**
 * The data as it comes back from JSON text. Throws, and says where, unless it is plain: JSON would say all of it. A
 * property that is undefined counts as one that is not there.
 */
export function throughJson<Data>(data: Data): Data {
  checkPlain(data, "");
  return JSON.parse(JSON.stringify(data)) as Data;
}

function checkPlain(data: unknown, path: string): void {
  if (data === null || typeof data === "string" || typeof data === "boolean" || Number.isFinite(data)) return;
  if (Array.isArray(data)) {
    for (const [index, item] of data.entries()) checkPlain(item, `${path}[${index}]`);
    return;
  }
  if (typeof data !== "object" || ![Object.prototype, null].includes(Object.getPrototypeOf(data))) {
    throw new TypeError(`not plain data at ${path || "the top"}: ${String(data)}`);
  }
  for (const [key, value] of Object.entries(data)) if (value !== undefined) checkPlain(value, `${path}.${key}`);
}
