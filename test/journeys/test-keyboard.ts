// For journeys: what people do with keys alone.
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

const STEPS_MAX = 80;
const KEYS_TRIES_MAX = 6;
const KEYS_WITHIN_MS = 5000;

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

/**
 * By two letters typed one after the other, and once more where they went by unheard: what listens to them comes after the page, and on a busy
 * machine more than the second between them passes that they are heard together in.
 */
export async function goByKeys(page: Page, keys: string, there: Locator): Promise<void> {
  for (let tries = 0; tries < KEYS_TRIES_MAX; tries += 1) {
    for (const key of keys) await page.keyboard.press(key);
    const isThere = await there.waitFor({ timeout: KEYS_WITHIN_MS }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  assert.fail(`${keys} leads to no ${String(there)}`);
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
