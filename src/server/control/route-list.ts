import { nearestName } from "../../kernel/nearest-name.ts";
import type { DescribedRoute } from "./openapi.ts";

/** A route as it is asked for: `POST /_waystation/reset`. */
export function nameOf({ method, path }: DescribedRoute): string {
  return `${method} ${path}`;
}

/** A route with its inputs left open: `POST /_waystation/reset?account=`. */
export function formOf(route: DescribedRoute): string {
  const inputs = Object.keys(route.inputs.properties).map((name) => `${name}=`);
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
