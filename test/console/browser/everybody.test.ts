import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { inBrowser, type OpenConsole, openConsole } from "../../support/browser/open-console.ts";
import { knownPages } from "../../support/browser/pages.ts";
import { aWorld } from "../../support/browser/world.ts";

const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What a checker of accessibility complains of, as it says it: everything where it is light, colours alone where it is dark. */
async function complaints(page: Page): Promise<readonly string[]> {
  if ((await page.evaluate("typeof axe")) !== "object") await page.addScriptTag({ path: axePath });
  const found: AxeResults[] = [];
  for (const [colorScheme, options] of [
    ["light", '{ resultTypes: ["violations"] }'],
    ["dark", '{ runOnly: ["color-contrast"], resultTypes: ["violations"] }'],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    found.push((await page.evaluate(`axe.run(${options})`)) as AxeResults);
  }
  return found
    .flatMap(({ violations }) => violations)
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

/** Goes to each page, and once to each of its tabs, and tells where. */
async function everywhere({ page, go }: OpenConsole, look: (where: string) => Promise<void>): Promise<void> {
  const seen = new Set<string>();
  for (const { name, at, shows } of knownPages) {
    await go(at);
    await shows(page);
    await look(name);
    if (seen.has(at)) continue;
    seen.add(at);
    const [, ...titles] = await page.getByRole("tab").allTextContents();
    for (const title of titles) {
      await page.getByRole("tab", { name: title, exact: true }).click();
      await look(`${name}, ${title}`);
    }
  }
}

const inTheShop = { emulator: { history: "on" }, before: aWorld } as const;

describe("the console is for everybody", () => {
  inBrowser("without complaints of an accessibility checker, light and dark", async () => {
    await using console = await openConsole({
      browser: { bypassCSP: true },
      forgives: /status of 404/,
      ...inTheShop,
    });
    const found: Record<string, readonly string[]> = {};
    await everywhere(console, async (where) => {
      const complained = await complaints(console.page);
      if (complained.length > 0) found[where] = complained;
    });
    expect(found).toEqual({});
  });

  inBrowser("from 360 pixels on nothing is wider than the screen", async () => {
    await using console = await openConsole({
      browser: { viewport: { width: 360, height: 700 } },
      forgives: /status of 404/,
      ...inTheShop,
    });
    const wide: string[] = [];
    await everywhere(console, async (where) => {
      const excess = await console.page.evaluate("document.documentElement.scrollWidth - innerWidth");
      if (Number(excess) > 0) wide.push(`${where}: ${excess}`);
    });
    expect(wide).toEqual([]);
  });

  inBrowser("with the entry of the page in sight, however narrow the screen", async () => {
    await using console = await openConsole({ browser: { viewport: { width: 360, height: 700 } }, at: "#//calls" });
    const entry = console.page.getByRole("link", { name: "Calls", exact: true });
    await entry.and(console.page.locator("[aria-current]")).waitFor();
    const right = async () => {
      const { x, width } = (await entry.boundingBox()) ?? { x: Number.NaN, width: 0 };
      return x + width;
    };
    expect(await right()).toBeLessThanOrEqual(360);
    await console.page.getByRole("link", { name: "Queues", exact: true }).click();
    await entry.and(console.page.locator(":not([aria-current])")).waitFor();
    expect(await right()).toBeGreaterThan(360);
  });

  inBrowser("dark where people want it dark", async () => {
    await using console = await openConsole({ browser: { colorScheme: "dark" } });
    const ground = () => console.page.evaluate("getComputedStyle(document.body).backgroundColor");
    const dark = await ground();
    await console.page.emulateMedia({ colorScheme: "light" });
    expect([dark, await ground()]).toEqual(["rgb(20, 23, 28)", "rgb(255, 255, 255)"]);
  });

  inBrowser("by keyboard alone", async () => {
    await using console = await openConsole({ ...inTheShop, at: "#/000000000000/queues/us-east-1/orders" });
    const { page } = console;
    const focused = page.locator(":focus");
    const press = (key: string) => page.keyboard.press(key);
    const isFocused = (role: "tab" | "region" | "button", name: string) =>
      page.getByRole(role, { name, exact: true }).and(focused).waitFor();
    await page.getByRole("tab", { name: "Messages" }).waitFor();
    await page.evaluate("document.activeElement.blur(); getSelection().removeAllRanges()");
    await page.reload();
    await page.getByRole("table", { name: "Messages" }).waitFor();
    await page.locator("main:focus").waitFor();
    await press("Shift+Tab");
    while ((await page.getByRole("button", { name: "Skip to the page" }).and(focused).count()) === 0)
      await press("Shift+Tab");
    await press("Enter");
    await page.locator("main:focus").waitFor();
    while ((await page.getByRole("tab").and(focused).count()) === 0) await press("Tab");
    await isFocused("tab", "Messages");
    await press("ArrowRight");
    await isFocused("tab", "Receive");
    await press("ArrowLeft");
    await isFocused("tab", "Messages");
    while ((await page.getByRole("region", { name: "Messages" }).and(focused).count()) === 0) await press("Tab");
    await press("Tab");
    await press("Enter");
    await page.getByRole("region", { name: /^Message [0-9a-f-]{36}$/ }).waitFor();
  });
});
