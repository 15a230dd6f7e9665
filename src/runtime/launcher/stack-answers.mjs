/**
 * Has answers to stacks go where their ResponseURL says. AWS's own modules for makers of custom resources take host and path of it and
 * send them by HTTPS to port 443, whatever else it says.
 */
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";

/** Paths of answers, and where each goes. Functions are asked for one resource at a time. */
const origins = new Map();
const { request } = https;

/** From now on what is sent by HTTPS to the path of that URL goes to that URL. */
export function leadTo(url) {
  const { origin, pathname } = new URL(url);
  origins.clear();
  origins.set(pathname, new URL(origin));
}

https.request = function (...given) {
  const parts = given.filter((part) => typeof part !== "function");
  const [path = ""] = String(pathOf(parts)).split("?");
  const origin = origins.get(path);
  if (origin === undefined) return request.apply(this, given);
  const { agent, protocol, host, hostname, port, ...options } = Object.assign({}, ...parts.filter(isOptions));
  const send = origin.protocol === "https:" ? request : http.request;
  const answered = given.filter((part) => typeof part === "function");
  return send({ ...options, path, hostname: origin.hostname.replace(/^\[|\]$/g, ""), port: origin.port }, ...answered);
};
syncBuiltinESMExports();

function pathOf(parts) {
  const path = parts.find(isOptions)?.path;
  const [url] = parts.filter((part) => !isOptions(part));
  return path ?? (url === undefined ? "" : new URL(url).pathname);
}

function isOptions(part) {
  return typeof part === "object" && part !== null && !(part instanceof URL);
}
