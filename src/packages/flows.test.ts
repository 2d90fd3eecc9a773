// Recurring flows: as governance has them, to recipients of their type, previewed as they would be sent; groups are counted and small ones kept back.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";
import { loadFlows } from "./packages.ts";

let sharing: TestSharing;
before(async () => {
  sharing = await openTestSharing();
});
after(() => sharing.close());

test("every flow of the domain notes is there, with what it is for, its checks and its citation", async () => {
  const { items } = await sharing.compliance.flows.list();
  const names = items.map(({ flow }) => flow);
  for (const flow of [
    "reinsurance-bordereau",
    "medical-record-request",
    "subrogation",
    "broker-transfer",
    "loss-history-report",
    "claim-search-report",
    "group-report",
  ])
    assert.ok(names.includes(flow), flow);
  assert.ok(items.every(({ checks, citation }) => checks.length > 0 && citation.length > 0));
  const bordereau = items.find(({ flow }) => flow === "reinsurance-bordereau");
  const clear = bordereau?.fields.filter(({ form }) => form === "clear").flatMap(({ paths }) => paths) ?? [];
  assert.deepEqual(clear, [], "nothing of a bordereau leaves in clear");
});

test("counts of groups leave in place of values, and none that is small", async () => {
  const { packages, access } = sharing.domains;
  const asker = (await access.authenticate(sharing.vendorToken))!;
  const { recipientId, contact } = await sharing.room();
  const names = ["Marlowe", "Marlowe", "Marlowe", "Holloway", "Fairweather"];
  const customers = [];
  for (const name of names) customers.push(await sharing.customer({ "last-name": name }));
  const { secret } = await packages.make(asker, {
    recipientId: recipientId as never,
    purpose: "policy-servicing",
    basis: "role-duty",
    wanted: [{ form: "clear", fields: ["person.last-name"] }],
    subjects: customers.map(({ customerId }) => ({ customerId: customerId as never, unitId: null, recordIds: null })),
    justification: "report to the sponsor of the plan",
    delivery: "room",
    format: "json",
    flow: null,
    smallestGroup: 2,
    mayDownload: false,
    lifetimeHours: 1,
  });
  const { lines } = await sharing.opened(secret, contact);
  assert.deepEqual(
    lines.map(({ subject, fields }) => [subject, fields["person.last-name"], fields["count"]]).toSorted(),
    [
      ["group", "Fairweather", "suppressed"],
      ["group", "Holloway", "suppressed"],
      ["group", "Marlowe", "3"],
    ],
  );
});

test("a flow that names what the schema does not have, or is misspelt, is refused by file and line", () => {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-flows-"));
  try {
    writeFileSync(join(folder, "a.yaml"), "version: 1\nflow: b\n");
    assert.throws(() => loadFlows(folder, new Set()), /governance\/flows\/a\.yaml:\d+:\d+: /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
