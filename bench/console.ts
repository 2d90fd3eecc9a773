// What people wait for in the browser: what a first page weighs, how fast an adjuster's sixty customers are answered, and what Lighthouse says.
import { join } from "node:path";
import { openAccess } from "../src/access/access.ts";
import { openAuthorityRows } from "../src/authority/authority.ts";
import { systemClock } from "../src/kernel/clock.ts";
import { openSignIns } from "../src/signin/signin.ts";
import { openTestBrowser } from "../test/journeys/test-browser.ts";
import { freePort } from "../test/journeys/test-staff.ts";
import { type Beside, openBeside } from "./beside.ts";
import { firstLoads } from "./console-loads.ts";
import { fillFileOf, longFileGoal } from "./console-long-file.ts";
import { adjusterWith, answerGoals, askForEach, CLAIMS } from "./console-work.ts";
import { fillSearch } from "./fill-search.ts";
import { lighthouseFigures } from "./lighthouse.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal } from "./report.ts";
import type { Employee } from "./server-staff.ts";

const GOVERNANCE = join(import.meta.dirname, "../governance/access");
/** Served before anything is measured: a server's first minute, with its code still to be compiled, is not its days. */
const WARM_UP_CLAIMS = 20;

export function benchConsole(customers: number): Promise<Goal[]> {
  return withProduct(async (product) => {
    const beside = await openBeside(product);
    try {
      step(`${customers.toLocaleString("en")} customers: filling`);
      await fillSearch(product.owner, product.embedded, 0, customers - CLAIMS - WARM_UP_CLAIMS);
      const people = await openPeople(beside);
      const first = await adjusterWith(product, people, { from: 0, to: WARM_UP_CLAIMS });
      await askForEach(product.url, first);
      const adjuster = await adjusterWith(product, people, { from: WARM_UP_CLAIMS, to: WARM_UP_CLAIMS + CLAIMS });
      step(`${CLAIMS} customers, one after another`);
      const answered = answerGoals(await askForEach(product.url, adjuster), customers);
      await fillFileOf(product, people.access, first);
      return [...answered, ...(await inBrowser(product, adjuster, first))];
    } finally {
      await beside.close();
    }
  });
}

/** The domains that make staff and sessions, in this process, as a second server would have them. */
async function openPeople(beside: Beside) {
  const storage = { ...beside, clock: systemClock, onAnomaly: () => {} };
  const access = await openAccess({ ...storage, governanceFolder: GOVERNANCE });
  const authority = openAuthorityRows(storage);
  const site = (): URL => new URL("http://localhost");
  return { access, signIns: openSignIns({ ...storage, access, authority, governanceFolder: GOVERNANCE, site }) };
}

async function inBrowser({ url }: Product, { token }: Employee, withLongFile: Employee): Promise<Goal[]> {
  const port = await freePort();
  const browser = await openTestBrowser([`--remote-debugging-port=${port}`]);
  try {
    step("first loads");
    const loads = await firstLoads(browser, url, token);
    step("a long file");
    const longFile = await longFileGoal(browser, url, withLongFile);
    step("Lighthouse");
    return [...loads, longFile, ...(await lighthouseFigures(url, port))];
  } finally {
    await browser.close();
  }
}
