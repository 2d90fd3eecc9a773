// Deadlines in one's own calendar: by a secret link, without personal data, ended at once, and never more than its owner may see.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type Client, connect } from "../../sdk/client.ts";
import { sql } from "../postgres/sql.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

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
  const stamp = acknowledgeBy.replaceAll(/[-:]|\.\d+/g, "");
  assert.ok(lines.includes(`DTSTART:${stamp}`), text);
  assert.ok(!text.includes("Berg") && !text.includes(category) && !/[0-9a-f]{8}-[0-9a-f]{4}-/.test(text));
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
