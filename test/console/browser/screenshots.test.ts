import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { inBrowser, openConsole } from "../../support/browser/open-console.ts";
import { knownPages } from "../../support/browser/pages.ts";
import { aWorld } from "../../support/browser/world.ts";

const FOLDER = new URL("../../../docs/console/", import.meta.url);
const MOST_BYTES = 60_000;
/** Small enough for a guide, and enough to read what stands there. */
const QUALITY = 60;

const pictured = knownPages.filter(({ isInGuide }) => isInGuide);

const whenUpdating = inject("isUpdating") ? inBrowser : test.skip;

whenUpdating("the pictures of the guide are taken anew", async () => {
  await using console = await openConsole({
    browser: { viewport: { width: 900, height: 680 } },
    emulator: { history: "on" },
    before: aWorld,
  });
  const { page, go } = console;
  const session = await page.context().newCDPSession(page);
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, at, shows } of pictured) {
    await go(at);
    await shows(page);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    writeFileSync(new URL(`${name}.webp`, FOLDER), data, "base64");
  }
});

test("the guide has a small picture of each page", () => {
  const guide = readFileSync(new URL("../console.md", FOLDER), "utf8");
  const names = pictured.map(({ name }) => `${name}.webp`);
  expect(readdirSync(FOLDER).toSorted()).toEqual(names.toSorted());
  for (const name of names) {
    expect(guide).toContain(`](console/${name})`);
    expect(statSync(new URL(name, FOLDER)).size).toBeLessThan(MOST_BYTES);
  }
});
