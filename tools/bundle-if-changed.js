/** Bundles unless that has been done since the sources last changed: what `npm start` does first. */
import { isUpToDate } from "./stamp.js";

if (!isUpToDate()) await import("./bundle.js");
