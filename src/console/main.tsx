import { render } from "preact";
import { follow } from "./api/live.ts";
import { Shell } from "./shell.tsx";
import { keepTime } from "./state/time.ts";

const root = document.getElementById("console");
if (root !== null) {
  keepTime();
  follow();
  render(<Shell />, root);
}
