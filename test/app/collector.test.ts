import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { suitCollector } from "../../src/app/collector.ts";

function flagsOn(cores: number): readonly string[] {
  const flags: string[] = [];
  suitCollector(cores, (flag) => flags.push(flag));
  return flags;
}

test("on one core young objects are collected on the main thread", () => {
  expect(flagsOn(1)).toEqual(["--no-parallel-scavenge", "--no-concurrent-array-buffer-sweeping"]);
});

test.for([2, 64])("on %i cores V8 does as it likes", (cores) => {
  expect(flagsOn(cores)).toEqual([]);
});

test("this version of V8 knows the flags, and takes no compiled code for another's because of them", () => {
  const script = `const v8 = require("node:v8"); const before = v8.cachedDataVersionTag();
    for (const flag of ${JSON.stringify(flagsOn(1))}) v8.setFlagsFromString(flag);
    console.log(v8.cachedDataVersionTag() === before);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "true\n", stderr: "" });
});
