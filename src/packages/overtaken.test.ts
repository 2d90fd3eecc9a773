// What is withdrawn before a package leaves holds it back, however close: a commit in the moment of the pick-up comes before it and is seen, or after it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { openTestSharing, type TestSharing } from "./test-sharing.ts";

/** Long enough for a question to have read all that it reads, and to stand before the lock. */
const SETTLED_MS = 1500;

let sharing: TestSharing;
let operator: pg.Client;
before(async () => {
  sharing = await openTestSharing();
  operator = new pg.Client({ connectionString: sharing.superuserUrl });
  await operator.connect();
});
after(async () => {
  await operator?.end();
  await sharing?.close();
});

interface Made {
  readonly customerId: string;
  readonly recipientId: string;
  readonly packageId: string;
  readonly secret: string;
}

async function made(): Promise<Made> {
  const [{ customerId }, { recipientId }] = [await sharing.customer(), await sharing.recipient()];
  const { package: waiting, secret } = await sharing.vendor.packages.make({
    recipientId,
    purpose: "policy-servicing",
    basis: "role-duty",
    wanted: [{ form: "clear", fields: ["person.last-name"] }],
    customers: [{ customerId }],
    justification: "the yearly letter",
    delivery: "key",
  });
  return { customerId, recipientId, packageId: waiting.packageId, secret: secret ?? "" };
}

interface End {
  /** Takes away what it rests on. */
  readonly end: (of: Made) => Promise<unknown>;
  /** What that changes first. */
  readonly row: (of: Made) => readonly [statement: string, id: string];
}

const head = (id: string) => ["select 1 from authority_head where owner_id = $1 for update", id] as const;
const ENDS: Readonly<Record<string, End>> = {
  "a restriction of the customer": {
    end: ({ customerId }) => sharing.dpo.flags.set(customerId, { kind: "restricted", reason: "request 17" }),
    row: ({ customerId }) => ["select 1 from customer where customer_id = $1 for update", customerId],
  },
  "a suspension of the recipient": {
    end: ({ recipientId }) => sharing.compliance.recipients.suspend(recipientId),
    row: ({ recipientId }) => head(recipientId),
  },
};

/** Both begun, in this order, while the row is locked; the second once the first stands before it. */
async function atOnce(
  [statement, id]: readonly [statement: string, id: string],
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
) {
  await operator.query("begin");
  await operator.query(statement, [id]);
  const running = [Promise.allSettled([first()])];
  await sleep(SETTLED_MS);
  let isSecondOver = false;
  running.push(Promise.allSettled([second().finally(() => (isSecondOver = true))]));
  await sleep(SETTLED_MS);
  const wasOver = isSecondOver;
  await operator.query("rollback");
  const results = (await Promise.all(running)).map(([result]) => result);
  return { results, wasOver };
}

for (const [what, { end, row }] of Object.entries(ENDS)) {
  const pickUp = ({ secret }: Made) => sharing.vendor.packages.pickUp(secret);

  test(`${what} that was committed first is seen, although the pick-up had been judged before`, async () => {
    const of = await made();
    const { results } = await atOnce(
      row(of),
      () => end(of),
      () => pickUp(of),
    );
    const [ended, picked] = results;
    assert.equal(ended?.status, "fulfilled");
    assert.equal(
      picked?.status === "rejected" ? (picked.reason as { code: string }).code : picked?.status,
      "unknown-package",
    );
  });

  test(`${what} waits for a pick-up that is under way, so that none is told of what it cannot stop any more`, async () => {
    const of = await made();
    const { results, wasOver } = await atOnce(
      head(of.packageId),
      () => pickUp(of),
      () => end(of),
    );
    assert.equal(wasOver, false, "it was in force, and the package went out after");
    assert.deepEqual(
      results.map((one) => one?.status),
      ["fulfilled", "fulfilled"],
    );
  });
}
