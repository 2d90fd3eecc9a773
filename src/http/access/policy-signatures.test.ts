// Guarantee: what waits for an officer's signature is told with what waits for it, and a signature is written, read at the next start and recorded.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { runCli } from "../../../cli/test-cli.ts";
import { connect } from "../../../sdk/client.ts";
import { governanceWith, type TestGovernance } from "../../test-governance.ts";
import { startTestServer, type TestServer } from "../../test-server.ts";

let governance: TestGovernance;
let server: TestServer;
before(async () => {
  governance = await governanceWith("policies/signed.yaml", "signed: []", "signed: []");
  server = await startTestServer({ settings: governance.settings });
});
after(async () => {
  await server?.stop();
  await governance?.remove();
});

const NOTE = 'Read 15 USC 1681s-2 as of today: our agency "A" only';

async function as(role: "compliance" | "internal-auditor" | "claims-adjuster") {
  const purposes = role === "claims-adjuster" ? (["claim-handling"] as const) : (["audit"] as const);
  const rowScope = role === "compliance" ? "everything-masked" : "assignments";
  const { token } = await server.createClient({ role, rowScope, purposes });
  return { token, client: connect({ url: server.url, token }) };
}

function cli(token: string, ...args: readonly string[]) {
  return runCli(["policy", ...args], { UBERRIMA_URL: server.url, UBERRIMA_TOKEN: token, ...governance.settings });
}

test("every permit that waits is told with its source, the flows that it holds up and the entry that would sign it; to nobody without the right", async () => {
  const { client } = await as("internal-auditor");
  const { waiting, signed, signAs, signers } = await client.policies.signatures();
  assert.deepEqual([signed, signAs, signers], [[], null, ["compliance", "dpo"]]);
  const heldUp = Object.fromEntries(waiting.map(({ id, flows }) => [id, flows.map(({ flow }) => flow)]));
  assert.deepEqual(
    Object.entries(heldUp).filter(([, flows]) => flows.length > 0),
    [
      ["send/insurer", ["claim-search-report", "subrogation"]],
      ["send/loss-history", ["loss-history-report"]],
      ["send/reinsurer-tokens", ["reinsurance-bordereau"]],
      ["send/reinsurer-narrative", ["reinsurance-bordereau"]],
      ["send/requested-transaction", ["reinsurance-bordereau"]],
    ],
  );
  const history = waiting.find(({ id }) => id === "send/loss-history");
  assert.deepEqual(history?.recipients, ["consumer-reporting-agency"]);
  assert.deepEqual([history?.confirmed, history?.inForce], ["none", false]);
  assert.match(history?.entry ?? "", /^ {2}- policy: send\/loss-history\n {4}role: compliance\n {4}date: \d{4}-/);
  const guardian = waiting.find(({ id }) => id === "dependant-policyholder/guardian");
  assert.deepEqual([guardian?.role, guardian?.flows], ["dependant-policyholder", []]);
  await assert.rejects((await as("claims-adjuster")).client.policies.signatures(), { code: "not-permitted" });
});

test("what holds a flow up is worked out once, since nobody else is answered meanwhile", () => {
  const { packages, gate } = server.app.domains;
  const [flow] = packages.flows();
  assert.ok(flow !== undefined);
  assert.equal(gate.waitsFor(flow), gate.waitsFor(structuredClone(flow)));
});

test("a signature from the command line keeps the rest of the file, counts from the next start, and is told by the entry of that start", async () => {
  const file = join(governance.settings.UBERRIMA_GOVERNANCE, "policies/signed.yaml");
  const unsigned = await readFile(file, "utf8");
  const officer = await as("compliance");
  const listed = await cli(officer.token, "waiting");
  assert.match(listed.output, /send\/loss-history\n[^]*waited for by +flow loss-history-report\n/);
  for (const [token, args, refused] of [
    [(await as("internal-auditor")).token, ["sign", "send/loss-history", "--note", NOTE], /only compliance or dpo/],
    [officer.token, ["sign", "send/service-provider", "--note", NOTE], /is not a permit that waits/],
    [officer.token, ["sign", "send/loss-history", "--note", "read"], /in 10 to 1000 characters/],
    [officer.token, ["sign", "send/loss-history", "--note", NOTE, "--date", "2999-01-01"], /has come/],
  ] as const) {
    const { code, errors } = await cli(token, ...args);
    assert.notEqual(code, 0);
    assert.match(errors, refused);
  }
  assert.equal(await readFile(file, "utf8"), unsigned, "a refusal writes nothing");
  const done = await cli(officer.token, "sign", "send/loss-history", "--note", NOTE, "--date", "2026-11-02");
  assert.equal(done.code, 0, done.errors);
  const written = await readFile(file, "utf8");
  assert.ok(written.startsWith(unsigned.slice(0, unsigned.indexOf("signed: []"))));
  const twice = await cli(officer.token, "sign", "send/loss-history", "--note", NOTE);
  assert.match(twice.errors, /is signed in .* already/);

  const next = await startTestServer({ settings: governance.settings, beside: server });
  try {
    const client = connect({ url: next.url, token: officer.token });
    const signature = { policy: "send/loss-history", role: "compliance", date: "2026-11-02", note: NOTE };
    const { waiting, signed, signAs } = await client.policies.signatures();
    assert.deepEqual([signed, signAs], [[signature], "compliance"]);
    assert.ok(!waiting.some(({ id }) => id === "send/loss-history"));
    const { items } = await client.ledger.entries({ kind: "policy-set" });
    const { detail } = await client.ledger.opening(items[0]?.entryId ?? "", "audit");
    assert.deepEqual((JSON.parse(detail) as { readonly signed: unknown }).signed, [signature]);
  } finally {
    await next.stop();
  }
});
