import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/index.ts";

/** A whole server on a free port whose default account's time stands still until a test moves it. */
export async function anEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await createEmulator(options);
  emulator.clock().freeze();
  return emulator;
}
