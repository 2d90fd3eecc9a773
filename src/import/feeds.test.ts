// The shipped mappings on the real feeds, compared with counts and sums that are taken from the files without them.
import assert from "node:assert/strict";
import { createReadStream, existsSync, readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { mappingOf, MAPPINGS_FOLDER, registry, SMALL } from "./mapping-fixture.ts";
import { loadMappings } from "./mapping-folder.ts";
import { draftRow } from "./mapping-row.ts";
import { addDraft, type ControlTotals, KeyCounter, NO_TOTALS } from "./mapping-totals.ts";
import type { Mapping } from "./mapping.ts";
import { readFeedHeader, readFeedRows } from "./parse.ts";
import type { Reject, RowDraft } from "./row-draft.ts";

const FOLDER = new URL("../../../shared/data/life-insurance/", import.meta.url);
const skip = existsSync(FOLDER) ? false : "the shared sample data are not here";
const pathOf = (name: string): string => fileURLToPath(new URL(name, FOLDER));
const POLICIES = "syntheticlife-policy-data.csv";
const CLAIMS = "syntheticlife-claim-data.csv";

interface Result {
  readonly drafts: readonly RowDraft[];
  readonly rejects: readonly Reject[];
  readonly totals: ControlTotals;
}

function mapping(name: string): Mapping {
  const found = loadMappings(MAPPINGS_FOLDER, registry).get(name);
  assert.ok(found);
  return found;
}

const read = new Map<string, Promise<Result>>();
after(() => read.clear());

/** Each file is read once by each mapping: ten thousand rows take seconds. */
function readFeed(name: string, used: Mapping): Promise<Result> {
  const key = `${used.name}/${name}`;
  const reading = read.get(key) ?? readWhole(name, used);
  read.set(key, reading);
  return reading;
}

async function readWhole(name: string, used: Mapping): Promise<Result> {
  const header = await readFeedHeader(createReadStream(pathOf(name)), used);
  const drafts: RowDraft[] = [];
  const rejects: Reject[] = [];
  let totals = NO_TOTALS;
  for await (const item of readFeedRows(createReadStream(pathOf(name), { start: header.rows.byte }), used, header)) {
    assert.equal(item.kind, "row");
    const result = item.kind === "row" ? draftRow(used, item) : null;
    if (result?.ok === false) rejects.push(...result.rejects);
    if (result?.ok !== true) continue;
    drafts.push(result.draft);
    totals = addDraft(totals, used, result.draft);
  }
  return { drafts, rejects, totals };
}

/** The file's rows, cut apart without any of our code: these two have no quotes. */
function rawRows(name: string): Record<string, string>[] {
  const [header = "", ...lines] = readFileSync(pathOf(name), "utf8").trimEnd().split("\r\n");
  const columns = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((text, at) => [columns[at] ?? "", text])));
}

function sumOfCents(rows: readonly Record<string, string>[], column: string): string {
  const cents = rows.reduce((sum, row) => sum + BigInt(Math.round(Number(row[column]) * 100)), 0n);
  return `${cents / 100n}.${String(cents % 100n).padStart(2, "0")}`;
}

function value(draft: RowDraft | undefined, path: string): string | undefined {
  const [type, name = ""] = path.split(".");
  return draft?.records.find((record) => record.type === type)?.fields[name]?.normalised;
}

function customerKey(draft: RowDraft): string {
  assert.ok(draft.customer.by === "key");
  return draft.customer.key.key;
}

test("the policy feed comes in whole: rows, customers and sums match the file", { skip }, async () => {
  const raw = rawRows(POLICIES);
  const { drafts, rejects, totals } = await readFeed(POLICIES, mapping("life-policy"));
  assert.deepEqual(rejects, []);
  assert.equal(totals.rows, 10_138);
  const customers = new KeyCounter();
  for (const draft of drafts) customers.add(customerKey(draft));
  assert.equal(customers.count, 8_889);
  const columns = {
    "annual-premium": "yearlypremium",
    "monthly-premium": "monthlypremium",
    "sum-assured": "sumassured",
    "premium-paid": "premiumpaidtilldate",
    commission: "agentcommision",
    "commission-paid": "commisionpaidtilldate",
  };
  const expected = Object.entries(columns).map(([name, column]) => [`${name}:USD`, sumOfCents(raw, column)]);
  assert.deepEqual(totals.sums, Object.fromEntries(expected));
});

test("every date of the policy feed is the one that the file means", { skip }, async () => {
  const raw = rawRows(POLICIES);
  const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
  drafts.forEach((draft, at) => {
    const row = raw[at] ?? {};
    assert.equal(value(draft, "person.birth-date"), row["customerdob"]?.replaceAll("/", "-"));
    assert.equal(value(draft, "policy.effective-date"), row["policyeffectivedate"]?.replaceAll("/", "-"));
    assert.equal(value(draft, "policy.quotation-date"), row["policyquotationdate"]);
    assert.equal(value(draft, "policy.expiry-date"), row["policyterminationdate"]);
    assert.equal(draft.updatedAt, row["lastupdated"]?.replace(/^(..)\/(..)\/(....) /, "$3-$2-$1T"));
  });
});

test("the money column with a date's name is read as money", { skip }, async () => {
  const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
  for (const draft of drafts) assert.match(value(draft, "policy.premium-paid-to-date") ?? "", /^USD \d+\.\d\d$/);
});

test(
  "the insured who were under 18 when their policy took effect carry the day they come of age",
  { skip },
  async () => {
    const raw = rawRows(POLICIES);
    const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
    const minors = drafts.filter((draft) => draft.minorUntil !== undefined);
    assert.equal(minors.length, 629);
    assert.equal(minors.length, raw.filter((row) => Number(row["issueage"]) < 18).length);
    for (const draft of minors) {
      const birth = value(draft, "person.birth-date") ?? "";
      assert.equal(Number(draft.minorUntil?.slice(0, 4)) - Number(birth.slice(0, 4)), 18);
    }
  },
);

test("the number that two customers share stays with both, and no two policies share a key", { skip }, async () => {
  const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
  const holders = Map.groupBy(drafts, (draft) => value(draft, "government-id.ssn"));
  const shared = [...holders.values()].filter((rows) => new Set(rows.map(customerKey)).size > 1);
  assert.deepEqual(
    shared.map((rows) => new Set(rows.map(customerKey)).size),
    [2],
  );
  const policies = new Set(drafts.map((draft) => draft.units.find((unit) => unit.kind === "policy")?.key?.key));
  assert.equal(policies.size, drafts.length);
});

test("a customer's policies say the same of the person, so that they become one customer", { skip }, async () => {
  const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
  for (const rows of Map.groupBy(drafts, customerKey).values()) {
    const people = rows.map((draft) =>
      JSON.stringify(draft.records.filter((record) => record.unit === "relationship")),
    );
    assert.equal(new Set(people).size, 1);
  }
});

test("every claim comes in and joins a policy, with sums that match the file", { skip }, async () => {
  const raw = rawRows(CLAIMS);
  const { drafts, rejects, totals } = await readFeed(CLAIMS, mapping("life-claim"));
  assert.deepEqual(rejects, []);
  assert.equal(totals.rows, 2_812);
  const policies = await readFeed(POLICIES, mapping("life-policy"));
  const keys = new Set(policies.drafts.flatMap((draft) => draft.units.map((unit) => JSON.stringify(unit.key))));
  for (const draft of drafts) assert.ok(draft.customer.by === "unit" && keys.has(JSON.stringify(draft.customer.unit)));
  assert.deepEqual(totals.sums, {
    "amount-claimed:USD": sumOfCents(raw, "claimamount"),
    "amount-paid:USD": sumOfCents(
      raw.filter((row) => row["paidamount"] !== ""),
      "paidamount",
    ),
  });
});

test("the claims' dates, month first unlike all others, are the ones that the file means", { skip }, async () => {
  const raw = rawRows(CLAIMS);
  const { drafts } = await readFeed(CLAIMS, mapping("life-claim"));
  const iso = (text: string | undefined): string | undefined =>
    text ? text.replace(/^(..)\/(..)\/(....)$/, "$3-$1-$2") : undefined;
  drafts.forEach((draft, at) => {
    assert.equal(value(draft, "claim.reported-on"), iso(raw[at]?.["claimsreporteddate"]));
    assert.equal(value(draft, "claim.paid-on"), iso(raw[at]?.["paymentdate"]));
    assert.equal(value(draft, "claim.adjudicated-on"), iso(raw[at]?.["adjudicationdate"]));
  });
});

test("a suspicion of fraud stands in the investigation record alone, which every claim has", { skip }, async () => {
  const raw = rawRows(CLAIMS);
  const { drafts } = await readFeed(CLAIMS, mapping("life-claim"));
  const suspected = drafts.filter((draft) => value(draft, "investigation.fraud-referral") === "open");
  assert.equal(suspected.length, raw.filter((row) => row["adjudicationstatus"] === "FI").length);
  for (const draft of drafts) {
    assert.notEqual(value(draft, "investigation.fraud-referral"), undefined);
    const others = JSON.stringify(draft.records.filter((record) => record.type !== "investigation"));
    assert.doesNotMatch(others, /"FI"|fraud/i);
  }
  const states = (rows: readonly RowDraft[]) => new Set(rows.map((draft) => value(draft, "claim.adjudication-status")));
  assert.deepEqual([...states(suspected)], ["in-process"]);
});

test("the customer masters come in by their source systems, minors among them", { skip }, async () => {
  const counts: Record<string, number> = {};
  for (const name of ["A01_entitymatch_day1", "A01_entitymatch_day2", "C25_entitymatch_day1", "F15_entitymatch_day1"]) {
    const file = `customer_${name}.csv`;
    const { drafts, rejects } = await readFeed(file, mapping("customer-master"));
    assert.deepEqual(rejects, []);
    // A row a line; the last of these files has no line end.
    assert.equal(drafts.length, readFileSync(pathOf(file), "utf8").trimEnd().split("\n").length - 1);
    for (const draft of drafts) {
      assert.ok(draft.customer.by === "key");
      counts[draft.customer.key.system] = (counts[draft.customer.key.system] ?? 0) + 1;
      assert.equal(draft.minorUntil !== undefined, (value(draft, "person.birth-date") ?? "") > "2005-07-06");
    }
  }
  assert.deepEqual(counts, { "master-a01": 16, "master-c25": 9, "master-f15": 3 });
});

test("a run that resumes in the middle of the policy feed sees the rest and nothing twice", { skip }, async () => {
  const used = mapping("life-policy");
  const header = await readFeedHeader(createReadStream(pathOf(POLICIES)), used);
  const all = await Array.fromAsync(
    readFeedRows(createReadStream(pathOf(POLICIES), { start: header.rows.byte }), used, header),
  );
  const middle = all[5_000];
  assert.ok(middle);
  const from = { byte: middle.endByte, line: middle.nextLine };
  const rest = await Array.fromAsync(
    readFeedRows(createReadStream(pathOf(POLICIES), { start: from.byte, highWaterMark: 1_000 }), used, header, from),
  );
  assert.deepEqual(
    rest.map((row) => [row.line, row.startByte]),
    all.slice(5_001).map((row) => [row.line, row.startByte]),
  );
});

test("the feed does not pass for another one", { skip }, async () => {
  await assert.rejects(
    readFeedHeader(createReadStream(pathOf(CLAIMS)), mapping("life-policy")),
    /not this feed's header: \d+ of 36 columns/,
  );
  await assert.rejects(readFeedHeader(createReadStream(pathOf(CLAIMS)), mappingOf(SMALL)), /0 of 10 columns/);
});

test("no identifier is shared by more customers of the feed than the leakage plan says", { skip }, async () => {
  const { drafts } = await readFeed(POLICIES, mapping("life-policy"));
  for (const path of ["contact.email", "contact.phone", "government-id.ssn", "person.customer-number"]) {
    const name = Object.keys(registry.population.spreads).find((key) => key.startsWith(`${path}:`)) ?? "";
    const top = registry.population.spreads[name]?.top ?? { share: 0 };
    const holders = [...Map.groupBy(drafts, (draft) => value(draft, path)).values()].map(
      (rows) => new Set(rows.map(customerKey)).size,
    );
    assert.ok("holders" in top && Math.max(...holders) <= top.holders, path);
  }
});
