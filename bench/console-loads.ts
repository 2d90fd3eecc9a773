// What a first visit fetches, by the browser's own counting: bytes as they came over the wire, compressed, headers included.
import type { TestBrowser, Visitor } from "../test/journeys/test-browser.ts";
import type { Figure, Goal } from "./report.ts";

/** "First load under 250 kB of compressed script" (issue 5). */
const SCRIPT_KB_MAX = 250;

const PAGES = [
  { name: "staff sign-in", path: "/sign-in", isSignedIn: false, atMost: SCRIPT_KB_MAX },
  { name: "home, signed in", path: "/home", isSignedIn: true, atMost: SCRIPT_KB_MAX },
  { name: "portal sign-in", path: "/portal/sign-in", isSignedIn: false },
] as const;

/** Each page in a browser that has never been here. `token` is of a session of staff. */
export async function firstLoads(browser: TestBrowser, url: string, token: string): Promise<Goal[]> {
  const goals: Goal[] = [];
  for (const { name, path, isSignedIn, ...goal } of PAGES) {
    const visitor = await browser.person({ locale: "en" });
    if (isSignedIn) await visitor.context.addCookies([{ name: "uberrima", value: token, url, httpOnly: true }]);
    const fetched = await countBytes(visitor, async () => {
      await visitor.page.goto(`${url}${path}`, { waitUntil: "networkidle" });
      await visitor.page.getByRole("heading", { level: 1 }).waitFor();
    });
    if (new URL(visitor.page.url()).pathname !== path) throw new Error(`${path} led elsewhere`);
    await visitor.context.close();
    goals.push({ ...scriptGoal(name, fetched), ...goal });
  }
  return goals;
}

interface Fetched {
  readonly mediaType: string;
  readonly bytes: number;
}

async function countBytes({ context, page }: Visitor, visit: () => Promise<void>): Promise<Fetched[]> {
  const devtools = await context.newCDPSession(page);
  const mediaTypes = new Map<string, string>();
  const bytes = new Map<string, number>();
  devtools.on("Network.responseReceived", ({ requestId, response }) => mediaTypes.set(requestId, response.mimeType));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await devtools.send("Network.enable");
  await visit();
  return [...bytes].map(([id, length]) => ({ mediaType: mediaTypes.get(id) ?? "", bytes: length }));
}

function scriptGoal(name: string, fetched: readonly Fetched[]): Goal {
  const scripts = fetched.filter(({ mediaType }) => mediaType.includes("javascript"));
  if (scripts.length === 0) throw new Error(`${name}: no script was seen`);
  const figures: Figure[] = [
    { name: `${name}: everything`, value: kilobytes(fetched), unit: "kB" },
    { name: `${name}: requests`, value: fetched.length, unit: "requests" },
    { name: `${name}: requests for script`, value: scripts.length, unit: "requests" },
  ];
  return { what: `first load of ${name}: compressed script`, ratio: kilobytes(scripts), unit: "kB", figures };
}

function kilobytes(fetched: readonly Fetched[]): number {
  return fetched.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
}
