// Webhooks: disclosures written to the ledger until each receiver over TLS has each of them, signed, as a CloudEvent.
import { createServer } from "node:https";
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { makeTestCertificate } from "../src/http/test-certificate.ts";
import { asId, newId } from "../src/kernel/ids.ts";
import { openBeside } from "./beside.ts";
import { disclosureDraft, fillLog } from "./fill-log.ts";
import { median } from "./measure.ts";
import { type Product, withProduct } from "./product.ts";
import { step } from "./progress.ts";
import type { Goal } from "./report.ts";

const ROUNDS = 3;
const POLL_MS = 20;
const ROUND_WITHIN_MS = 300_000;
/** What is sent to one is sent to all. */
const RECEIVERS = [1, 4] as const;

interface Receiver {
  readonly url: string;
  /** Distinct events taken so far, by their ids. */
  readonly taken: Set<string>;
}

export async function benchWebhooks(events: number): Promise<Goal[]> {
  const certificate = makeTestCertificate(new Date());
  const { receivers, close } = await startReceivers(certificate, Math.max(...RECEIVERS));
  try {
    return await withProduct((product) => measure(product, receivers, events), {
      more: async (folder) => {
        const caFile = join(folder, "receivers.pem");
        await writeFile(caFile, certificate.certPem);
        return { UBERRIMA_WEBHOOKS_CA: caFile, UBERRIMA_WEBHOOKS_PRIVATE_ADDRESSES: "allow" };
      },
    });
  } finally {
    close();
  }
}

async function measure(product: Product, receivers: readonly Receiver[], events: number): Promise<Goal[]> {
  const subscribe = await subscriber(product);
  const beside = await openBeside(product);
  const rates = new Map<number, number>();
  try {
    let subscribed = 0;
    for (const count of RECEIVERS) {
      for (; subscribed < count; subscribed += 1) await subscribe(receivers[subscribed]?.url ?? "");
      const told = receivers.slice(0, count);
      const measured: number[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        step(`round ${round + 1} of ${ROUNDS}: ${events.toLocaleString("en")} events, receivers: ${count}`);
        for (const { taken } of told) taken.clear();
        const drafts = Array.from({ length: events }, () => disclosureDraft(asId(newId()), newId()));
        const begun = performance.now();
        await fillLog(beside, { from: 0, to: events }, (at) => drafts[at] ?? disclosureDraft(newId(), newId()));
        await untilTaken(told, new Set(drafts.map(({ entryId }) => entryId)), begun);
        measured.push((events * count) / ((performance.now() - begun) / 1000));
      }
      rates.set(count, median(measured));
    }
  } finally {
    await beside.close();
  }
  return [
    {
      what: "webhooks: events delivered a second, to four receivers as many as to one",
      ratio: (rates.get(4) ?? 0) / (rates.get(1) ?? 1),
      figures: RECEIVERS.map((count) => ({
        name: `receivers: ${count}; deliveries, writing the events to the ledger with it`,
        value: rates.get(count) ?? 0,
        unit: "a second",
      })),
    },
  ];
}

/** Asked for by one, approved by the other. */
async function subscriber(product: Product): Promise<(url: string) => Promise<void>> {
  const draft = { purposes: ["emergency" as const], rowScope: "none" as const, groups: [], entities: [], lines: [] };
  const asker = await product.hire({ ...draft, name: "bench it administrator", role: "it-admin" });
  const second = await product.hire({ ...draft, name: "bench security administrator", role: "security-admin" });
  return async (url) => {
    const { webhook } = await asker.api.webhooks.request({ name: "bench", url, types: ["disclosure.made"] });
    await second.api.webhooks.approve(webhook.webhookId);
  };
}

async function startReceivers(certificate: ReturnType<typeof makeTestCertificate>, count: number) {
  const servers = Array.from({ length: count }, () => {
    const taken = new Set<string>();
    const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
      taken.add(String(request.headers["webhook-id"]));
      request.resume().on("end", () => response.writeHead(204).end());
    });
    return { server, taken };
  });
  const receivers: Receiver[] = [];
  for (const { server, taken } of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    receivers.push({ url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/in`, taken });
  }
  const close = (): void => {
    for (const { server } of servers) {
      server.closeAllConnections();
      server.close();
    }
  };
  return { receivers, close };
}

async function untilTaken(receivers: readonly Receiver[], expected: ReadonlySet<string>, begun: number): Promise<void> {
  while (receivers.some(({ taken }) => !expected.isSubsetOf(taken))) {
    if (performance.now() - begun > ROUND_WITHIN_MS) throw new Error("not every event arrives");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
