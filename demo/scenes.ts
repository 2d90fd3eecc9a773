// The demo's story, scene by scene: each does the thing for real and says what came of it.
import { openAsBlob } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { writeSampleInsurer } from "./sample-insurer.ts";
import { note, progress, say, scene, showAnswer, shorten } from "./narrator.ts";
import type { Actor, Stage } from "./stage.ts";

export const SAMPLE = { customers: 2000, seed: 20_261_122 };
const CLI = join(import.meta.dirname, "../cli/main.ts");
const LINES = ["life", "health", "auto", "property", "general"] as const;

export interface Cast {
  readonly feed: Actor;
  readonly claimsSystem: Actor;
  readonly desk: Actor;
  readonly privacyOfficer: Actor;
  readonly reviewer: Actor;
  readonly auditor: Actor;
}

export interface Case {
  readonly customerId: string;
  readonly unitId: string;
  readonly claimNumber: string;
  readonly strangerId: string;
}

/** API clients, each with no more than its work needs. The two systems see nothing of anybody. */
export async function hireCast(stage: Stage): Promise<Cast> {
  const system = {
    role: "service-account" as const,
    purposes: ["administration" as const],
    rowScope: "none" as const,
    classes: ["identity" as const],
    entities: ["sample-mutual"],
    lines: [...LINES],
    groups: [],
  };
  const person = { entities: ["sample-mutual"], lines: [...LINES], groups: [] };
  const assigned = { ...person, rowScope: "assignments" as const };
  return {
    feed: await stage.hire({ ...system, name: "core system feed" }),
    claimsSystem: await stage.hire({ ...system, name: "claims system" }),
    desk: await stage.hire({ ...assigned, name: "claims desk", role: "claims-adjuster", purposes: ["claim-handling"] }),
    privacyOfficer: await stage.hire({
      ...assigned,
      name: "privacy office",
      role: "dpo",
      purposes: ["data-subject-request"],
    }),
    reviewer: await stage.hire({
      ...person,
      name: "compliance",
      role: "compliance",
      purposes: ["audit"],
      rowScope: "everything-masked",
    }),
    auditor: await stage.hire({ ...assigned, name: "internal audit", role: "internal-auditor", purposes: ["audit"] }),
  };
}

export async function sealTheInsurer(stage: Stage, cast: Cast): Promise<void> {
  scene(
    `Sealing a sample insurer: ${SAMPLE.customers.toLocaleString("en")} customers, their policies and claims, medical and bank data`,
  );
  const [files, counts] = await writeSampleInsurer(stage.folder, SAMPLE);
  const begun = performance.now();
  for (const name of ["customers", "policies", "claims"] as const) {
    const run = await importFile(cast.feed, files[name], `sample-${name}`);
    say(
      `${name.padEnd(10)} ${run.totals.rows} rows, ${run.totals.rejected} rejected, ${run.totals.created} records sealed (the file has ${counts[name]})`,
    );
  }
  const again = await importFile(cast.feed, files.policies, "sample-policies");
  say(`the same file once more: already imported, still ${again.totals.created} records`);
  note(
    `${((performance.now() - begun) / 1000).toFixed(1)} s; what the database holds of one record: ${await peek(stage)}`,
  );
}

async function importFile(feed: Actor, path: string, mapping: string) {
  const sha256 = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  const { size } = await stat(path);
  const run = await feed.api.imports.start({ mapping, sizeBytes: size, sha256 });
  return feed.api.imports.send(run, await openAsBlob(path), { onProgress: (done) => progress(mapping, done, size) });
}

async function peek(stage: Stage): Promise<string> {
  const { rows } = await stage.operator.query<{ hex: string }>(
    "select encode(substring(pack from 40 for 16), 'hex') as hex from record limit 1",
  );
  return `${rows[0]?.hex}…`;
}

export async function openACase(stage: Stage, cast: Cast): Promise<Case> {
  scene("A claim comes in, and the claims system assigns it");
  const claimNumber = "CL300000";
  const found = await cast.reviewer.api.search({
    index: "claim-number",
    values: { number: claimNumber },
    purpose: "audit",
  });
  const hit = found.hits[0];
  if (hit === undefined) throw new Error("the sample claim was not found");
  say(
    `searched for ${claimNumber} by blind index: ${found.hits.length} hit, shown masked: ${shorten(JSON.stringify(hit.summary), 60)}`,
  );
  await cast.claimsSystem.api.assignments.create({
    customerId: hit.customerId,
    unitId: hit.unitId,
    clientId: cast.desk.clientId,
    kind: "claim",
  });
  say("assigned to the claims desk; nobody else gained anything by it");
  const other = await stage.operator.query<{ id: string }>(
    "select customer_id as id from customer where customer_id <> $1 limit 1",
    [hit.customerId],
  );
  return { customerId: hit.customerId, unitId: hit.unitId, claimNumber, strangerId: other.rows[0]!.id };
}

export async function workTheClaim(stage: Stage, cast: Cast, open: Case): Promise<string> {
  scene("The adjuster works the assigned claim: one call, the role's standard view");
  const answer = await cast.desk.api.disclose({
    customerId: open.customerId,
    workContext: { unitId: open.unitId },
    purpose: "claim-handling",
  });
  showAnswer(answer);
  say(`recorded first, as entry ${answer.promise.index}; the log's signed promise came with the values`);
  const receipt = join(stage.folder, "receipt.txt");
  await writeFile(receipt, await cast.desk.api.ledger.receipt(answer.disclosureId));
  const { logKey } = await cast.desk.api.ledger.log();
  say(
    `receipt checked by another process, offline, with the public key alone: ${verdict(["verify", "receipt", receipt, "--key", logKey])}`,
  );
  return receipt;
}

export async function askTooMuch(cast: Cast, open: Case): Promise<void> {
  scene("The same adjuster asks for the SSN in clear, and for a customer who is not assigned");
  const ssn = await cast.desk.api.disclose({
    customerId: open.customerId,
    workContext: { unitId: open.unitId },
    purpose: "claim-handling",
    fields: ["government-id.ssn"],
    justification: "wants to see the whole number",
  });
  showAnswer(ssn);
  for (const reason of ssn.fields[0]?.reasons ?? []) note(`why not in clear: ${reason.message}`);
  for (const policy of ssn.fields[0]?.policies ?? []) note(`policy ${policy.id}: ${policy.citation}`);
  const stranger = await cast.desk.api.disclose({
    customerId: open.strangerId,
    fields: ["contact.phone", "medical.diagnosis"],
    purpose: "claim-handling",
  });
  showAnswer(stranger);
  for (const remedy of stranger.fields[0]?.permittedBy.slice(0, 2) ?? []) note(`would permit it: ${remedy.message}`);
  const unknown = await cast.desk.api.disclose({
    customerId: crypto.randomUUID(),
    fields: ["contact.phone", "medical.diagnosis"],
    purpose: "claim-handling",
  });
  const same = JSON.stringify(stranger.fields) === JSON.stringify(unknown.fields);
  say(`a customer who does not exist gets ${same ? "the very same answer" : "ANOTHER ANSWER"}`);
}

export async function protectTheAddress(cast: Cast, open: Case): Promise<void> {
  scene("A protection order comes in: the address disappears from the claim");
  const question = {
    customerId: open.customerId,
    workContext: { unitId: open.unitId },
    purpose: "claim-handling" as const,
    fields: ["address.line1", "address.city", "contact.phone"],
    justification: "needs to send a letter about the claim",
  };
  say("before:");
  showAnswer(await cast.desk.api.disclose(question));
  await cast.privacyOfficer.api.flags.set(open.customerId, {
    kind: "protection-order",
    reason: "court order received",
  });
  say("after:");
  const after = await cast.desk.api.disclose(question);
  showAnswer(after);
  for (const reason of after.fields[0]?.reasons ?? []) note(reason.message);
  for (const policy of after.fields[0]?.policies ?? []) note(`policy ${policy.id}: ${policy.citation}`);
}

export async function showTheAccounting(cast: Cast, open: Case): Promise<void> {
  scene("The customer asks who looked at their file");
  const { items } = await cast.privacyOfficer.api.ledger.accounting(open.customerId);
  for (const item of items.slice(0, 6)) {
    say(
      `${item.at.slice(0, 19).replace("T", " ")}  ${(item.actorRole ?? "").padEnd(16)} ${(item.purpose ?? "").padEnd(15)} ${item.outcome.padEnd(8)} ${item.classes.join(", ")}`,
    );
  }
}

export async function tamper(stage: Stage, cast: Cast, open: Case): Promise<void> {
  scene("The database's operator tampers: swaps a record's ciphertext, and writes an assignment");
  const { operator } = stage;
  await operator.query(
    "create temporary table kept as select * from record where customer_id = $1 and record_type = 'person'",
    [open.customerId],
  );
  await operator.query(
    "update record r set pack = o.pack from record o where r.customer_id = $1 and r.record_type = 'person' and o.customer_id = $2 and o.record_type = 'person'",
    [open.customerId, open.strangerId],
  );
  const { findings } = await cast.auditor.api.operations.verify();
  for (const finding of findings) say(`verify data: ${finding.code}: ${finding.message}`);
  await operator.query(
    "update record r set pack = kept.pack from kept where r.customer_id = kept.customer_id and r.record_id = kept.record_id",
  );
  note(`put back; findings now: ${(await cast.auditor.api.operations.verify()).findings.length}`);
  await forgeAssignment(stage, open);
  const denied = await cast.desk.api.disclose({
    customerId: open.strangerId,
    fields: ["contact.phone"],
    purpose: "claim-handling",
  });
  say(`with the forged assignment the adjuster is still answered: ${denied.outcome}`);
  await operator.query("delete from assignment where customer_id = $1", [open.strangerId]);
}

/** Copies the desk's own assignment to another customer, MAC and all: the best that someone with the database can do. */
async function forgeAssignment({ operator }: Stage, open: Case): Promise<void> {
  await operator.query(
    `insert into assignment
     select (jsonb_populate_record(a, jsonb_build_object('customer_id', $1::uuid, 'assignment_id', gen_random_uuid(), 'unit_id', null))).*
     from assignment a where a.customer_id = $2 limit 1`,
    [open.strangerId, open.customerId],
  );
}

export async function erase(stage: Stage, cast: Cast, open: Case, receipt: string): Promise<void> {
  scene("The customer is erased: the keys go, the proofs stay");
  const { obstacles } = await cast.privacyOfficer.api.erasures.check(open.customerId);
  for (const { kind, citation } of obstacles) say(`not yet: ${kind} (${citation})`);
  await cast.desk.api.customers.changeUnit({ customerId: open.customerId, unitId: open.unitId }, { status: "closed" });
  say("the claims desk closes the claim; nothing forbids it any more");
  let erasure = await cast.privacyOfficer.api.erasures.request({
    customerId: open.customerId,
    reason: "end of the retention period",
  });
  say(`keys deleted at once; state: ${erasure.state}`);
  while (erasure.state !== "final") {
    await new Promise((resolve) => setTimeout(resolve, 300));
    erasure = await cast.privacyOfficer.api.erasures.get(erasure.erasureId);
  }
  say(`final: the bucket's siblings have a new key and the old one is destroyed; no backup can bring it back`);
  showAnswer(
    await cast.desk.api.disclose({
      customerId: open.customerId,
      workContext: { unitId: open.unitId },
      purpose: "claim-handling",
      fields: ["person.last-name"],
    }),
  );
  const { logKey } = await cast.desk.api.ledger.log();
  say(`the old receipt: ${verdict(["verify", "receipt", receipt, "--key", logKey])}`);
  say(
    `the whole log, rebuilt from its public tiles: ${verdict(["verify", "log", `${stage.url}/log`, "--key", logKey])}`,
  );
  const { findings, entries, records } = await cast.auditor.api.operations.verify();
  say(`stored data against ${entries} entries: ${records} records, ${findings.length} findings`);
}

/** Runs the command line as a stranger would: another process, no token. */
function verdict(words: readonly string[]): string {
  const run = spawnSync(process.execPath, [CLI, ...words], { encoding: "utf8", env: { PATH: process.env["PATH"] } });
  return run.status === 0 ? "verified" : `REFUSED (${shorten(run.stderr.trim(), 120)})`;
}
