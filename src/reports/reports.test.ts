// The confidential channel: without a name, two-way by a receipt code, in time, and shut to whomever a report concerns.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { reportCategory } from "../../contract/reports.ts";
import { type Client, connect } from "../../sdk/client.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { lineOf } from "../signin/test-people.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { deadlinesOf } from "./deadlines.ts";
import { newReceiptCode, normalizedCode } from "./receipt-code.ts";
import { CATEGORIES } from "./reports.ts";

const TEXT = "Kerstin Blom reads files of her neighbours.";
let server: TestServer;
let anybody: Client;
before(async () => {
  server = await startTestServer();
  anybody = connect({ url: server.url });
});
after(() => server.stop());

async function hire(role: Role) {
  const rules = server.app.domains.access.roles[role];
  const { principalId, token } = await server.createClient({
    role,
    purposes: rules.purposes.slice(0, rules.purposesMax ?? 1),
    rowScope: rules.rowScopes[0] ?? "none",
    ...(rules.rowScopes[0] === "none" ? { entities: [], lines: [] } : {}),
  });
  return { principalId, client: connect({ url: server.url, token }) };
}

const seen = async (client: Client, receivedAt: string) =>
  (await client.reports.list({ limit: 200 })).items.find((one) => one.receivedAt === receivedAt);

test("categories are the contract's", () => assert.deepEqual(reportCategory.options, [...CATEGORIES]));

test("a report goes its way without a name: received, acknowledged, asked back, added to, answered, closed", async () => {
  const { client: dpo } = await hire("dpo");
  const made = await anybody.reports.submit({ category: "privacy", text: TEXT });
  assert.match(made.receiptCode, /^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]$/);
  const { reportId = "" } = (await seen(dpo, made.receivedAt)) ?? {};
  const read = await dpo.reports.read(reportId);
  assert.deepEqual(
    read.messages.map(({ kind, isDesk, text }) => [kind, isDesk, text]),
    [["report", false, TEXT]],
  );
  await assert.rejects(dpo.reports.close(reportId), { code: "wrong-state" });
  await dpo.reports.reply(reportId, { kind: "acknowledgement", text: "We have it." });
  await dpo.reports.reply(reportId, { kind: "question", text: "Since when?" });
  const typed = made.receiptCode.toLowerCase().replaceAll("-", " ");
  await anybody.reports.add(typed, "Since May.");
  await dpo.reports.reply(reportId, { kind: "feedback", text: "It is ended." });
  assert.equal((await dpo.reports.close(reportId)).state, "closed");
  const talk = await anybody.reports.talk(typed);
  assert.deepEqual(
    talk.messages.map(({ kind, isDesk }) => [kind, isDesk]),
    [
      ["report", false],
      ["acknowledgement", true],
      ["question", true],
      ["addition", false],
      ["feedback", true],
    ],
  );
  assert.ok(!JSON.stringify(talk).includes(reportId) && !("concernedIds" in talk.report));
  await assert.rejects(anybody.reports.add(typed, "more"), { code: "wrong-state", status: 409 });
});

test("every reading is an entry in the reader's name, withheld; no word and no code stands in the database, no address in the log", async () => {
  const { client: dpo, principalId } = await hire("dpo");
  const { client: auditor } = await hire("internal-auditor");
  const made = await anybody.reports.submit({ category: "security", text: TEXT });
  const { reportId = "" } = (await seen(dpo, made.receivedAt)) ?? {};
  await dpo.reports.read(reportId);
  const { ledger } = server.app.domains;
  const { items } = await ledger.list({ kinds: ["report"], actorId: principalId }, { limit: 10 }, "cleared");
  assert.equal(items.length, 1);
  assert.equal((await ledger.list({ kinds: ["report"] }, { limit: 10 }, "ordinary")).items.length, 0);
  await assert.rejects(auditor.reports.list(), { status: 403 });
  const rows = await server.database.owner.query<{ row: string }>(
    sql`select r::text || encode(r.content, 'escape') || coalesce(encode(r.lookup, 'escape'), '') as row from authority_row r`,
  );
  const stored = rows.map(({ row }) => row).join("\n");
  const logged = server.logged.join("\n");
  for (const secret of ["Kerstin", made.receiptCode, made.receiptCode.replaceAll("-", "")])
    assert.ok(!stored.includes(secret) && !logged.includes(secret));
  assert.ok(!logged.includes("127.0.0.1:") || !/"(remoteAddress|ip|address)"/.test(logged));
});

test("offices and people it concerns, their other principals, and administrators see neither it nor that it exists", async () => {
  const [dpo, otherDpo, compliance, counsel] = [
    await hire("dpo"),
    await hire("dpo"),
    await hire("compliance"),
    await hire("litigation"),
  ];
  const made = await anybody.reports.submit({ category: "retaliation", text: TEXT, concernedRoles: ["compliance"] });
  const { reportId = "" } = (await seen(dpo.client, made.receivedAt)) ?? {};
  const unknown = { code: "unknown-report", status: 404 };
  assert.equal(await seen(compliance.client, made.receivedAt), undefined);
  await assert.rejects(compliance.client.reports.read(reportId), unknown);
  const same = "4711";
  const admin = connect({ url: server.url, token: server.admin.token });
  const another = await hire("dpo");
  const { access, grants } = server.app.domains;
  for (const { principalId } of [otherDpo, another]) {
    const actor = await access.authenticate(server.admin.token, true);
    await grants.identifyPerson({ principalId, personnelNumber: same }, actor!);
  }
  await dpo.client.reports.shutOut(reportId, [otherDpo.principalId]);
  for (const { client } of [otherDpo, another]) assert.equal(await seen(client, made.receivedAt), undefined);
  for (const attempt of [
    () => otherDpo.client.reports.read(reportId),
    () => otherDpo.client.reports.reply(reportId, { kind: "feedback", text: "nothing" }),
    () => otherDpo.client.reports.shutOut(reportId, [dpo.principalId]),
    () => otherDpo.client.reports.close(reportId),
  ])
    await assert.rejects(attempt(), unknown);
  await assert.rejects(admin.reports.read(reportId), { status: 403 });
  assert.equal((await counsel.client.reports.read(reportId)).messages[0]?.text, TEXT);
});

test("those above and below in the line of whom it concerns see neither it nor that it exists", async () => {
  const [chief, head, accused, junior] = await lineOf(server, ["dpo", "dpo", "dpo", "dpo"]);
  const { client: stranger } = await hire("dpo");
  const made = await anybody.reports.submit({ category: "privacy", text: TEXT });
  const { reportId = "" } = (await seen(stranger, made.receivedAt)) ?? {};
  assert.ok((await seen(head.client, made.receivedAt)) !== undefined, "until somebody says whom it concerns");
  await stranger.reports.shutOut(reportId, [accused.staffId]);
  for (const { client } of [chief, head, accused, junior]) {
    assert.equal(await seen(client, made.receivedAt), undefined);
    await assert.rejects(client.reports.read(reportId), { code: "unknown-report", status: 404 });
    await assert.rejects(client.reports.close(reportId), { code: "unknown-report", status: 404 });
  }
  assert.equal((await stranger.reports.read(reportId)).messages[0]?.text, TEXT);
});

test("a report that is kept from all who may read it is not taken, and these are whom the rights name", async () => {
  const { roles } = server.app.domains.access;
  const designated = (Object.keys(roles) as Role[]).filter((role) =>
    server.app.domains.access.may({ kind: "client", role, purposes: [] }, "report.read"),
  );
  await assert.rejects(anybody.reports.submit({ category: "other", text: "x", concernedRoles: designated }), {
    code: "nobody-left",
    status: 422,
  });
});

test("a code that is none, and one of nobody, are answered alike; so many an hour are asked of one address", async () => {
  const unknown = { code: "unknown-receipt", status: 404 };
  await assert.rejects(anybody.reports.talk(newReceiptCode()), unknown);
  await assert.rejects(anybody.reports.talk("U".repeat(26)), unknown);
  assert.equal(normalizedCode(` 0o1-Il2 ${"A".repeat(20)}`)?.slice(0, 6), "001112");
  let refused = 0;
  for (let at = 0; at < 40; at += 1)
    await anybody.reports.submit({ category: "other", text: "x" }).catch((error: { status?: number }) => {
      assert.equal(error.status, 429);
      refused += 1;
    });
  assert.ok(refused >= 10);
});

test("seven days and three months, over month ends, leap years and changes of the hour", () => {
  const by = (received: string, acknowledged: string | null) => {
    const { acknowledgeBy, feedbackBy } = deadlinesOf(
      new Date(received),
      acknowledged === null ? null : new Date(acknowledged),
    );
    return [acknowledgeBy.toISOString(), feedbackBy.toISOString()];
  };
  assert.deepEqual(by("2026-11-29T13:00:00Z", null), ["2026-12-06T13:00:00.000Z", "2027-03-06T13:00:00.000Z"]);
  assert.deepEqual(by("2026-11-25T13:00:00Z", "2026-11-30T09:00:00Z"), [
    "2026-12-02T13:00:00.000Z",
    "2027-02-28T09:00:00.000Z",
  ]);
  assert.deepEqual(by("2027-11-25T13:00:00Z", "2027-11-30T09:00:00Z"), [
    "2027-12-02T13:00:00.000Z",
    "2028-02-29T09:00:00.000Z",
  ]);
  assert.deepEqual(by("2026-03-25T01:30:00Z", null), ["2026-04-01T01:30:00.000Z", "2026-07-01T01:30:00.000Z"]);
});
