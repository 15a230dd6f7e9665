import { nearestName } from "../../kernel/nearest-name.ts";
import { isInPath } from "./contract.ts";
import type { DescribedRoute } from "./openapi.ts";

/** A route as it is asked for: `POST /_waystation/reset`. */
export function nameOf({ method, path }: DescribedRoute): string {
  return `${method} ${path}`;
}

/** More inputs than these are not for one line. */
const MOST_INPUTS = 12;

/** A route with its inputs left open: `POST /_waystation/reset?account=`. Of very many the first are shown. */
export function formOf(route: DescribedRoute): string {
  const names = Object.keys(route.inputs.properties).filter((name) => !isInPath(route.path, name));
  const inputs = names.slice(0, MOST_INPUTS).map((name) => `${name}=`);
  if (names.length > MOST_INPUTS) inputs.push("…");
  return inputs.length === 0 ? nameOf(route) : `${nameOf(route)}?${inputs.join("&")}`;
}

/** What is said to whoever asks for what is not there. */
export function notFoundText(routes: readonly DescribedRoute[], method: string, url: string): string {
  const [path = ""] = url.split("?");
  const nearest = nearestRoute(routes, path);
  const hint = nearest === undefined ? "" : ` Did you mean ${nameOf(nearest)}?`;
  return `There is no ${method} ${path}.${hint} There are ${routes.map(nameOf).join(", ")}.`;
}

function nearestRoute(routes: readonly DescribedRoute[], path: string): DescribedRoute | undefined {
  const paths = routes.map((route) => route.path);
  const nearest = nearestName(path, paths);
  return routes.find((route) => route.path === nearest);
}
