// Guarantee: who seems to bear a surname is told by tokens alone, of the customers asked about and of no others.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestGate, type TestGate } from "../disclosure/test-gate.ts";

let stage: TestGate;
before(async () => {
  stage = await openTestGate();
});
after(async () => stage.close());

const person = async (lastName: string, birthDate: string) =>
  (
    await stage.customer([
      {
        kind: "relationship",
        records: { person: { "first-name": "Ada", "last-name": lastName, "birth-date": birthDate } },
      },
    ])
  ).customerId;

test("bearers of a surname are told from others, whatever their year of birth, and however it is written", async () => {
  const bearers = [await person("Ashworth", "1931-01-02"), await person("ASHWORTH", "2004-11-30")];
  const others = [await person("Ashby", "1931-01-02"), await person("Butterworth", "2004-11-30")];
  const found = await stage.vault.sharingSurname([...bearers, ...others], "Ashworth");
  assert.deepEqual([...found].toSorted(), bearers.toSorted());
  assert.deepEqual(await stage.vault.sharingSurname(others, "Ashworth"), new Set());
});

test("nobody shares an empty name", async () => {
  const customerId = await person("Quill", "1970-05-05");
  for (const name of ["", "  "]) assert.equal((await stage.vault.sharingSurname([customerId], name)).size, 0);
});
