// Those who act for others: nothing without authority on file, no more than it says, and nothing from the moment it ends.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import pg from "pg";
import type { Client } from "../../sdk/client.ts";
import type { Flag } from "../kernel/vocabulary.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../portal/test-portal.ts";

let bench: TestPortal;
let dpo: Client;
let compliance: Client;
let asked = 0;
before(async () => {
  bench = await openTestPortal();
  const hire = async (role: "dpo" | "compliance") =>
    bench.as((await bench.server.createClient({ role, purposes: ["complaint"], ...rows(role) })).token);
  [dpo, compliance] = [await hire("dpo"), await hire("compliance")];
});
after(() => bench.close());

const rows = (role: string) => (role === "compliance" ? ({ rowScope: "everything-masked" } as const) : {});
type Kind = "guardian" | "power-of-attorney" | "executor";
const VIEW = "policy-servicing";

/** Somebody, and whoever is linked as their representative and has signed in. */
async function pair(...flags: readonly Flag[]) {
  const [person, representative] = [await bench.customer(), await bench.customer({ email: newEmail() })];
  for (const flag of flags) await bench.flag(person.customerId, flag);
  const { vault } = bench.server.app.domains;
  const link = {
    from: representative.customerId,
    to: person.customerId,
    kind: "representative",
    unitId: null,
  } as const;
  await vault.link(link, { actorId: null, actorRevision: null, purpose: null, basis: null });
  const self = bench.as(await bench.signIn(emailOf));
  return { person, representative, self };
}
let emailOf = "";
const newEmail = (): string => (emailOf = `acting-${(asked += 1)}@mailbox.example`);

const draft = (kind: Kind, { person, representative }: { person: TestCustomer; representative: TestCustomer }) => ({
  representativeId: representative.customerId,
  kind,
  documentId: person.recordIds.get("document")!,
});
const types = async (self: Client, { customerId }: TestCustomer): Promise<string[]> => {
  const view = await settledView(self, customerId);
  return view.units.flatMap(({ records }) => records.map(({ type }) => type)).toSorted();
};
/** A decision that was found stale is asked for again. */
async function settledView(self: Client, customerId: string): ReturnType<Client["customers"]["maskedView"]> {
  for (;;) {
    try {
      return await self.customers.maskedView(customerId, VIEW);
    } catch (error) {
      if ((error as { status?: number }).status !== 503) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const unknown = { status: 404 };

test("a link alone opens nothing; authority approved by a second person does, and nothing from the moment it ends, in every process", async () => {
  const both = await pair();
  await assert.rejects(types(both.self, both.person), unknown);
  const { representationId } = await dpo.representatives.request(
    both.person.customerId,
    draft("power-of-attorney", both),
  );
  await assert.rejects(types(both.self, both.person), unknown, "asked for is not granted");
  await assert.rejects(dpo.representatives.approve(both.person.customerId, representationId), {
    code: "own-request",
    status: 403,
  });
  await compliance.representatives.approve(both.person.customerId, representationId);
  await assert.rejects(compliance.representatives.approve(both.person.customerId, representationId), {
    code: "already-granted",
  });
  assert.ok((await types(both.self, both.person)).includes("person"));
  await compliance.representatives.end(both.person.customerId, representationId);
  await assert.rejects(types(both.self, both.person), unknown);
  await assert.rejects(compliance.representatives.end(both.person.customerId, representationId), {
    code: "unknown-representation",
  });
});

test("authority reaches no further than its units and classes say", async () => {
  const both = await pair();
  const { representationId } = await dpo.representatives.request(both.person.customerId, {
    ...draft("power-of-attorney", both),
    unitIds: [both.person.claimId],
    classes: ["identity"],
  });
  await compliance.representatives.approve(both.person.customerId, representationId);
  const { fields } = await both.self.disclose({
    customerId: both.person.customerId,
    purpose: VIEW,
    form: "masked",
    fields: ["person.last-name", "address.postcode", "claim.number"],
  });
  assert.deepEqual(
    fields.map(({ form }) => form),
    ["masked", "denied", "masked"],
  );
});

test("a guardian acts for a minor only, on one person's word; of the dead only an executor does", async () => {
  const [child, grown, dead] = [await pair("minor"), await pair(), await pair("deceased")];
  for (const both of [child, grown]) await dpo.representatives.request(both.person.customerId, draft("guardian", both));
  assert.ok((await types(child.self, child.person)).includes("person"));
  await assert.rejects(types(grown.self, grown.person), unknown);
  const grant = async (kind: Kind) => {
    const { representationId } = await dpo.representatives.request(dead.person.customerId, draft(kind, dead));
    await compliance.representatives.approve(dead.person.customerId, representationId);
  };
  await grant("power-of-attorney");
  await assert.rejects(types(dead.self, dead.person), unknown, "a power of attorney ends with death");
  await grant("executor");
  assert.ok((await types(dead.self, dead.person)).includes("person"));
});

test("authority needs a document of the represented customer, somebody else, and an end that lies ahead", async () => {
  const both = await pair();
  const { customerId } = both.person;
  const good = draft("executor", both);
  const refused = (changes: object, code: string) =>
    assert.rejects(dpo.representatives.request(customerId, { ...good, ...changes }), { code });
  await refused({ documentId: both.person.recordIds.get("person") }, "unknown-document");
  await refused({ documentId: both.representative.recordIds.get("document") }, "unknown-document");
  await refused({ representativeId: customerId }, "same-customer");
  await refused({ endsAt: "2020-01-01T00:00:00Z" }, "bad-period");
  await assert.rejects(both.self.representatives.request(customerId, good), { status: 403 });
  await assert.rejects(both.self.representatives.list(customerId), { status: 403 });
});

test("whoever can write the database neither approves, widens nor revives authority", async () => {
  const both = await pair();
  const { customerId } = both.person;
  const { representationId } = await dpo.representatives.request(customerId, draft("power-of-attorney", both));
  await compliance.representatives.approve(customerId, representationId);
  const intruder = new pg.Client({ connectionString: bench.server.database.superuserUrl });
  await intruder.connect();
  try {
    await intruder.query("create table kept_representation as select * from authority_row where row_id = $1", [
      representationId,
    ]);
    await dpo.representatives.end(customerId, representationId);
    await intruder.query("delete from authority_row where row_id = $1", [representationId]);
    await intruder.query("insert into authority_row select * from kept_representation");
  } finally {
    await intruder.end();
  }
  await assert.rejects(types(both.self, both.person), unknown);
});

test("the represented person is told at every contact on file when somebody may act for them, and when nobody may any more", async () => {
  const [email, other] = ["represented@mailbox.example", "representative@mailbox.example"];
  const [person, representative] = [await bench.customer({ email }), await bench.customer({ email: other })];
  const told = async (): Promise<string[]> => {
    await bench.deliver();
    const own = bench.smtp.letters.filter(({ to }) => JSON.stringify(to).includes(email));
    return own.map(({ subject }) => subject ?? "");
  };
  const { customerId } = person;
  const made = await dpo.representatives.request(customerId, draft("executor", { person, representative }));
  assert.deepEqual(await told(), [], "what waits is told to nobody");
  await compliance.representatives.approve(customerId, made.representationId);
  assert.deepEqual(await told(), ["Somebody may now act for you"]);
  await dpo.representatives.end(customerId, made.representationId);
  assert.deepEqual(await told(), ["Somebody may now act for you", "Nobody acts for you any more"]);
});
