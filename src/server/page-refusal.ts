import type { AwsError } from "../kernel/aws-error.ts";
import { awsError } from "../kernel/aws-error.ts";
import { headerOf, type WireRequest } from "../protocol/protocol.ts";
import { hostOf, isOwnPage, isTrustedHost } from "./trusted-host.ts";

const PageRefused = awsError("AccessDeniedException", {
  queryCode: "AccessDenied",
  status: 403,
  isModelled: false,
  message: () =>
    "Requests of web pages of other sites are not served here, since functions are code that runs on this machine. Pages of localhost are.",
});

const LOOPBACK = /^(localhost|[a-z0-9-]+\.localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * What a service that runs code on this machine answers a web page of somebody else's, which a browser tells by its `Origin`. Pages that
 * this machine serves itself are the developer's own.
 */
export function pageRefusal(request: WireRequest, ownHost: string): AwsError | undefined {
  const origin = headerOf(request, "origin")?.toLowerCase();
  if (origin === undefined) return undefined;
  const [, page = ""] = /^https?:\/\/(.*)$/.exec(origin) ?? [];
  if (LOOPBACK.test(hostOf(page))) return undefined;
  const authority = (headerOf(request, "host") ?? "").toLowerCase();
  if (isOwnPage(origin, authority) && isTrustedHost(hostOf(authority), ownHost)) return undefined;
  return new PageRefused();
}
