// The queue of rights requests with a hundred thousand open: its first page with counts, pages on, and one person's own, over HTTP.
import type { Client } from "../sdk/client.ts";
import type { Uuid } from "../src/kernel/bytes.ts";
import { asId, newId } from "../src/kernel/ids.ts";
import { sql } from "../src/postgres/sql.ts";
import { type QueueRow, seedQueue } from "../src/requests/requests.ts";
import { openBeside, type Beside } from "./beside.ts";
import { median, millisecondsOf } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal, Point } from "./report.ts";

const MILLISECONDS_MAX = 50;
const RUNS = 60;
const AT_ONCE = 1000;
const DAY_MS = 86_400_000;

export function benchRequests(sizes: readonly number[]): Promise<Goal[]> {
  return withProduct(async (product) => {
    const beside = await openBeside(product);
    try {
      return await measure(product, beside, sizes);
    } finally {
      await beside.close();
    }
  });
}

async function measure(product: Product, beside: Beside, sizes: readonly number[]): Promise<Goal[]> {
  const { api, clientId } = await product.hire({
    name: "bench privacy office",
    role: "compliance",
    purposes: ["audit"],
    rowScope: "everything-masked",
    groups: [],
    entities: ["acme"],
    lines: ["life"],
  });
  const points: Point[] = [];
  let pages = { first: 0, onward: 0, own: 0 };
  let filled = 0;
  for (const size of sizes) {
    step(`queueing ${size.toLocaleString("en")} requests`);
    await fill(beside, { from: filled, to: size, assignee: asId(clientId) });
    await product.owner.query(sql`analyze rights_queue`);
    filled = size;
    pages = await pagesOf(api);
    points.push({ size, value: pages.onward });
  }
  const last = sizes.at(-1) ?? 0;
  return [
    {
      what: `queue of ${last.toLocaleString("en")} open rights requests: a page of fifty`,
      ratio: pages.onward,
      unit: "ms",
      atMost: MILLISECONDS_MAX,
      figures: [
        { name: "first page, with how many are open and overdue", value: pages.first, unit: "ms" },
        { name: "a page further on", value: pages.onward, unit: "ms" },
        { name: "first page of one's own", value: pages.own, unit: "ms" },
      ],
      growth: [
        {
          id: "requests-queue",
          title: "A page of the queue",
          by: "open requests",
          unit: "ms",
          series: [{ name: "a page", points }],
        },
      ],
    },
  ];
}

async function pagesOf(api: Client) {
  const { next } = await api.rights.list();
  const first = median(await millisecondsOf(RUNS, () => api.rights.list()));
  let cursor = next;
  const onward = median(
    await millisecondsOf(RUNS, async () => {
      const page = await api.rights.list(cursor === null ? {} : { cursor });
      if (page.unverified.length > 0) throw new Error("a row of the bench's own does not verify");
      cursor = page.next;
    }),
  );
  const own = median(await millisecondsOf(RUNS, () => api.rights.list({ assignee: "me" })));
  return { first, onward, own };
}

/** A tenth of them one person's, due over the next ninety days. */
async function fill(
  { database, keys }: Beside,
  { from, to, assignee }: { readonly from: number; readonly to: number; readonly assignee: Uuid },
): Promise<void> {
  for (let at = from; at < to; at += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, to - at) }, (_, nth) => rowOf(at + nth, assignee));
    await seedQueue({ database, keys }, rows);
  }
}

function rowOf(at: number, assignee: Uuid): QueueRow {
  return {
    requestId: newId(),
    customerId: newId(),
    kind: "access",
    rule: "eu-gdpr-15",
    state: "in-progress",
    identity: "verified",
    isDuplicate: false,
    isStopped: false,
    isOpen: true,
    receivedAt: new Date(),
    dueBefore: new Date(Date.now() + (1 + (at % 90)) * DAY_MS),
    dueWhat: "answer",
    assigneeId: at % 10 === 0 ? assignee : null,
    remindAt: new Date(Date.now() + 365 * DAY_MS),
    revision: 1,
  };
}
