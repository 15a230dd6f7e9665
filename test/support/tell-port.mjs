import { openSync, writeSync } from "node:fs";
import { Server } from "node:net";

/* Goes before the program in its process: see BuiltCli.runInto. */

const TOLD = 3;

const { listen } = Server.prototype;
Server.prototype.listen = function (...parameters) {
  this.once("listening", () => writeSync(TOLD, `${this.address().port}\n`));
  return listen.apply(this, parameters);
};

process.on("SIGUSR2", () => {
  try {
    for (;;) openSync("/dev/null");
  } catch {
    writeSync(TOLD, "full\n");
  }
});
