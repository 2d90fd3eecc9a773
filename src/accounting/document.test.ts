// Lists as documents: the very lines of the list, in every form and language, and to nobody else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Uuid } from "../kernel/bytes.ts";
import { textOf as textOfPdf } from "../letters/test-printed-text.ts";
import type { TestPortal } from "../portal/test-portal.ts";
import { loadAccountingWords } from "./accounting.ts";
import { allOf, ids, type Look, openTestAccounting, type TestAccounting } from "./test-accounting.ts";

let accounting: TestAccounting;
let bench: TestPortal;
before(async () => {
  accounting = await openTestAccounting();
  ({ bench } = accounting);
});
after(() => bench?.close());

test("each law's document says the lines of its list, which are the ledger read as the law says, in every form and language", async () => {
  const { customerId } = await bench.customer();
  const looks: Look[] = [
    { customerId },
    { customerId, recipientType: "law-enforcement", purpose: "statutory-reporting" },
    { customerId, recipientType: "service-provider", purpose: "vendor-processing" },
    { customerId, role: "tpa", purpose: "claim-handling" },
    { customerId, recipientType: "court", purpose: "legal-demand", withheld: true },
    ...Array.from({ length: 230 }, (): Look => ({ customerId, recipientType: "court", purpose: "litigation" })),
  ];
  const written = await accounting.write(...looks);
  const hidden = written[4] ?? "";
  const self = await accounting.sessionOf(customerId);
  const { server } = bench;
  const office = await server.createClient({ role: "dpo", purposes: ["data-subject-request"] });
  const textOf = async (fetched: Promise<Response>) => Buffer.from(await (await fetched).arrayBuffer());
  for (const law of ["hipaa", "gdpr", "naic-670", "timeline"] as const) {
    const expected = ids((await allOf(self, { law, limit: 200 })).items);
    const machine = JSON.parse(String(await textOf(self.portal.accounting.document("json", { law }))));
    assert.equal(machine.law, law);
    assert.deepEqual(ids(machine.lines), expected, law);
    const byStaff = bench.as(office.token).ledger.accountingDocument(customerId, "json", { law });
    assert.deepEqual(ids(JSON.parse(String(await textOf(byStaff))).lines), expected, `${law}, sent by staff`);
    const table = String(await textOf(self.portal.accounting.document("csv", { law }))).trimEnd();
    const rows = table.split("\r\n").slice(1);
    assert.equal(rows.length, expected.length);
    for (const [at, entryId] of expected.entries()) assert.ok(rows[at]?.includes(entryId), law);
    for (const language of ["en", "es", "de"] as const) {
      const page = String(await textOf(self.portal.accounting.document("html", { law, language })));
      const found = [...page.matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].map(([id]) => id);
      assert.deepEqual(
        found.filter((id) => id !== customerId),
        expected,
      );
      assert.match(page, new RegExp(`<html lang="${language}">`));
      assert.ok(!page.includes(hidden));
    }
    const paper = textOfPdf(await textOf(self.portal.accounting.document("pdf", { law, language: "de" })));
    const printed = paper.replaceAll("\n", " ");
    for (const entryId of expected) assert.ok(printed.includes(entryId), law);
    assert.ok(!printed.includes(hidden));
  }
});

test("a document is in the reader's language and says when, to whom, what and why; each is an entry, and nobody has another's", async () => {
  const [person, other] = [await bench.customer(), await bench.customer()];
  const look: Look = { customerId: person.customerId, recipientType: "court", purpose: "litigation" };
  await accounting.write(look);
  const self = await accounting.sessionOf(person.customerId);
  const page = await (await self.portal.accounting.document("html", { law: "naic-670", language: "de" })).text();
  for (const said of [
    "Empfänger Ihrer Angaben (Versicherungsrecht)",
    "Ein Gericht",
    "Wer Sie sind",
    "für einen Rechtsstreit",
  ])
    assert.ok(page.includes(said), said);
  const answer = await self.portal.accounting.document("pdf", { law: "naic-670" });
  assert.equal(answer.headers.get("content-type"), "application/octet-stream");
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment; filename="accounting-naic-670-.*\.pdf"$/);
  await answer.arrayBuffer();
  const refused = { code: "unknown-list", status: 404 };
  const { customerId } = other;
  await assert.rejects(self.portal.accounting.document("csv", { customerId }), refused);
  const clerk = await bench.server.createClient({ role: "csr", purposes: ["policy-servicing"] });
  await assert.rejects(bench.as(clerk.token).ledger.accountingDocument(customerId, "csv"), { status: 403 });
  const { ledger } = bench.server.app.domains;
  const read = async (of: Uuid) =>
    (await ledger.accountingOpened(of, { kinds: ["accounting-read"] }, { limit: 10 }, "cleared")).items.map(
      ({ outcome, detail }) => [outcome, detail["document"] ?? null],
    );
  assert.deepEqual(await read(person.customerId), [
    ["allowed", "pdf"],
    ["allowed", "html"],
  ]);
  assert.deepEqual(
    (await read(customerId)).map(([outcome]) => outcome),
    ["denied", "denied"],
  );
});

test("paper and pages call purposes and recipients by the same words", () => {
  const words = loadAccountingWords(join(import.meta.dirname, "..", "..", "governance", "portal"));
  for (const language of ["en", "es", "de"] as const) {
    const folder = join(import.meta.dirname, "..", "..", "console", "messages", language);
    const pages = JSON.parse(readFileSync(join(folder, "portal-timeline.json"), "utf8"));
    for (const part of ["purposes", "recipients"] as const) {
      const said = Object.entries(words[part]).map(([name, one]) => [name, one[language]]);
      assert.deepEqual(Object.fromEntries(said), pages[part], `${language} ${part}`);
    }
  }
});
