// Guarantee: what happens to somebody's sign-in is told to them by mail, and alerts to those who oversee, with ids alone; without mail nothing changes.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { connect } from "../sdk/client.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Purpose, Role } from "./kernel/vocabulary.ts";
import {
  ACCESS_ADMIN,
  accept,
  addPasskey,
  type SignedIn,
  startTestPeople,
  type TestPeople,
} from "./signin/test-people.ts";
import { createAuthenticator } from "./signin/test-authenticator.ts";
import { startTestServer } from "./test-server.ts";

let folder: string;
let people: TestPeople;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-staff-mail-"));
  people = await startTestPeople({ settings: { UBERRIMA_MAIL_FOLDER: folder } });
});
after(async () => {
  await people.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Received {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Every letter that left, once those asked for are among them. */
async function letters(areThere: (all: readonly Received[]) => boolean): Promise<readonly Received[]> {
  for (;;) {
    await people.server.app.domains.mail.deliver();
    const names = (await readdir(folder)).filter((name) => name.endsWith(".eml"));
    const all = (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).map(parsed);
    if (areThere(all)) return all;
    await pause(10);
  }
}

function parsed(eml: string): Received {
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, "m").exec(eml)?.[1] ?? "";
  return { to: header("To"), subject: header("Subject"), text: plain(eml.slice(eml.indexOf("\n\n"))) };
}

/** Of quoted-printable (RFC 2045 6.7), as far as these letters need it. */
function plain(text: string): string {
  return text
    .replaceAll("=\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16)));
}

const isTo =
  (email: string, subject: RegExp) =>
  (letter: Received): boolean =>
    letter.to === email && subject.test(letter.subject);

async function staff(role: Role, purposes: readonly string[], changes: object = {}) {
  const rowScope = people.server.app.domains.access.roles[role].rowScopes.find((each) => each !== "groups") ?? "none";
  return people.invite({ role, purposes, rowScope, ...changes });
}

async function clientToken(role: Role, purpose: Purpose): Promise<string> {
  return (await people.server.createClient({ role, purposes: [purpose] })).token;
}

async function sessionToken(principalId: string): Promise<string> {
  const { token } = await people.server.app.domains.signIns.sessions.start({
    principalId: principalId as Uuid,
    methods: ["password", "totp"],
    isStrong: true,
    isPhishingResistant: false,
    lifetimeSeconds: 3600,
    idleSeconds: 1800,
    device: "test",
    address: "127.0.0.1",
  });
  return token;
}

test("a recovery code used, a new device and a factor added are told to whose account it is, at the address they sign in with", async () => {
  const person = await people.enrolled();
  await people.signIn(person);
  const half = (await people.byPassword(person)).body as unknown as SignedIn;
  const body = { code: person.recoveryCodes[0] };
  const { token } = await people.done<SignedIn>("POST", "/v1/session/recovery-code", { token: half.token, body });
  people.pass(30_000);
  await addPasskey(people, person.token, createAuthenticator(people.site));
  const wanted = [/recovery code was used/, /New device signed in/, /way to sign in was added/].map((subject) =>
    isTo(person.email, subject),
  );
  const all = await letters((found) => wanted.every((each) => found.some(each)));
  assert.deepEqual([...new Set(all.map(({ to }) => to))], [person.email]);
  for (const { text, subject } of all) {
    assert.match(text, /\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    assert.doesNotMatch(subject + text, /Nightingale|127\.0\.0\.1|ubs_/);
    assert.ok(!text.includes(String(body.code)) && !text.includes(token));
  }
});

test("a reset is told when it is asked for, when it is approved, and when it took place", async () => {
  const [desk, second] = [await people.withPasskey(ACCESS_ADMIN), await people.withPasskey(ACCESS_ADMIN)];
  const person = await people.enrolled();
  const callBack = { calledAt: people.now().toISOString(), reference: "INC-77" };
  const at = `/v1/staff/${person.staffId}/resets`;
  const { resetId, code } = await people.done<{ resetId: string; code: string }>("POST", at, {
    token: desk.token,
    body: { path: "two-people", callBack },
  });
  const link = await people.done<{ token: string }>("POST", `${at}/${resetId}/approval`, { token: second.token });
  await accept(people, link.token, { code });
  const wanted = [/asked for/, /was approved/, /was reset/].map((subject) => isTo(person.email, subject));
  const all = await letters((found) => wanted.every((each) => found.some(each)));
  const text = all.map((each) => each.text).join("\n");
  assert.ok(![code, code.replaceAll("-", ""), link.token].some((secret) => text.includes(secret)));
});

test("an emergency access is told to active overseers and to nobody else, by the id of its entry alone", async () => {
  const [officer, dpo] = [await staff("compliance", ["audit"]), await staff("dpo", ["data-subject-request"])];
  const away = await staff("compliance", ["audit"]);
  const { access, ledger, federated } = people.server.app.domains;
  const admin = (await access.authenticate(people.server.admin.token))!;
  await access.setClientStatus({ principalId: away.staffId as Uuid, action: "staff.leave" }, admin);
  const joined = {
    userName: "grace",
    externalId: null,
    givenName: "Grace",
    familyName: "Hopper",
    displayName: "Grace Hopper",
    emails: ["grace@insurer.example"],
    active: true,
    groups: ["uberrima-privacy"],
  };
  const { content } = await federated.people.create(joined, admin);
  assert.notEqual(content.principalId, null, "the group means a role of an overseer");
  const adjuster = await people.withPasskey({ purposes: ["claim-handling", "emergency"] });
  const opening = { reason: "somebody is in danger on the road", minutes: 30 };
  await people.done("POST", "/v1/break-glass", { token: adjuster.token, body: opening });
  const [entry] = (await ledger.list({ kinds: ["alert"] }, { limit: 1 }, "cleared")).items;
  const subject = /Emergency access was opened/;
  const overseers = [officer.email, dpo.email, "grace@insurer.example"];
  const all = await letters((found) => overseers.every((email) => found.some(isTo(email, subject))));
  const told = all.filter((letter) => subject.test(letter.subject));
  assert.deepEqual(told.map(({ to }) => to).sort(), [...overseers].sort());
  for (const { text } of told) {
    assert.ok(text.includes(entry!.entryId));
    assert.doesNotMatch(text, /danger|Nightingale/);
    assert.ok(!text.includes(adjuster.staffId));
  }
});

test("an alert of the watch is told to those who review them, except whom it is about", async () => {
  const { server } = people;
  const reviewer = await staff("compliance", ["audit"]);
  const { staffId: principalId } = await staff("compliance", ["audit"], {
    email: LOOKER,
    rowScope: "everything-masked",
  });
  const maker = connect({ url: server.url, token: await clientToken("underwriter", "underwriting") });
  const admin = connect({ url: server.url, token: server.admin.token });
  await admin.watch.setProfile(principalId, { lastName: "Ashworth", street: "7 Ferry Lane", postcode: "58102" });
  const place = { entity: "acme", brand: "acme", line: "life" } as const;
  const person = { "first-name": "Iris", "last-name": "Ashworth", "birth-date": "1968-04-12" };
  const address = { line1: "7 Ferry Lane", city: "Fargo", region: "ND", postcode: "58102", country: "US" };
  const records = [
    { type: "person", fields: person },
    { type: "address", fields: address },
  ];
  const made = await maker.customers.create({ kind: "person", units: [{ kind: "relationship", ...place, records }] });
  const looker = connect({ url: server.url, token: await sessionToken(principalId) });
  await assert.rejects(looker.customers.maskedView(made.customerId, "audit"), { status: 403 });
  const { items } = await connect({
    url: server.url,
    token: await clientToken("dpo", "data-subject-request"),
  }).alerts.list();
  const subject = /An alert waits for review/;
  const all = await letters((found) => found.some(isTo(reviewer.email, subject)));
  const told = all.filter((letter) => subject.test(letter.subject));
  assert.ok(!told.some(({ to }) => to === LOOKER));
  for (const { text } of told) {
    assert.ok(text.includes(items[0]!.alertId));
    assert.doesNotMatch(text, /Ashworth|Ferry|Iris/);
    assert.ok(!text.includes(made.customerId) && !text.includes(principalId));
  }
});

const LOOKER = "looker@insurer.example";

test("where no mail is configured people sign in and emergencies are opened as ever, and nothing waits", async () => {
  const server = await startTestServer();
  try {
    const { token } = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling", "emergency"] });
    const answer = await fetch(`${server.url}/v1/break-glass`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ reason: "somebody is in danger", minutes: 30 }),
    });
    assert.equal(answer.status, 201);
    assert.equal(await server.app.domains.mail.deliver(), 0);
    assert.doesNotMatch(server.logged.join("\n"), /letter/);
  } finally {
    await server.stop();
  }
});
