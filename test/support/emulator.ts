import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/app/emulator.ts";
import { httpReader } from "./http-reader.ts";

/**
 * A whole server on a free port whose default account's time stands still until a test moves it. Memory that is used again is
 * overwritten in between, so that a copy somebody forgot to make is missed.
 */
export async function anEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ httpReader: httpReader(), ...options }, { poisonsReusedMemory: true });
  emulator.clock().freeze();
  return emulator;
}
