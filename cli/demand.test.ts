// Legal demands on the command line: taken in, told later, narrowed, checked, approved by two others, produced and listed, objected to, closed.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type DemandsBench, openDemandsBench } from "../src/demands/test-demands.ts";
import { type CliRun, runCli } from "./test-cli.ts";

let bench: DemandsBench;
before(async () => (bench = await openDemandsBench()));
after(() => bench.close());

async function run(token: string, ...args: string[]): Promise<CliRun> {
  const done = await runCli(["demand", ...args], { UBERRIMA_URL: bench.server.url, UBERRIMA_TOKEN: token });
  assert.equal(done.code, 0, done.errors);
  return done;
}

test("a demand goes from intake to its end on the command line", async () => {
  const { customerId, recordIds, ask } = await bench.scene();
  const { clerk, compliance, dpo } = bench;
  const sender = ["--issuer", "District Court", "--reference", "2026-501", "--jurisdiction", "US-NY"];
  const named = ["--customer", customerId, "--class", "identity", "underwriting"];
  const scan = ["--document", recordIds.get("document")!];
  const process = ["--kind", "court-order", "--recipient", "court", "--received", "2026-01-05"];
  const taken = await run(clerk.token, "take-in", ...process, ...sender, ...named, ...scan, "--json");
  const { demandId, checks } = JSON.parse(taken.output) as { demandId: string; checks: { id: string }[] };
  for (const { id } of checks) await run(clerk.token, "check", demandId, id, "--answer", "met");
  const until = new Date(bench.now().getTime() + 10 * 86_400_000).toISOString();
  await run(clerk.token, "notice", demandId, "--mode", "delayed", "--ground", "agency-statement", "--until", until);
  await run(clerk.token, "narrow", demandId, "--customer", customerId, "--class", "identity");
  for (const { token } of [compliance, dpo]) await run(token, "approve", demandId);
  const { disclosureId } = await ask(["person.last-name"]);
  const { output } = await run(clerk.token, "productions", demandId);
  assert.match(output, new RegExp(`${disclosureId}.*identity +true`));
  await run(clerk.token, "object", demandId, "--ground", "overbroad");
  assert.match((await run(clerk.token, "show", demandId)).output, /state +objected/);
  await run(clerk.token, "settle", demandId, "--outcome", "overruled");
  await run(clerk.token, "close", demandId, "--how", "refused");
  assert.match((await run(clerk.token, "list", "--state", "closed")).output, new RegExp(demandId));
});
