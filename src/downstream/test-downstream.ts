// For tests: webhooks over a fresh database, and a receiver over TLS that can refuse, wait, and answer late.
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { Webhook } from "standardwebhooks";
import type { Authenticated } from "../access/access.ts";
import { administrator, makeClient, openTestStorage, type TestStorage } from "../access/test-access.ts";
import { openAuthorityRows } from "../authority/authority.ts";
import { makeTestCertificate, type TestCertificate } from "../http/test-certificate.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { draft } from "../ledger/test-ledger.ts";
import type { DownstreamSettings } from "./context.ts";
import { type Downstream, openDownstream } from "./downstream.ts";
import type { EventType } from "./told-of.ts";

export interface Received {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly event: { readonly [key: string]: unknown; readonly data: { readonly [key: string]: unknown } };
}

export interface TestReceiver {
  readonly url: string;
  readonly certificate: TestCertificate;
  readonly received: Received[];
  /** What is answered next; 204 when nothing is left. 0 hangs up, -1 takes the request and answers nothing. */
  readonly answers: number[];
}

export async function startReceiver(context: { after(end: () => void): void }): Promise<TestReceiver> {
  const certificate = makeTestCertificate(new Date());
  const [received, answers]: [Received[], number[]] = [[], []];
  const server = createServer({ cert: certificate.certPem, key: certificate.keyPem }, (request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const headers = request.headers as Record<string, string>;
      received.push({ id: headers["webhook-id"] ?? "", headers, body, event: JSON.parse(body) as Received["event"] });
      const status = answers.shift() ?? 204;
      if (status === 0) return void request.socket.destroy();
      if (status > 0) response.writeHead(status, status === 307 ? { location: "https://127.0.0.1:1/" } : {}).end();
    });
  });
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/in`, certificate, received, answers };
}

export function verified(secret: string, { body, headers }: Received): boolean {
  try {
    new Webhook(secret).verify(body, { ...headers });
    return true;
  } catch {
    return false;
  }
}

export interface TestDownstream extends TestStorage {
  readonly downstream: Downstream;
  readonly asker: Authenticated;
  readonly second: Authenticated;
  readonly receiver: TestReceiver;
  readonly failures: unknown[];
  /** Asked for by one, approved by the other. */
  subscribe(types: readonly EventType[], url?: string): Promise<{ readonly webhookId: Uuid; readonly secret: string }>;
  /** A disclosure in the ledger; its entry's id. */
  disclose(changes?: Parameters<typeof draft>[0]): Promise<Uuid>;
  /** Looks again and again until it holds. */
  until(holds: () => boolean | Promise<boolean>): Promise<void>;
}

export async function openTestDownstream(
  context: Pick<TestContext, "after">,
  settings: Partial<DownstreamSettings> = {},
  samePerson: readonly Uuid[] = [],
): Promise<TestDownstream> {
  const storage = await openTestStorage();
  const access = await storage.another();
  const admin = await administrator(access);
  const { principal: asker } = await makeClient(access, admin, "it-admin");
  const { principal: second } = await makeClient(access, admin, "security-admin");
  const receiver = await startReceiver(context);
  const failures: unknown[] = [];
  const { keys, ledger, now } = storage;
  const { database } = storage.db;
  const clock = { now };
  const downstream = openDownstream({
    database,
    keys,
    clock,
    access,
    ledger,
    authority: openAuthorityRows({ keys, clock, onAnomaly: () => {} }),
    areOnePerson: async (one, other) => samePerson.includes(one) && samePerson.includes(other),
    settings: {
      ca: receiver.certificate.certPem,
      isPrivateAllowed: true,
      stallMs: 5000,
      scheduleSeconds: [0, 0, 0],
      ...settings,
    },
    onFailure: (failure) => failures.push(failure),
  });
  context.after(async () => {
    await downstream.stop();
    await storage.close();
  });
  const acting = { downstream, asker, second, receiver };
  return { ...storage, ...acting, failures, ...deedsOf({ ...acting, ledger }) };
}

function deedsOf({
  downstream,
  asker,
  second,
  receiver,
  ledger,
}: Pick<TestDownstream, "downstream" | "asker" | "second" | "receiver" | "ledger">): Pick<
  TestDownstream,
  "subscribe" | "disclose" | "until"
> {
  return {
    async subscribe(types, url = receiver.url) {
      const { webhook, secret } = await downstream.request({ name: "a copy elsewhere", url, types }, asker);
      await downstream.approve(webhook.webhookId, second);
      return { webhookId: webhook.webhookId, secret };
    },
    async disclose(changes) {
      const entry = draft(changes);
      await ledger.append(entry);
      return entry.entryId;
    },
    async until(holds) {
      while (!(await holds())) {
        await downstream.look();
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
