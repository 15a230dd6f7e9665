#!/usr/bin/env node
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { keepCompiledCode } from "./app/compiled-code/compiled-code.ts";

/** Written into the bundle by tools/bundle.js: a digest of what it is made from. */
declare const WAYSTATION_BUILD: string;

// Nothing of ours is imported before, so that all the rest comes out of the cache.
const program = { build: WAYSTATION_BUILD, folder: dirname(fileURLToPath(import.meta.url)) };
const compiledCode = keepCompiledCode(program, process.env);

void import("./app/cli.ts")
  .then(({ run }) => run(process.argv.slice(2), compiledCode))
  .then((code) => {
    process.exitCode = code;
  });
