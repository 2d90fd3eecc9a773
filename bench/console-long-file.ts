// A customer with two thousand records, read to the end in the browser: the longest that the page stood still for whoever used it.
import type { App } from "../src/app.ts";
import { asId } from "../src/kernel/ids.ts";
import type { TestBrowser } from "../test/journeys/test-browser.ts";
import { fillLongFile, LONG_FILE_RECORDS, loadToTheEnd, showTheLast } from "../test/journeys/test-long-file.ts";
import type { Product } from "./product.ts";
import type { Goal } from "./report.ts";
import type { Employee } from "./server-staff.ts";

/** Longer, and people click again. */
const STOOD_STILL_MS_MAX = 1000;
/** https://www.w3.org/TR/longtasks-1/: tasks of 50 ms and more. */
const WATCH_TASKS = `new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest ?? 0, duration);
}).observe({ type: "longtask", buffered: true })`;

type Access = App["domains"]["access"];

/** Fills the file of the first customer whom the reader, who is signed in, has in hand, and gives them the whole of it. */
export async function fillFileOf(
  product: Product,
  access: Access,
  { principalId, customers }: Employee,
): Promise<void> {
  const customerId = asId(customers[0]?.customerId ?? "");
  const feeder = await product.hire({
    name: "bench long file",
    role: "tpa",
    purposes: ["claim-handling"],
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["life"],
  });
  const admin = await access.authenticate(product.adminToken);
  if (admin === null) throw new Error("the administrator's token was refused");
  const whole = { customerId, unitId: null, kind: "claim", endsAt: null } as const;
  const assignees = [principalId, asId(feeder.clientId)];
  await access.createAssignments(
    assignees.map((assigneeId) => ({ ...whole, assigneeId })),
    admin,
  );
  await fillLongFile(feeder.api, customerId);
}

export async function longFileGoal(browser: TestBrowser, url: string, { token, customers }: Employee): Promise<Goal> {
  const { page, context } = await browser.person({ locale: "en" });
  await context.addCookies([{ name: "uberrima", value: token, url, httpOnly: true }]);
  await page.addInitScript(WATCH_TASKS);
  await page.goto(`${url}/customers/${customers[0]?.customerId}`);
  await loadToTheEnd(page);
  await showTheLast(page);
  const longest = Number(await page.evaluate("window.longest ?? 0"));
  await context.close();
  return {
    what: `${LONG_FILE_RECORDS.toLocaleString("en")} records read to the end: the page stood still`,
    ratio: longest,
    unit: "ms",
    atMost: STOOD_STILL_MS_MAX,
  };
}
