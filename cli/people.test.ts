// The verbs by which people are let in, lent rights, verified and acted for: each against a real server with real mail, by whoever uses it.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { after, before, test } from "node:test";
import type { Uuid } from "../src/kernel/bytes.ts";
import type { Purpose, Role } from "../src/kernel/vocabulary.ts";
import { openTestPortal, type TestCustomer, type TestPortal } from "../src/portal/test-portal.ts";
import { createProgram } from "./program.ts";

let bench: TestPortal;
let folder: string;
let offsetMs = 0;
before(async () => {
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  bench = await openTestPortal({ clock, settings: { UBERRIMA_CLIENT_APPROVAL: "required" } });
  folder = await mkdtemp(join(tmpdir(), "uberrima-people-"));
});
after(async () => {
  await bench.close();
  await rm(folder, { recursive: true });
});

interface Somebody {
  readonly principalId: Uuid;
  readonly token: string;
}

/** A member of staff who signed in with a passkey just now. */
async function hire(role: Role, ...purposes: readonly Purpose[]): Promise<Somebody> {
  const { access } = bench.server.app.domains;
  const actor = (await access.authenticate(bench.server.admin.token, true))!;
  const rowScope = access.roles[role].rowScopes.find((each) => each !== "groups") ?? "none";
  const reach = rowScope === "none" ? { entities: [], lines: [] } : { entities: ["acme"], lines: ["auto"] as const };
  const scope = { purposes, rowScope, groups: [], classCeiling: null, expiresAt: null, ...reach };
  const principalId = await access.createStaff({ role, name: "Robin", ...scope }, actor);
  return { principalId, token: await signIn(principalId) };
}

async function signIn(principalId: Uuid): Promise<string> {
  const how = { methods: ["passkey"], isStrong: true, isPhishingResistant: true, device: "", address: "" } as const;
  const life = { lifetimeSeconds: 864_000, idleSeconds: 864_000 };
  return (await bench.server.app.domains.signIns.sessions.start({ principalId, ...how, ...life })).token;
}

/** Runs a command as somebody; throws what it fails with. */
async function run({ token }: Pick<Somebody, "token">, ...args: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const output = new Writable({ write: (part: Buffer, _, done) => (printed.push(part.toString()), done()) });
  const streams = { input: Readable.from([]), output, errors: output };
  const environment = { UBERRIMA_URL: bench.server.url, UBERRIMA_TOKEN: token };
  await createProgram({ environment, streams }, "0").parseAsync(["node", "uberrima", ...args]);
  return printed.join("");
}

async function json<Answer>(by: Pick<Somebody, "token">, ...args: readonly string[]): Promise<Answer> {
  return JSON.parse(await run(by, ...args, "--json")) as Answer;
}

let customers = 0;
async function inHand(by: Somebody, kind: string): Promise<TestCustomer & { readonly email: string }> {
  const email = `cli-${(customers += 1)}@mailbox.example`;
  const customer = await bench.customer({ email });
  await run(
    bench.server.admin,
    "assignment",
    "create",
    customer.customerId,
    "--client",
    by.principalId,
    "--kind",
    kind,
  );
  return { ...customer, email };
}

test("staff: invited into an owner-only file, approved by a second administrator, sent on leave, back, given a supervisor, reset by two, signed out, revoked", async () => {
  const [admin, second] = [await hire("access-admin", "administration"), await hire("access-admin", "administration")];
  const out = join(folder, "ada.invitation");
  const who = [
    "--name",
    "Ada",
    "--email",
    "ada.cli@insurer.example",
    "--role",
    "claims-adjuster",
    "--purpose",
    "claim-handling",
  ];
  const { staffId } = await json<{ staffId: string }>(
    admin,
    "staff",
    "invite",
    ...who,
    "--entity",
    "acme",
    "--line",
    "auto",
    "--invitation-out",
    out,
  );
  assert.equal((await stat(out)).mode & 0o077, 0);
  assert.ok((await readFile(out, "utf8")).length > 20);
  await assert.rejects(run(admin, "staff", "approve", staffId), { code: "own-authority" });
  await run(second, "staff", "approve", staffId);
  assert.match(await run(admin, "staff", "list"), new RegExp(staffId));
  const statuses = [];
  for (const verb of ["leave", "return", "suspend", "return"])
    statuses.push((await json<{ status: string }>(admin, "staff", verb, staffId)).status);
  assert.deepEqual(statuses, ["on-leave", "active", "suspended", "active"]);
  await run(admin, "staff", "supervisor", staffId, (await hire("underwriter", "underwriting")).principalId);
  const calledAt = new Date(Date.now() + offsetMs - 60_000).toISOString();
  const call = ["--called-at", calledAt, "--reference", "INC-77"];
  const reset = await json<{ resetId: string; code: string }>(admin, "staff", "reset", "ask", staffId, ...call);
  assert.match(reset.code, /\w{4}/);
  const link = join(folder, "reset.invitation");
  const approve = ["staff", "reset", "approve", staffId, reset.resetId, "--invitation-out", link];
  await assert.rejects(run(admin, ...approve), { code: "same-person" });
  await run(second, ...approve);
  await run(admin, "staff", "reset", "cancel", staffId, reset.resetId);
  assert.equal((await json<{ ended: string }>(admin, "staff", "sign-out", staffId)).ended, "0");
  assert.equal((await json<{ status: string }>(admin, "staff", "revoke", staffId)).status, "revoked");
});

test("grant, break-glass, attest and team: asked for, approved by others alone, listed, ended, opened, reviewed", async () => {
  const [adjuster, officer, admin] = [
    await hire("claims-adjuster", "claim-handling", "emergency"),
    await hire("compliance", "audit"),
    await hire("access-admin", "administration"),
  ];
  const why = ["--reason", "the reviewer is away and the claimant waits"];
  const asked = ["grant", "request", "--role", "medical-reviewer", "--purpose", "medical-review", ...why];
  const { grantId } = await json<{ grantId: string }>(adjuster, ...asked);
  await assert.rejects(run(adjuster, "grant", "approve", grantId), { status: 403 });
  assert.equal(
    (await json<{ state: string }>(officer, "grant", "approve", grantId, "--note", "agreed")).state,
    "in-force",
  );
  assert.match(await run(adjuster, "grant", "list"), /elevation +in-force/);
  assert.equal((await json<{ state: string }>(adjuster, "grant", "end", grantId)).state, "ended");
  const customer = await inHand(adjuster, "claim");
  const two = [
    "grant",
    "request",
    "--customer",
    customer.customerId,
    "--class",
    "driving",
    "--purpose",
    "claim-handling",
  ];
  const denied = await json<{ grantId: string }>(adjuster, ...two, ...why);
  assert.equal((await json<{ state: string }>(officer, "grant", "deny", denied.grantId)).state, "denied");
  const glass = ["break-glass", "open", "--reason", "caller in danger, assigned adjuster away", "--minutes", "15"];
  const opened = await json<{ grantId: string }>(adjuster, ...glass);
  offsetMs += 16 * 60_000;
  const review = ["break-glass", "review", opened.grantId, "--finding", "justified", "--note", "the call is on record"];
  await assert.rejects(run(adjuster, ...review), { status: 403 });
  assert.equal((await json<{ state: string }>(officer, ...review)).state, "reviewed");
  await run(admin, "team", "create", "night desk");
  await run(admin, "team", "add", "night desk", adjuster.principalId);
  assert.match(await run(admin, "team", "list"), /night desk/);
  await run(admin, "team", "remove", "night desk", adjuster.principalId);
  await run(
    { token: await signIn(adjuster.principalId) },
    "attest",
    "conflict",
    customer.customerId,
    "--note",
    "my cousin",
  );
  assert.match(await run({ token: await signIn(adjuster.principalId) }, "attest", "list"), /conflict/);
});

test("representative: asked for by one, approved by another, listed, ended", async () => {
  const [dpo, officer] = [await hire("dpo", "complaint"), await hire("compliance", "complaint")];
  const [customer, attorney] = [
    await bench.customer(),
    await bench.customer({ email: "attorney.cli@mailbox.example" }),
  ];
  const at = [customer.customerId, attorney.customerId, "--kind", "power-of-attorney"];
  const asked = ["representative", "request", ...at, "--document", customer.recordIds.get("document")!];
  const made = await json<{ representationId: string; isGranted: boolean }>(dpo, ...asked);
  assert.equal(made.isGranted, false);
  const approve = ["representative", "approve", customer.customerId, made.representationId];
  await assert.rejects(run(dpo, ...approve), { code: "own-request" });
  await run(officer, ...approve);
  assert.match(await run(officer, "representative", "list", customer.customerId), /power-of-attorney .* granted/);
  await run(dpo, "representative", "end", customer.customerId, made.representationId);
  assert.doesNotMatch(await run(officer, "representative", "list", customer.customerId), /granted/);
});

test("caller and change: verified by a code, locked and unlocked, a bank account that waits for the letter's code and can be stopped", async () => {
  const [agent, officer] = [await hire("csr", "policy-servicing"), await hire("compliance", "complaint")];
  const customer = await inHand(agent, "call");
  const { customerId } = customer;
  const by = async (): Promise<Pick<Somebody, "token">> => ({ token: await signIn(agent.principalId) });
  const started = await run(await by(), "caller", "start", customerId, "--purpose", "policy-servicing");
  const callId = /^call +(\S+)/m.exec(started)?.[1] ?? assert.fail(started);
  const contact = customer.recordIds.get("contact")!;
  await run(await by(), "caller", "code", customerId, callId, "--record", contact);
  assert.match(await run(await by(), "caller", "answer", customerId, callId, "00000000"), /verified +no/);
  await bench.deliver();
  const code = bench.codeTo(customer.email)!;
  assert.match(await run(await by(), "caller", "answer", customerId, callId, code), /verified +yes/);

  offsetMs += 73 * 3_600_000;
  const recordId = customer.recordIds.get("bank-account")!;
  const again = await run(await by(), "caller", "start", customerId, "--purpose", "policy-servicing");
  assert.match(again, /^call/m);
  const change = { expectedRevision: 1, fields: { "holder-name": "Somebody Else" }, reason: "the caller says so" };
  const corrected = await bench.as((await by()).token).customers.correct({ customerId, recordId }, change);
  const changeId = corrected.pending?.changeId ?? assert.fail("it waits");
  assert.match(await run(await by(), "change", "list", customerId), /bank-account\.holder-name .*waits for the code/);
  assert.match(
    await run(await by(), "change", "confirm", customerId, changeId, "--code", "00000000"),
    /no: the code is wrong/,
  );
  await bench.deliver();
  const given = bench.codeTo(customer.email)!;
  assert.match(await run(await by(), "change", "confirm", customerId, changeId, "--code", given), /confirmed +yes/);
  assert.match(await run(await by(), "change", "stop", customerId, changeId), /stopped/);

  const third = await json<{ callId: string }>(
    await by(),
    "caller",
    "start",
    customerId,
    "--purpose",
    "policy-servicing",
  );
  for (let tried = 0; tried < 3; tried += 1)
    await run(await by(), "caller", "answer", customerId, third.callId, "00000000");
  const start = ["caller", "start", customerId, "--purpose", "policy-servicing"];
  await assert.rejects(run(await by(), ...start), { code: "file-locked" });
  await run({ token: await signIn(officer.principalId) }, "caller", "unlock", customerId);
  const last = await json<{ callId: string }>(await by(), ...start);
  await run(await by(), "caller", "end", customerId, last.callId);
});
