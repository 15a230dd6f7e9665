import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrderOfInstants } from "../../../src/kernel/time/due.ts";

test("what several sources have comes in the order of its instants, and no more of it is made than is taken", () => {
  const sources = fc.array(fc.array(fc.nat(20)).map((instants) => instants.toSorted((a, b) => a - b)));
  fc.assert(
    fc.property(sources, (given) => {
      let made = 0;
      function* source(instants: readonly number[]) {
        for (const at of instants) {
          made++;
          yield { at };
        }
      }
      const all = given.flat().toSorted((a, b) => a - b);
      expect(Array.from(inOrderOfInstants(given.map(source)), ({ at }) => at)).toEqual(all);
      made = 0;
      const taken = inOrderOfInstants(given.map(source)).next();
      expect(taken.value?.at).toBe(all[0]);
      expect(made).toBeLessThanOrEqual(given.length);
    }),
  );
});
