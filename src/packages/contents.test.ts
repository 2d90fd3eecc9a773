// What a package says of disputed fields: which they are, on the line that holds them and on no other.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DisclosureAnswer } from "../disclosure/disclosure.ts";
import { newId } from "../kernel/ids.ts";
import { contentsOf, csvOf } from "./contents.ts";

type Field = DisclosureAnswer["customers"][number]["fields"][number];

function fieldOf(of: Pick<Field, "field" | "recordId" | "unitId"> & { readonly value: string }, isDisputed = false) {
  const decided = { dataClass: "identity", form: "clear", reasons: [], policies: [], permittedBy: [] } as const;
  return {
    ...of,
    ...decided,
    disputed: isDisputed ? { statementId: newId(), filedAt: "2026-11-29T18:00:00Z" } : undefined,
  };
}

function contents(fields: readonly Field[]) {
  const customers = [{ customerId: newId(), outcome: "allowed" as const, fields }];
  const answer = { customers, obligations: [] } as unknown as DisclosureAnswer;
  const head = { package: newId(), recipient: "r", purpose: "p", madeAt: "2026-11-29T18:00:00Z", disclosures: [] };
  return contentsOf(head, [answer], { referenceOf: () => "sub_1", statementsOf: () => [] });
}

const name = (isDisputed: boolean) =>
  fieldOf({ field: "person.last-name", recordId: newId(), unitId: newId(), value: "Quill" }, isDisputed);
const claims = (unitId = newId()) => [
  fieldOf({ field: "claim.number", recordId: newId(), unitId, value: "CL-1" }, true),
  fieldOf({ field: "claim.number", recordId: newId(), unitId, value: "CL-2" }),
];

test("each line names what is disputed on it, and nothing is said where nothing is", () => {
  const [first, other] = contents([name(true), ...claims()]).lines;
  assert.deepEqual(first?.disputed, ["person.last-name", "claim.number"]);
  assert.deepEqual(other?.disputed, ["person.last-name"]);
  const undisputed = contents([name(false)]);
  assert.deepEqual(undisputed.lines, [{ subject: "sub_1", fields: { "person.last-name": "Quill" } }]);
  assert.ok(!csvOf(undisputed, ["person.last-name"]).includes("disputed"));
});

test("a table has a column for it where anything is disputed", () => {
  const [head, row, more] = csvOf(contents([name(true), ...claims()]), ["person.last-name", "claim.number"])
    .replaceAll('"', "")
    .split(/\r?\n/);
  assert.equal(head, "subject,person.last-name,claim.number,disputed");
  assert.equal(row, "sub_1,Quill,CL-1,person.last-name claim.number");
  assert.equal(more, "sub_1,Quill,CL-2,person.last-name");
});
