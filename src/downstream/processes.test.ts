// Two real server processes share a queue: each event is taken by one, and all arrive when one is killed in the middle.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { connect } from "../../sdk/client.ts";
import { bootstrap } from "../../sdk/local.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase } from "../postgres/test-database.ts";
import { startTestProcess } from "../test-process.ts";
import { startReceiver, verified } from "./test-downstream.ts";

async function folder(context: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "uberrima-downstream-"));
  context.after(() => rm(path, { recursive: true, force: true }));
  return path;
}

const PLACE = { entities: ["acme"], lines: ["life" as const] };
const NO_ROWS = { rowScope: "none" as const, entities: [], lines: [] };

test("what one process learns another delivers, also when one is killed in the middle", async (context) => {
  const database = await openTestDatabase();
  context.after(() => database.close());
  const receiver = await startReceiver(context);
  const [shared, first, second] = await Promise.all([folder(context), folder(context), folder(context)]);
  await writeFile(join(shared, "ca.pem"), receiver.certificate.certPem);
  const settings = {
    UBERRIMA_DATABASE_URL: database.url,
    UBERRIMA_DATABASE_OWNER_URL: database.ownerUrl,
    UBERRIMA_KEYRING: join(shared, "keyring"),
    UBERRIMA_WEBHOOKS_CA: join(shared, "ca.pem"),
    UBERRIMA_WEBHOOKS_PRIVATE_ADDRESSES: "allow",
  };
  const left = await startTestProcess(context, { ...settings, UBERRIMA_DATA: first });
  const { token } = await bootstrap(first, "admin");
  const right = await startTestProcess(context, { ...settings, UBERRIMA_DATA: second });
  const admin = connect({ url: right.url, token: token ?? "" });
  const hire = async (draft: Parameters<typeof admin.clients.create>[0]) =>
    connect({ url: right.url, token: (await admin.clients.create(draft)).token ?? "" });
  const asker = await hire({ name: "security", role: "security-admin", purposes: ["incident-response"], ...NO_ROWS });
  const officer = await hire({ name: "dpo", role: "dpo", purposes: ["data-subject-request"], ...PLACE });
  const maker = await hire({ name: "maker", role: "underwriter", purposes: ["underwriting"], ...PLACE });
  const { webhook, secret } = await asker.webhooks.request({
    name: "copy",
    url: receiver.url,
    types: ["customer.flag-changed"],
  });
  await officer.webhooks.approve(webhook.webhookId);
  const { customerId } = await maker.customers.create({
    kind: "person",
    units: [{ kind: "relationship", entity: "acme", brand: "acme", line: "life", records: [] }],
  });
  const { clientId } = (await admin.clients.list({ limit: 50 })).items.find(({ role }) => role === "dpo")!;
  await admin.assignments.create({ customerId, clientId, kind: "case" });
  const flag = () => officer.flags.set(customerId, { kind: "vip", reason: "tried" });
  for (let at = 0; at < 3; at += 1) await flag();
  left.child.kill("SIGKILL");
  await left.ended;
  // As if the leases of whoever was killed had run out.
  await database.owner.query(sql`update event_position set held_until = now() - interval '1 second'`);
  await database.owner.query(sql`update webhook_delivery set due_at = now() where state = 'waiting'`);
  for (let at = 0; at < 3; at += 1) await flag();
  const ids = new Set<string>();
  while (ids.size < 6) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (const { id } of receiver.received) ids.add(id);
  }
  assert.ok(receiver.received.every((one) => verified(secret ?? "", one)));
  assert.deepEqual([...new Set(receiver.received.map(({ event }) => event["subject"]))], [customerId]);
  assert.ok(!receiver.received.some(({ body }) => body.includes("tried")), "a reason went out");
  const { items } = await asker.webhooks.deliveries(webhook.webhookId, { state: "delivered" });
  assert.equal(items.length, 6);
});
