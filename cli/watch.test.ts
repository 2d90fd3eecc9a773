// What a reviewer does on the command line: reads the rules, the queue and an alert, decides it, and has ceilings widened by two.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect } from "../sdk/client.ts";
import { startTestServer, type TestServer } from "../src/test-server.ts";
import { type CliRun, runCli } from "./test-cli.ts";

let server: TestServer;
let dpo: string;
let security: string;
before(async () => {
  server = await startTestServer();
  dpo = (await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token;
  const none = { rowScope: "none", entities: [], lines: [] } as const;
  security = (await server.createClient({ role: "security-admin", purposes: ["incident-response"], ...none })).token;
});
after(() => server.stop());

async function run(token: string, ...args: string[]): Promise<CliRun> {
  const done = await runCli(args, { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: token });
  assert.equal(done.code, 0, done.errors);
  return done;
}

test("the rules are readable as a table, and as JSON", async () => {
  const { output } = await run(dpo, "watch", "rules");
  assert.match(output, /hold +from 100 points/);
  assert.match(output, /same-surname-and-address +80 +60/);
  assert.match(output, /over-own-habit .*times 2\.8/);
  const shown = JSON.parse((await run(dpo, "watch", "rules", "--json")).output) as { readonly rules: object[] };
  assert.ok(shown.rules.length > 25);
});

test("an alert is listed, shown with its evidence, and decided", async () => {
  const entryId = await openCanary();
  const alertId = await untilListed(entryId);
  const { output } = await run(dpo, "alert", "show", alertId);
  assert.ok(output.includes(entryId));
  assert.match(output, /decision +none yet/);
  await run(dpo, "alert", "decide", alertId, "--decision", "escalated", "--reason", "incident 2026-7");
  assert.ok(!(await run(dpo, "alert", "list")).output.includes(alertId));
  assert.ok((await run(dpo, "alert", "list", "--decided")).output.includes(alertId));
});

test("ceilings are widened by two people, and by nobody alone", async () => {
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const asked = ["watch", "catastrophe", "request", "--role", "csr", "--until", until, "--reason", "hail", "--json"];
  const { catastropheId } = JSON.parse((await run(security, ...asked)).output) as { readonly catastropheId: string };
  const alone = await runCli(["watch", "catastrophe", "approve", catastropheId], {
    UBERRIMA_URL: server.url,
    UBERRIMA_TOKEN: security,
  });
  assert.equal(alone.code, 1);
  await run(dpo, "watch", "catastrophe", "approve", catastropheId);
  assert.match((await run(dpo, "watch", "catastrophe", "list")).output, /in force/);
  await run(security, "watch", "catastrophe", "end", catastropheId);
  assert.doesNotMatch((await run(dpo, "watch", "catastrophe", "list")).output, /in force/);
});

async function openCanary(): Promise<string> {
  const maker = connect({
    url: server.url,
    token: (await server.createClient({ role: "underwriter", purposes: ["underwriting"] })).token,
  });
  const adjuster = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const place = { kind: "relationship", entity: "acme", brand: "acme", line: "life" } as const;
  const records = [{ type: "person", fields: { "last-name": "Marsh" } }];
  const { customerId } = await maker.customers.create({ kind: "person", units: [{ ...place, records }] });
  const admin = connect({ url: server.url, token: server.admin.token });
  await admin.assignments.create({ customerId, clientId: adjuster.principalId, kind: "claim" });
  await connect({ url: server.url, token: dpo }).watch.canaries.mark({ customerId });
  const { disclosureId } = await connect({ url: server.url, token: adjuster.token }).disclose({
    customerId,
    purpose: "claim-handling",
    fields: ["person.last-name"],
  });
  return disclosureId;
}

/** The follower of the ledger comes by every two seconds. */
async function untilListed(entryId: string): Promise<string> {
  const { alerts } = connect({ url: server.url, token: dpo });
  for (let poll = 0; poll < 2000; poll += 1) {
    const { items } = await alerts.list();
    const found = items.find(({ evidence }) => evidence.some((one) => one.entryId === entryId));
    if (found !== undefined) return found.alertId;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  return assert.fail("the opening of a canary came to no alert");
}
