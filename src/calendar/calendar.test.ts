// Deadlines in one's own calendar: by a secret link, without personal data, ended at once, and never more than its owner may see.
import assert from "node:assert/strict";
import { sealedPaper } from "../documents/test-paper.ts";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer, type TestServer } from "../test-server.ts";
import { COURT_ORDER } from "../demands/test-court-order.ts";

let server: TestServer;
let dpo: { readonly client: Client; readonly principalId: string };
before(async () => {
  server = await startTestServer();
  const made = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  dpo = { client: connect({ url: server.url, token: made.token }), principalId: made.principalId };
});
after(() => server.stop());

async function fetched(
  url: string | null,
): Promise<{ readonly status: number; readonly text: string; readonly type: string }> {
  const answer = await fetch(new URL(new URL(url ?? "").pathname, server.url));
  return { status: answer.status, text: await answer.text(), type: answer.headers.get("content-type") ?? "" };
}

test("what falls due stands in the feed, by kind and time alone", async () => {
  const { category, acknowledgeBy } = await connect({ url: server.url }).reports.submit({
    category: "privacy",
    text: "Ola Berg",
  });
  const { url } = await dpo.client.me.makeCalendar({ language: "de" });
  const { status, text, type } = await fetched(url);
  assert.deepEqual([status, type.split(";")[0]], [200, "text/calendar"]);
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  assert.equal(lines[0], "BEGIN:VCALENDAR");
  assert.ok(lines.includes("SUMMARY:Vertrauliche Meldung: Antwort fällig"));
  assert.ok(lines.includes(`DTSTART:${stampOf(acknowledgeBy)}`), text);
  assert.ok(!text.includes("Berg") && !text.includes(category) && !/[0-9a-f]{8}-[0-9a-f]{4}-/.test(text));
});

/** As it stands in a feed. */
const stampOf = (at: string): string => at.replaceAll(/[-:]|\.\d+/g, "");

/** Each event's words and when it begins. */
function eventsOf(feed: string): (readonly [summary: string, start: string])[] {
  return feed
    .replaceAll("\r\n ", "")
    .split("BEGIN:VEVENT")
    .slice(1)
    .map((event) => [/SUMMARY:(.*)\r/.exec(event)?.[1] ?? "", /DTSTART:(.*)\r/.exec(event)?.[1] ?? ""]);
}

test("a customer's request stands in it by the day of its law and a legal demand by its own, for whoever works on them, and nobody's name", async () => {
  const maker = await server.createClient({ role: "underwriter", purposes: ["underwriting"] });
  const records = [{ type: "person", fields: { "first-name": "Ola", "last-name": "Berg" } }];
  const made = await connect({ url: server.url, token: maker.token }).customers.create({
    kind: "person",
    units: [{ kind: "relationship", entity: "acme", brand: "acme", line: "auto", records }],
  });
  const { customerId } = made;
  const recordId = await sealedPaper(server.app.domains.documents, customerId);
  const place = { country: "DE", state: null };
  const { requestId } = await dpo.client.rights.file(customerId, { kind: "access", place });
  const waiting = (await dpo.client.work.list()).waiting.find(({ id }) => id === requestId);
  const dueAt = new Date(Date.now() + 9 * 86_400_000).toISOString();
  const clerk = await server.createClient({ role: "litigation", purposes: ["litigation"] });
  const counsel = connect({ url: server.url, token: clerk.token });
  const { demandId } = await counsel.demands.takeIn({
    ...COURT_ORDER,
    receivedAt: new Date().toISOString(),
    dueAt,
    document: { customerId, recordId },
    named: [{ customerId, classes: ["identity"] }],
  });
  const feeds = await Promise.all(
    [dpo.client, counsel].map(async ({ me }) => (await fetched((await me.makeCalendar({ language: "en" })).url)).text),
  );
  const [office = "", legal = ""] = feeds;
  const has = (feed: string, summary: string, at: string): boolean =>
    eventsOf(feed).some(([words, start]) => words === summary && start === stampOf(at));
  assert.ok(has(office, "Customer's request due", waiting?.dueAt ?? ""), office);
  assert.ok(has(legal, "Legal demand: a day is due", dueAt), legal);
  assert.ok(!eventsOf(legal).some(([words]) => words.includes("request")), "each what they may see");
  for (const feed of feeds)
    for (const secret of ["Berg", "Kings", "2026-114", customerId, requestId, demandId])
      assert.ok(!feed.includes(secret), secret);
});

test("another link ends the one before, and an ended one is as none; the secret stands nowhere", async () => {
  const first = await dpo.client.me.makeCalendar({ language: "en" });
  const second = await dpo.client.me.makeCalendar({ language: "en" });
  assert.equal((await fetched(first.url)).status, 404);
  assert.equal((await fetched(second.url)).status, 200);
  assert.notEqual((await dpo.client.me.calendar()).madeAt, null);
  const secret = new URL(second.url ?? "").pathname.split("/").at(-1) ?? "";
  const rows = await server.database.owner.query<{ row: string }>(
    sql`select coalesce(encode(lookup, 'escape'), '') || encode(content, 'escape') as row from authority_row`,
  );
  assert.ok(!rows.some(({ row }) => row.includes(secret)) && !server.logged.join("\n").includes(secret));
  await dpo.client.me.endCalendar();
  assert.equal((await fetched(second.url)).status, 404);
  assert.equal((await dpo.client.me.calendar()).madeAt, null);
  assert.equal((await fetched(`${server.url}/v1/calendar/${"A".repeat(43)}`)).status, 404);
});

test("of somebody suspended there is none, and nobody sees what their rights do not show", async () => {
  const adjuster = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const { url } = await connect({ url: server.url, token: adjuster.token }).me.makeCalendar({ language: "en" });
  assert.ok(!(await fetched(url)).text.includes("VEVENT"));
  const admin = connect({ url: server.url, token: server.admin.token });
  await admin.clients.change(adjuster.principalId, { status: "suspended" });
  assert.equal((await fetched(url)).status, 404);
});
