import { isIP } from "node:net";

/**
 * Host names that no web page of somebody else's can be served from: what is reserved for private use by its ending, and
 * LocalStack's name for 127.0.0.1, with what stands before it for a region.
 */
const PRIVATE_ENDINGS = [".localhost", ".internal", ".localhost.localstack.cloud"];

/**
 * Whether no stranger can have a page whose name was pointed at this machine (DNS rebinding) under that name: addresses, single labels
 * such as `localhost` or a compose service, private endings, and the name that this server goes by.
 */
export function isTrustedHost(host: string, ownHost: string): boolean {
  if (host === ownHost.toLowerCase() || /^[a-z0-9_-]+$/.test(host) || isIP(host) !== 0) return true;
  return PRIVATE_ENDINGS.some((ending) => `.${host}`.endsWith(ending));
}

/** An authority without port and brackets. */
export function hostOf(authority: string): string {
  const [, bracketed, plain = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority) ?? [];
  return bracketed ?? plain;
}

/** Whether a page is one that this server itself shows, by its `Origin` and by where it sends a request. Both in lower case. */
export function isOwnPage(origin: string, authority: string): boolean {
  return origin === `http://${authority}` || origin === `https://${authority}`;
}
