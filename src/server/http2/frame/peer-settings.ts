import { ConnectionError, ErrorCode, MAX_WINDOW_BYTES, Setting, USUAL_FRAME_BYTES } from "./frame.ts";

const SETTING_BYTES = 6;
const MAX_FRAME_BYTES = 2 ** 24 - 1;

/** What a client may set that is of consequence here. */
interface PeerSettings {
  readonly initialWindow: number | undefined;
  readonly maxFrameBytes: number | undefined;
  readonly headerTableBytes: number | undefined;
}

/** What a SETTINGS frame sets; of several values for one setting the last. Throws a ConnectionError for what none may have. RFC 9113 §6.5 */
export function readSettings(payload: Buffer): PeerSettings {
  if (payload.length % SETTING_BYTES !== 0) {
    throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, "a SETTINGS frame with part of a setting");
  }
  const values = new Map<number, number>();
  for (let at = 0; at < payload.length; at += SETTING_BYTES) {
    const setting = payload.readUInt16BE(at);
    const value = payload.readUInt32BE(at + 2);
    check(setting, value);
    values.set(setting, value);
  }
  return {
    initialWindow: values.get(Setting.INITIAL_WINDOW_SIZE),
    maxFrameBytes: values.get(Setting.MAX_FRAME_SIZE),
    headerTableBytes: values.get(Setting.HEADER_TABLE_SIZE),
  };
}

function check(setting: number, value: number): void {
  if (setting === Setting.ENABLE_PUSH && value > 1) {
    throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `ENABLE_PUSH ${value}`);
  }
  if (setting === Setting.INITIAL_WINDOW_SIZE && value > MAX_WINDOW_BYTES) {
    throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, `INITIAL_WINDOW_SIZE ${value}`);
  }
  if (setting === Setting.MAX_FRAME_SIZE && (value < USUAL_FRAME_BYTES || value > MAX_FRAME_BYTES)) {
    throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, `MAX_FRAME_SIZE ${value}`);
  }
}
