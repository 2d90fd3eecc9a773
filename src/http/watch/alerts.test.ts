// Guarantee: over HTTP, on several servers, a look that is odd is stopped, reviewed by somebody else, and let through everywhere; nothing personal is logged.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../../sdk/client.ts";
import type { Role, Purpose } from "../../kernel/vocabulary.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let [server, other]: TestServer[] = [];
let customerId: string;
before(async () => {
  server = await startTestServer();
  other = await startTestServer({ beside: server });
  const maker = await clientOf("underwriter", "underwriting");
  const place = { entity: "acme", brand: "acme", line: "life" } as const;
  const person = { "first-name": "Iris", "last-name": "Ashworth", "birth-date": "1968-04-12" };
  const address = { line1: "7 Ferry Lane", city: "Fargo", region: "ND", postcode: "58102", country: "US" };
  const records = [
    { type: "person", fields: person },
    { type: "address", fields: address },
  ];
  const made = await maker.customers.create({ kind: "person", units: [{ kind: "relationship", ...place, records }] });
  customerId = made.customerId;
});
after(async () => {
  await other!.stop();
  await server!.stop();
});

async function clientOf(role: Role, purpose: Purpose): Promise<Client> {
  const { token } = await server!.createClient({ role, purposes: [purpose] });
  return connect({ url: server!.url, token });
}

/** Signed in with a password and a second factor an hour ago. */
async function staffOf(
  role: Role,
  purpose: Purpose,
): Promise<{ readonly principalId: string; at(url: string): Client }> {
  const { access, signIns } = server!.app.domains;
  const admin = await access.authenticate(server!.admin.token);
  const scope = { purposes: [purpose], groups: [], classCeiling: null, expiresAt: null };
  const reach = { rowScope: "everything-masked", entities: ["acme"], lines: ["life"] } as const;
  const principalId = await access.createStaff({ role, name: "Somebody", ...scope, ...reach }, admin!);
  const { token } = await signIns.sessions.start({
    principalId,
    methods: ["password", "totp"],
    isStrong: true,
    isPhishingResistant: false,
    lifetimeSeconds: 3600,
    idleSeconds: 1800,
    device: "test",
    address: "127.0.0.1",
  });
  return { principalId, at: (url) => connect({ url, token }) };
}

test("a relative's file is shown only after somebody else has looked into it, and then on every server", async () => {
  const officer = await staffOf("compliance", "audit");
  const admin = connect({ url: server!.url, token: server!.admin.token });
  await admin.watch.setProfile(officer.principalId, {
    lastName: "Ashworth",
    street: "7 Ferry Lane",
    postcode: "58102",
  });
  const view = (url: string) => officer.at(url).customers.maskedView(customerId, "audit");
  await assert.rejects(view(server!.url), { status: 403, message: /second person/ });
  const dpo = await clientOf("dpo", "data-subject-request");
  const { items } = await dpo.alerts.list();
  assert.equal(items.length, 1);
  const [alert] = items;
  assert.equal(alert!.principalId, officer.principalId);
  assert.equal(alert!.says, "same surname and address");
  const decision = { decision: "explained", reason: "drawn by lot" } as const;
  await assert.rejects(officer.at(server!.url).alerts.decide(alert!.alertId, decision), { status: 403 });
  await assert.rejects((await clientOf("claims-adjuster", "claim-handling")).alerts.list(), { status: 403 });
  await assert.rejects((await clientOf("internal-auditor", "audit")).watch.canaries.list(), { status: 403 });
  const decided = await dpo.alerts.decide(alert!.alertId, decision);
  assert.equal(decided.decided?.decision, "explained");
  assert.deepEqual((await dpo.alerts.list()).items, []);
  for (const url of [other!.url, server!.url]) assert.equal((await view(url)).customerId, customerId);
  const entry = await (await clientOf("internal-auditor", "audit")).ledger.entry(alert!.evidence[0]!.entryId);
  assert.equal(entry.kind, "masked-view");
});

test("the rules in force can be read, and what they found counted by rule", async () => {
  const dpo = await clientOf("dpo", "data-subject-request");
  const { rules, outcomes, people } = await dpo.watch.rules();
  assert.ok(rules.length > 25 && outcomes["hold"]! > outcomes["ask-reason"]! && people["csr"] !== undefined);
  const metrics = await (await fetch(`${server!.url}/metrics`)).text();
  assert.match(metrics, /uberrima_watch_alerts_total\{rule="same-surname-and-address"\} [1-9]/);
});

test("nothing that was logged names anybody or says where they live", () => {
  const text = [...server!.logged, ...other!.logged].join("\n");
  assert.match(text, /out of the ordinary/);
  assert.doesNotMatch(text, /Ashworth|Ferry Lane|Iris/);
});
