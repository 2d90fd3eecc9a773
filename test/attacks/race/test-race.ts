// For attacks: two server processes on one outside database, one of them behind a gateway that can stop it at any statement.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { asId } from "../../../src/kernel/ids.ts";
import { sql } from "../../../src/postgres/sql.ts";
import { openExternalTestDatabase, type RoleDatabase } from "../../../src/postgres/test-database.ts";
import { startTestProcess, type TestProcess } from "../../../src/test-process.ts";
import { type Crew, openCrew } from "../test-crew.ts";
import { type Answer, listIn, type Person, personAt } from "../test-stage.ts";
import { type Gateway, openGateway } from "./test-gateway.ts";

export const LEASE_MS = 1000;
/** Asked again at once, all tries may fall into one bad moment. */
const ASKED_AGAIN_MS = 200;

export interface RaceSite {
  readonly db: RoleDatabase;
  readonly gateway: Gateway;
  /** Reaches the database through the gateway. */
  readonly slow: TestProcess;
  /** Reaches it directly; where everything else happens meanwhile. */
  readonly other: TestProcess;
  readonly crew: Crew;
  /** One more process on the same database and keys. */
  start(settings?: Readonly<Record<string, string>>): Promise<TestProcess>;
  readonly bucketFolder: string;
}

/** Everything ends with the test or suite. */
export async function openRaceSite(context: Pick<TestContext, "after">): Promise<RaceSite> {
  const db = await openExternalTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-race-"));
  const gateway = await openGateway(db.url);
  context.after(async () => {
    await gateway.close();
    await db.close();
    await rm(folder, { recursive: true, force: true });
  });
  let started = 0;
  const start = (settings: Readonly<Record<string, string>> = {}): Promise<TestProcess> => {
    started += 1;
    return startTestProcess(context, {
      UBERRIMA_DATA: join(folder, `server-${started}`),
      UBERRIMA_KEYRING: join(folder, "keyring"),
      UBERRIMA_DATABASE_URL: db.url,
      UBERRIMA_DATABASE_OWNER_URL: db.ownerUrl,
      UBERRIMA_LEASE_SECONDS: String(LEASE_MS / 1000),
      ...settings,
    });
  };
  const other = await start();
  const crew = await openCrew(other.url, join(folder, "server-1"));
  const slow = await start({ UBERRIMA_DATABASE_URL: gateway.through(db.url) });
  return { db, gateway, slow, other, crew, start, bucketFolder: join(folder, "keyring", "buckets") };
}

/** A customer in an adjuster's hands, and two fields that it may see. */
export interface Case {
  readonly customerId: string;
  readonly unitIds: readonly string[];
  readonly assignmentId: string;
  readonly adjuster: Person;
  /** What must not be shown once it may not be. */
  readonly secrets: readonly string[];
  /** Asks the slow server, unless told whom. */
  ask(asker?: Person): Promise<Answer>;
  readonly path: string;
}

let cases = 0;

export async function openCase({ crew, slow }: RaceSite): Promise<Case> {
  cases += 1;
  const [email, narrative] = [`holder${cases}@case.example`, `narrative of case ${cases}`];
  const place = { entity: "acme", brand: "acme", line: "life" };
  const made = await crew.maker.ask("POST", "/v1/customers", {
    kind: "person",
    units: [
      { kind: "relationship", ...place, records: [{ type: "contact", fields: { email } }] },
      { kind: "claim", ...place, records: [{ type: "claim", fields: { number: `CL-${cases}`, narrative } }] },
    ],
  });
  assert.equal(made.status, 201, made.text);
  const customerId = String(made.body["customerId"]);
  const adjuster = await crew.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const assigning = { customerId, clientId: adjuster.clientId, kind: "claim" };
  const assigned = await crew.admin.ask("POST", "/v1/assignments", assigning);
  assert.equal(assigned.status, 201, assigned.text);
  const atSlow = personAt(slow.url, adjuster.clientId, adjuster.token);
  const question = {
    customerId,
    purpose: "claim-handling",
    fields: ["claim.narrative", "contact.email"],
    justification: "a race is run over this",
  };
  return {
    customerId,
    unitIds: listIn(made.body, "units").map(({ unitId }) => String(unitId)),
    assignmentId: String(assigned.body["assignmentId"]),
    adjuster,
    secrets: [email, narrative],
    ask: (asker = atSlow) => asker.ask("POST", "/v1/disclosures", question),
    path: `/v1/customers/${customerId}`,
  };
}

/** The secrets that an answer shows. */
export function shown({ secrets }: Pick<Case, "secrets">, { text }: Pick<Answer, "text">): string[] {
  return secrets.filter((secret) => text.includes(secret));
}

/** A loaded machine may take longer than a lease, which is answered with a 503: then it is asked again, as that says. */
export async function patiently(ask: () => Promise<Answer>): Promise<Answer> {
  for (let left = 10; left > 0; left -= 1) {
    const answer = await ask();
    if (answer.status !== 503) return answer;
    await sleep(ASKED_AGAIN_MS);
  }
  return ask();
}

export interface Entry {
  readonly index: number;
  readonly outcome: string;
}

/** What the ledger holds of this asking, oldest first, read behind the servers' backs. */
export function disclosuresOf({ db }: Pick<RaceSite, "db">, { adjuster }: Pick<Case, "adjuster">): Promise<Entry[]> {
  return db.owner.query<Entry>(
    sql`select index, outcome from ledger_entry where actor_id = ${asId(adjuster.clientId)} and kind = 'disclosure' order by index`,
  );
}

export async function sizeOf({ db }: Pick<RaceSite, "db">): Promise<number> {
  const [head] = await db.owner.query<{ size: number }>(sql`select size from ledger_head where log_shard = 0`);
  return head?.size ?? -1;
}

export async function until(what: string, isSo: () => Promise<boolean>, waitMs = 120_000): Promise<void> {
  for (const end = Date.now() + waitMs; !(await isSo()); await sleep(20)) assert.ok(Date.now() < end, what);
}

/** What is open is not erased. */
export async function closeClaim({
  path,
  unitIds,
  adjuster,
}: Pick<Case, "path" | "unitIds" | "adjuster">): Promise<void> {
  const closed = await adjuster.ask("PATCH", `${path}/units/${unitIds[1]}`, { status: "closed" });
  assert.equal(closed.status, 200, closed.text);
}

/** Asks for the erasure of the whole customer, at the other server; resolves when it is final. */
export async function eraseFinally({ crew }: RaceSite, at: Case): Promise<void> {
  const { customerId } = at;
  await closeClaim(at);
  const asked = await crew.dpo.ask("POST", "/v1/erasures", { customerId, reason: "a race is run over this" });
  assert.ok(asked.status < 300, asked.text);
  const path = `/v1/erasures/${String(asked.body["erasureId"])}`;
  await until("the erasure ends", async () => (await crew.dpo.ask("GET", path)).body["state"] === "final");
}
