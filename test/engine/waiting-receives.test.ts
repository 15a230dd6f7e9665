import { expect, test } from "vitest";
import { WaitingReceives } from "../../src/engine/waiting-receives.ts";
import { Clocks } from "../../src/kernel/time/clocks.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";

interface Fruit {
  readonly kind: string;
}

/** Receivers of fruit on a clock that stands still. What is there is handed out in order, one to a request. */
function aBasket({ kindOf }: { readonly kindOf?: (fruit: Fruit) => string } = {}) {
  const clock = new Clocks({ now: () => 0, at: () => () => {} }).of("000000000000");
  clock.freeze();
  const there: string[] = [];
  const asked: string[] = [];
  let serves = 0;
  let ripeAt = Number.POSITIVE_INFINITY;
  const waiting = new WaitingReceives<Fruit, string>({
    clock,
    settle: () => {
      serves++;
      if (ripeAt <= clock.now()) ripeAt = Number.POSITIVE_INFINITY;
      waiting.serve(clock.now());
    },
    receive({ kind }, now) {
      asked.push(kind);
      waiting.serve(now);
      const place = there.indexOf(kind);
      return place < 0 ? [] : there.splice(place, 1);
    },
    source: {
      get visible() {
        return there.length;
      },
      get nextChange() {
        return ripeAt;
      },
    },
    ...(kindOf && { kindOf }),
  });
  const put = (...kinds: readonly string[]): void => {
    there.push(...kinds);
    waiting.serve(clock.now());
  };
  const ripen = (at: number): void => {
    ripeAt = at;
  };
  return { waiting, clock, put, ripen, asked, serves: () => serves };
}

const signal = new AbortController().signal;
const apple = { kind: "apple" };
const pear = { kind: "pear" };

test("those who wait are served in turn, and what that changes is not served in between", async () => {
  const { waiting, put, asked } = aBasket();
  const answers = [1, 2, 3].map(() => waiting.wait(apple, 0, { waitMs: 10, signal }));
  put("apple", "apple");
  expect([await answers[0], await answers[1], waiting.size]).toEqual([["apple"], ["apple"], 1]);
  expect(asked).toEqual(["apple", "apple", "apple"]);
});

test("who wants another kind of thing stands in another line", async () => {
  const mixed = aBasket();
  mixed.waiting.wait(apple, 0, { waitMs: 10, signal });
  mixed.waiting.wait(pear, 0, { waitMs: 10, signal });
  mixed.put("pear");
  expect(mixed.waiting.size).toBe(2);
  const apart = aBasket({ kindOf: ({ kind }) => kind });
  apart.waiting.wait(apple, 0, { waitMs: 10, signal });
  const answer = apart.waiting.wait(pear, 0, { waitMs: 10, signal });
  apart.put("pear");
  expect([await answer, apart.waiting.size]).toEqual([["pear"], 1]);
});

test("nobody is asked while there is nothing", () => {
  const { waiting, put, asked } = aBasket();
  waiting.wait(apple, 0, { waitMs: 10, signal });
  put();
  expect(asked).toEqual([]);
});

test("one alarm stands for all: at the next change, else where the first wait ends, and only while somebody waits", async () => {
  const { waiting, clock, ripen, serves } = aBasket();
  expect(clock.pending).toBe(0);
  const answers = [30, 20].map((waitMs) => waiting.wait(apple, 0, { waitMs, signal }));
  ripen(5);
  waiting.serve(0);
  expect(clock.pending).toBe(1);
  clock.advance(5);
  expect(serves()).toBe(1);
  clock.advance(15);
  expect([await answers[1], waiting.size, clock.pending]).toEqual([[], 1, 1]);
  clock.advance(10);
  expect([await answers[0], waiting.wantsServing, clock.pending, serves()]).toEqual([[], false, 0, 3]);
});

test("who is dismissed is answered with nothing, and no alarm stays", async () => {
  const { waiting, clock } = aBasket({ kindOf: ({ kind }) => kind });
  const answers = [apple, pear].map((fruit) => waiting.wait(fruit, 0, { waitMs: 10, signal }));
  waiting.serve(0);
  waiting.dismiss();
  expect([await answers[0], await answers[1], clock.pending]).toEqual([[], [], 0]);
});

test.for([
  ["dismissed", ({ waiting }: ReturnType<typeof aBasket>) => waiting.dismiss()],
  ["out of patience", ({ clock }: ReturnType<typeof aBasket>) => clock.advance(10)],
] as const)("many who are %s at one instant wait no more, and are told so in several turns", async ([, end]) => {
  const basket = aBasket();
  const told: number[] = [];
  for (let place = 0; place < 200; place++) {
    basket.waiting.wait(apple, 0, { waitMs: 10, signal: new AbortController().signal }).listen(
      () => told.push(place),
      () => {},
    );
  }
  basket.waiting.serve(0);
  void end(basket);
  expect(basket.waiting.size).toBe(0);
  await Promise.resolve();
  expect(told.length).toBe(64);
  while (told.length < 200) await nextTurn();
  expect(new Set(told).size).toBe(200);
});
