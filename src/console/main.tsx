import { render } from "preact";
import { control } from "./api/control.ts";
import { follow } from "./api/live.ts";
import { Shell } from "./shell.tsx";
import { startAt } from "./state/place.ts";
import { keepTime } from "./state/time.ts";

const root = document.getElementById("console");
if (root !== null) void open(root);

/** Shows the console once it is known whose things are meant; without a server it says so itself. */
async function open(element: HTMLElement): Promise<void> {
  const known = await control.call("GET", "accounts", {}).catch(() => undefined);
  if (known !== undefined) startAt(known.standard);
  keepTime();
  follow();
  render(<Shell />, element);
}
