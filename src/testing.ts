export { connect, type RemoteEmulator } from "./testing/connect.ts";
export type { Expected } from "./testing/expected.ts";
export { type WaystationMatchers, waystationMatchers } from "./testing/matchers.ts";
export { WaystationError } from "./testing/waystation-error.ts";
