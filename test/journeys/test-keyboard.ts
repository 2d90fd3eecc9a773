// For journeys: what people do with keys alone.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

const STEPS_MAX = 80;

/** What is read of the browser's element; journeys are compiled without the browser's types. */
interface Focused {
  getAttribute(name: string): string | null;
  readonly labels?: readonly { readonly textContent: string | null }[];
  readonly textContent: string | null;
}

/** By tabbing, as somebody does who has no mouse. `name` is what a screen reader would say. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    const text = await focused.evaluate((element) => {
      const read = element as unknown as Focused;
      return (read.getAttribute("aria-label") ?? "") || (read.labels?.[0]?.textContent ?? read.textContent ?? "");
    });
    if (typeof name === "string" ? text.trim() === name : name.test(text)) return;
  }
  assert.fail(`${String(name)} is not reached by tabbing`);
}

/** By two letters typed one after the other, once the frame stands. At once: two questions to a busy browser may lie a second apart, too long to belong together. */
export async function goByKeys(page: Page, keys: string): Promise<void> {
  await page.getByRole("navigation").getByRole("link").first().waitFor();
  await Promise.all([...keys].map((key) => page.keyboard.press(key)));
}

/** In the dialog that is open, where there is one. Opens a list to choose from by the arrow key, chooses, and closes it. */
export async function choose(page: Page, label: string, ...options: readonly (string | RegExp)[]): Promise<void> {
  const field = page.getByRole("combobox", { name: label }).last();
  await field.focus();
  await field.press("ArrowDown");
  for (const option of options) await page.getByRole("option", { name: option, exact: true }).click();
  await field.press("Tab");
}

/** What was put into an input stands in no text to wait for. */
export async function valueOf(input: Locator, value: string): Promise<void> {
  for (let tries = 0; (await input.inputValue()) !== value; tries += 1) {
    assert.ok(tries < 100, `${value} does not stand there`);
    await input.page().waitForTimeout(100);
  }
}
