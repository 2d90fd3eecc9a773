// For journeys and the bench: a customer's file of two thousand records, and the way to its end as somebody clicks it.
import type { Page } from "playwright-core";
import type { Client } from "../../sdk/client.ts";

export const LONG_FILE_RECORDS = 2000;
const RECORDS_A_UNIT = 50;
/** What the server answers at once. */
const RECORDS_A_PAGE = 200;
const PLACE = { entity: "acme", brand: "acme", line: "life" } as const;

/** Adds claims with notes. The feeder must have the customer assigned as a whole. */
export async function fillLongFile(feeder: Client, customerId: string): Promise<void> {
  for (let unit = 0; unit < LONG_FILE_RECORDS / RECORDS_A_UNIT; unit += 1) {
    const records = Array.from({ length: RECORDS_A_UNIT - 1 }, (_each, at) => ({
      type: "note",
      fields: { subject: `note ${at}`, text: `of unit ${unit}` },
    }));
    const claim = { type: "claim", fields: { number: `CL-${900_000 + unit}`, status: "in-process" } };
    await feeder.customers.addUnit(customerId, { kind: "claim", ...PLACE, records: [claim, ...records] });
  }
}

/** Of the customer's page: a page after the other, until there are no more. */
export async function loadToTheEnd(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: "Load the next ones" }).first();
  for (let loaded = 2 * RECORDS_A_PAGE; loaded <= LONG_FILE_RECORDS; loaded += RECORDS_A_PAGE) {
    await more.click();
    await page
      .getByText(`${loaded.toLocaleString("en")} records are loaded`)
      .first()
      .waitFor();
  }
  await more.click();
  await more.waitFor({ state: "detached" });
}

/** All units are listed, and the records of the last one shown. */
export async function showTheLast(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Show more \(/ }).click();
  await page.getByRole("button", { name: "Show 50 records, masked" }).last().click();
  await page.getByRole("heading", { name: "Note", level: 3 }).first().waitFor();
}
