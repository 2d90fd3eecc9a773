// Customers who ask: about themselves, about those whom live links tie to them, and about strangers.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { LinkKind, Purpose } from "../kernel/vocabulary.ts";
import { sql } from "../postgres/sql.ts";
import { about, field, openTestFile, STREET, type TestFile } from "./test-file.ts";
import type { TestCustomer } from "./test-gate.ts";

let file: TestFile;
let stage: TestFile["stage"];
const ACTOR = { actorId: null, actorRevision: null, purpose: null, basis: null } as const;

before(async () => {
  file = await openTestFile();
  ({ stage } = file);
});
after(() => stage.close());

async function signedIn({ customerId }: TestCustomer): Promise<Authenticated> {
  const { access } = stage;
  const principal = await access.reread(await access.enrolCustomer(customerId, access.system));
  assert.ok(principal !== null);
  const now = new Date();
  const signIn = {
    sessionId: newId(),
    methods: ["one-time-code"],
    at: now,
    strongAt: now,
    phishingResistantAt: null,
  } as const;
  return { ...principal, signIn };
}

async function link(from: TestCustomer, to: TestCustomer, kind: LinkKind, unitId: Uuid | null = null): Promise<Uuid> {
  const { linkId } = await stage.vault.link(
    { from: from.customerId, to: to.customerId, kind, unitId },
    { ...ACTOR, actorId: stage.admin.principalId },
  );
  return linkId;
}

async function forms(
  asker: Authenticated,
  customer: TestCustomer,
  fields: readonly string[],
  purpose: Purpose = "policy-servicing",
): Promise<string[]> {
  const answer = await file.ask(asker, about(customer), { fields, purpose, justification: "mine" });
  return fields.map((path) => field(answer, path).form);
}

const FIELDS = ["person.last-name", "address.line1", "government-id.ssn"];
const DENIED = ["denied", "denied", "denied"];

describe("a customer who asks", () => {
  test("sees their own file in clear, government ids masked, whatever entity and line it is with", async () => {
    const self = await file.newCustomer();
    const asker = await signedIn(self);
    assert.deepEqual(await forms(asker, self, FIELDS), ["clear", "clear", "masked"]);
    const answer = await file.ask(asker, about(self), { fields: ["address.line1"], purpose: "policy-servicing" });
    assert.equal(field(answer, "address.line1").value, STREET);
  });

  test("gets of a stranger the denial that an unknown id gets", async () => {
    const asker = await signedIn(await file.newCustomer());
    const stranger = await file.newCustomer();
    const terms = { fields: FIELDS, purpose: "policy-servicing" } as const;
    const of = await file.ask(asker, about(stranger), terms);
    const unknown = await file.ask(asker, { ...about(stranger), customerId: newId() }, terms);
    assert.deepEqual(of.customer.fields, unknown.customer.fields);
    assert.ok(of.customer.fields.every(({ form }) => form === "denied"));
  });

  test("sees of a dependant masked forms, and no contact once the dependant is protected", async () => {
    const [parent, child] = [await file.newCustomer(), await file.newCustomer()];
    await link(child, parent, "dependant");
    const asker = await signedIn(parent);
    assert.deepEqual(await forms(asker, child, FIELDS), ["masked", "masked", "denied"]);
    assert.deepEqual(await forms(await signedIn(child), parent, FIELDS), DENIED, "a dependant is no guardian");
    await stage.flag(child, "protection-order");
    assert.deepEqual(await forms(asker, child, ["address.line1"]), ["denied"]);
  });

  test("sees as a beneficiary who the policy is on, masked, and only that", async () => {
    const [holder, heir] = [await file.newCustomer(), await file.newCustomer()];
    await link(heir, holder, "beneficiary", holder.unitIds[1]);
    assert.deepEqual(await forms(await signedIn(heir), holder, FIELDS, "claim-handling"), [
      "masked",
      "denied",
      "denied",
    ]);
  });

  test("sees as a representative nothing without an authorization on file", async () => {
    const [principal, agent] = [await file.newCustomer(), await file.newCustomer()];
    await link(agent, principal, "representative");
    assert.deepEqual(await forms(await signedIn(agent), principal, FIELDS), DENIED);
  });

  test("sees nothing more once the link has ended, nor when its old row is put back or its end taken away", async () => {
    const [parent, child] = [await file.newCustomer(), await file.newCustomer()];
    const asker = await signedIn(parent);
    const linkId = await link(child, parent, "dependant");
    const { owner } = stage.db;
    await owner.query(sql`create table kept as select * from customer_link where link_id = ${linkId}`);
    await stage.vault.endLink({ customerId: child.customerId, linkId }, { ...ACTOR, actorId: stage.admin.principalId });
    assert.deepEqual(await forms(asker, child, FIELDS), DENIED);
    await owner.query(sql`delete from customer_link where link_id = ${linkId}`);
    await owner.query(sql`insert into customer_link select * from kept`);
    assert.deepEqual(await forms(asker, child, FIELDS), DENIED);
  });

  test("is related by no link that was copied from somebody else or taken from a customer", async () => {
    const [parent, child, other] = [await file.newCustomer(), await file.newCustomer(), await file.newCustomer()];
    const asker = await signedIn(parent);
    const linkId = await link(child, parent, "dependant");
    const { owner } = stage.db;
    await owner.query(
      sql`insert into customer_link select ${other.customerId}, link_id, other_customer_id, side, kind, unit_id, ended, revision, act, mac
        from customer_link where link_id = ${linkId} and customer_id = ${child.customerId}`,
    );
    assert.deepEqual(await forms(asker, other, FIELDS), DENIED);
    const second = await link(child, parent, "household");
    await owner.query(sql`delete from customer_link where link_id = ${second} and customer_id = ${child.customerId}`);
    assert.deepEqual(await forms(asker, child, FIELDS), DENIED, "a removed link unsettles all of that customer");
  });

  test("loses relationships with an erasure, and those of others go on", async () => {
    const [parent, first, second] = [await file.newCustomer(), await file.newCustomer(), await file.newCustomer()];
    const asker = await signedIn(parent);
    await link(first, parent, "dependant");
    await link(second, parent, "dependant");
    await stage.vault.erase({ customerId: first.customerId, unitId: null }, ACTOR);
    await stage.vault.sweepErased();
    assert.deepEqual(await forms(asker, first, FIELDS), DENIED);
    assert.deepEqual(await forms(asker, second, FIELDS), ["masked", "masked", "denied"]);
    assert.deepEqual(await forms(asker, parent, ["person.last-name"]), ["clear"]);
  });

  test("whose links change after the decision is decided anew", async () => {
    const [parent, child] = [await file.newCustomer(), await file.newCustomer()];
    const asker = await signedIn(parent);
    const linkId = await link(child, parent, "dependant");
    const { ledger } = stage.context;
    let isFirst = true;
    const gate = stage.gateWith({
      ledger: {
        ...ledger,
        append: async (draft) => {
          if (isFirst) await stage.vault.endLink({ customerId: child.customerId, linkId }, ACTOR);
          isFirst = false;
          return ledger.append(draft);
        },
      },
    });
    const answer = await gate.disclose(asker, {
      purpose: "policy-servicing",
      basis: "role-duty",
      fields: FIELDS,
      form: "clear",
      recipient: null,
      justification: "mine",
      subjects: [about(child)],
    });
    assert.deepEqual(
      answer.customers[0]?.fields.map(({ form }) => form),
      DENIED,
    );
  });
});

describe("a customer's principal", () => {
  test("is one, however often and in how many processes the customer signs in", async () => {
    const { access } = stage;
    const { customerId } = await file.newCustomer();
    const ids = await Promise.all([1, 2, 3].map(() => access.enrolCustomer(customerId, access.system)));
    assert.equal(new Set(ids).size, 1);
  });

  test("is made by the server alone, for customers that exist", async () => {
    const { access } = stage;
    const { customerId } = await file.newCustomer();
    await assert.rejects(access.enrolCustomer(customerId, stage.admin), { code: "not-permitted" });
    await assert.rejects(access.enrolCustomer(newId(), access.system), { code: "unknown-customer" });
  });

  test("turned into another customer's by its row stands for nobody", async () => {
    const [mine, other] = [await file.newCustomer(), await file.newCustomer()];
    const { principalId } = await signedIn(mine);
    await stage.db.owner.query(
      sql`update principal set customer_id = ${other.customerId} where principal_id = ${principalId}`,
    );
    assert.equal(await stage.access.reread(principalId), null);
  });

  test("gets no secret from an administrator", async () => {
    const { principalId } = await signedIn(await file.newCustomer());
    await assert.rejects(stage.access.rotateClientSecret(principalId, stage.admin), { code: "unknown-client" });
  });
});
