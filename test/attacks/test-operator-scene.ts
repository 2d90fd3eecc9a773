// The scene of a dishonest database operator: people at work, copies of every table taken half-way, and then more work.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Uuid } from "../../src/kernel/bytes.ts";
import {
  type Answer,
  type AttackStage,
  type Json,
  listIn,
  type MadeCustomer,
  type Person,
  setAttackStage,
} from "./test-stage.ts";

export interface Scene {
  readonly stage: AttackStage;
  readonly known: MadeCustomer;
  /** Has the same government id as `known`: somebody decided that they are two. */
  readonly twin: MadeCustomer;
  readonly erased: MadeCustomer;
  /** Has both claims of `known` in hand, of which the first was closed, and `erased` and another. */
  readonly adjuster: Person;
  /** Had `known` in hand, and was revoked. */
  readonly leaver: Person;
  /** Has a new secret. `token` is the old one. */
  readonly renewed: Person;
  /** Records of papers of several parts, in a claim of `known`. */
  readonly papers: readonly [string, string];
  /** A member of staff with two sessions, of which the first was ended. */
  readonly member: { readonly principalId: Uuid; readonly sessionIds: readonly Uuid[] };
}

/** The statements stand for what an operator does to one table; `found` is what verification calls it. */
export type Attack = readonly [does: string, table: string, how: (scene: Scene) => string, found: string];

const FEED = {
  role: "service-account",
  purposes: ["administration"],
  rowScope: "none",
  entities: ["life-company", "sample-mutual"],
  lines: ["life", "health", "auto", "property", "general"],
  classCeiling: ["identity"],
} as const;

/** What stood there before everything that was done since. */
export const putBack = (table: string, where: string): string =>
  `delete from ${table} where ${where}; insert into ${table} select * from old_${table} where ${where}`;

export const flipped = (column: string, at: number): string =>
  `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`;

export async function setScene(): Promise<Scene> {
  const stage = await setAttackStage();
  try {
    return await playOn(stage);
  } catch (error) {
    await stage.close();
    throw error;
  }
}

async function playOn(stage: AttackStage): Promise<Scene> {
  const { intruder } = stage;
  // The triggers that keep tiles and checkpoints growing do not stop a superuser.
  await intruder.query("set session_replication_role = replica");
  const maker = await stage.hire({ role: "underwriter", purposes: ["underwriting"] });
  const [known, erased, twin, other] = [
    await stage.customer(maker, { source: "S-1", ssn: "900-55-1001" }),
    await stage.customer(maker),
    await stage.customer(maker, { ssn: "900-55-1001" }),
    await stage.customer(maker, { ssn: "900-55-2002" }),
  ];
  await stage.customer(maker, { ssn: "900-55-2002" });
  const adjuster = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const leaver = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const renewed = await stage.hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  for (const customer of [known, erased, other]) await stage.assign(adjuster, customer, { unit: 1 });
  await stage.assign(adjuster, known, { unit: 2 });
  await stage.assign(leaver, known, { unit: 1 });
  const feeder = await stage.hire(FEED);
  await importRow(feeder, { occupation: "baker" });
  const of = `/v1/customers/${known.customerId}`;
  const link = await done(
    adjuster.ask("POST", `${of}/links`, { otherCustomerId: other.customerId, kind: "dependant" }),
  );
  const member = await signIn(stage);
  const office = await stage.hire({ role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" });
  const asking = { kind: "access", place: { country: "DE" } };
  const filed = await done(office.ask("POST", `${of}/rights`, asking));
  const papers = await filePapers(adjuster, known);
  const scene = { stage, known, twin, erased, adjuster, leaver, renewed, member, papers };
  const postRoom = await queueLetter(stage, known);
  await keepCopies(stage);
  await done(postRoom.ask("POST", "/v1/letter-batches", {}));
  await done(adjuster.ask("DELETE", `${of}/links/${String(link["linkId"])}`));
  await done(office.ask("POST", `/v1/rights/${String(filed["requestId"])}/steps`, { do: "acknowledge" }));
  await goOn(scene, feeder);
  return scene;
}

const PAPER_BYTES = 700_000;

async function filePapers(adjuster: Person, { customerId, unitIds }: MadeCustomer): Promise<[string, string]> {
  const path = `/v1/customers/${customerId}/documents?unitId=${unitIds[2]}&kind=form&mediaType=application/pdf`;
  const file = async (fill: string): Promise<string> => {
    const bytes = Buffer.alloc(PAPER_BYTES, fill);
    const filed = adjuster.ask("POST", path, bytes, { "content-type": "application/octet-stream" });
    return String((await done(filed))["recordId"]);
  };
  return [await file("one paper "), await file("another paper ")];
}

/** One letter that waits; whoever queued it prints. */
async function queueLetter(stage: AttackStage, customer: MadeCustomer): Promise<Person> {
  const dpo = await stage.hire({ role: "dpo", purposes: ["data-subject-request"] });
  await stage.assign(dpo, customer, { kind: "case" });
  const notice = { kind: "privacy-notice", notice: "glba" };
  await done(dpo.ask("POST", `/v1/customers/${customer.customerId}/letters`, notice));
  return dpo;
}

async function signIn({ server }: AttackStage): Promise<Scene["member"]> {
  const { access, signIns } = server.app.domains;
  const admin = await access.authenticate(server.admin.token);
  const scope = {
    rowScope: "assignments",
    groups: [],
    entities: ["acme"],
    lines: ["life"],
    classCeiling: null,
  } as const;
  const principalId = await access.createStaff(
    { name: "Ada", role: "claims-adjuster", purposes: ["claim-handling"], ...scope, expiresAt: null },
    admin!,
  );
  const session = { methods: ["password", "totp"], isStrong: true, isPhishingResistant: false } as const;
  const times = { lifetimeSeconds: 3600, idleSeconds: 900, device: "", address: "" };
  const first = await signIns.sessions.start({ principalId, ...session, ...times });
  const second = await signIns.sessions.start({ principalId, ...session, ...times });
  return { principalId, sessionIds: [first.sessionId, second.sessionId] };
}

/** Everything that an older copy of a row would undo. */
async function goOn(
  { stage, known, twin, erased, adjuster, leaver, renewed, member }: Scene,
  feeder: Person,
): Promise<void> {
  const { admin, server } = stage;
  const { access, signIns } = server.app.domains;
  await signIns.sessions.end(member.principalId, { only: member.sessionIds[0]! }, access.system);
  const of = `/v1/customers/${known.customerId}`;
  const dpo = await stage.hire({ role: "dpo", purposes: ["data-subject-request"] });
  const correction = { expectedRevision: 1, fields: { narrative: "corrected", number: "CL-7001" }, reason: "a reason" };
  await done(adjuster.ask("POST", `${of}/records/${known.recordIds[2]}/corrections`, correction));
  const medical = { unitId: known.unitIds[1], type: "medical", fields: { diagnosis: "sprained ankle" } };
  await done(adjuster.ask("POST", `${of}/records`, medical));
  await done(adjuster.ask("PATCH", `${of}/units/${known.unitIds[1]}`, { status: "closed" }));
  await importRow(feeder, { occupation: "miller" });
  await done(dpo.ask("POST", `${of}/flags`, { kind: "vip", reason: "a reason" }));
  const [low, high] = [known.customerId, twin.customerId].toSorted();
  const pair = { customerId: low, otherCustomerId: high, decision: "different", reason: "a reason" };
  await done(dpo.ask("POST", "/v1/suggestions/decisions", pair));
  const [held] = listIn(await done(admin.ask("GET", `/v1/assignments?clientId=${leaver.clientId}`)), "items");
  await done(admin.ask("DELETE", `${of}/assignments/${String(held!["assignmentId"])}`));
  await done(admin.ask("PATCH", `/v1/clients/${leaver.clientId}`, { status: "revoked" }));
  await done(admin.ask("POST", `/v1/clients/${renewed.clientId}/secret`));
  for (const unitId of erased.unitIds.slice(1)) {
    await stage.assign(adjuster, erased, { unit: erased.unitIds.indexOf(unitId) });
    await done(adjuster.ask("PATCH", `/v1/customers/${erased.customerId}/units/${unitId}`, { status: "closed" }));
  }
  const erasure = await done(dpo.ask("POST", "/v1/erasures", { customerId: erased.customerId, reason: "a reason" }));
  await stage.intruder.query("create table requested_erasure as select * from erasure");
  const at = `/v1/erasures/${String(erasure["erasureId"])}`;
  for (;;) {
    const { state, sweptAt } = await done(dpo.ask("GET", at));
    if (state === "final" && sweptAt !== null) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function importRow(feeder: Person, changes: Json): Promise<void> {
  const row = { customer_number: "C-100", first_name: "Ida", last_name: "Brand", birth_date: "1961-03-04", ...changes };
  const bytes = Buffer.from(`${JSON.stringify(row)}\n`);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { mapping: "sample-customers", sizeBytes: bytes.length, sha256 };
  const run = await done(feeder.ask("POST", "/v1/imports", file));
  const path = `/v1/imports/${String(run["importId"])}/content?offset=0`;
  const sent = await feeder.ask("PUT", path, bytes, { "content-type": "application/octet-stream" });
  assert.match(sent.text, /"state":"done"/);
}

async function done(asked: Promise<Answer>): Promise<Json> {
  const { status, text, body } = await asked;
  assert.ok(status < 300, text);
  return body;
}

async function keepCopies({ intruder }: AttackStage): Promise<void> {
  const tables = await intruder.query<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  for (const { name } of tables.rows) await intruder.query(`create table old_${name} as select * from ${name}`);
}
