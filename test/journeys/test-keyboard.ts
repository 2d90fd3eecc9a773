// For journeys: what people do with keys alone.
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

const STEPS_MAX = 80;

/** By tabbing, as somebody does who has no mouse. `name` is what a screen reader would say. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    if ((await focused.count()) === 0) continue;
    const text = await focused.evaluate((element) => {
      const { labels } = element as unknown as { labels?: { textContent: string | null }[] };
      return (element.getAttribute("aria-label") ?? "") || (labels?.[0]?.textContent ?? element.textContent ?? "");
    });
    if (typeof name === "string" ? text.trim() === name : name.test(text)) return;
  }
  assert.fail(`${String(name)} is not reached by tabbing`);
}

/** In the dialog that is open, where there is one. Opens a list to choose from by the arrow key, chooses, and closes it. */
export async function choose(page: Page, label: string, ...options: readonly string[]): Promise<void> {
  const field = page.getByRole("combobox", { name: label }).last();
  await field.focus();
  await field.press("ArrowDown");
  for (const option of options) await page.getByRole("option", { name: option, exact: true }).click();
  await field.press("Tab");
}
