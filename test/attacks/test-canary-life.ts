// The life that canaries lead: brought in, looked at, searched, corrected, refused, erased, on a server reached over HTTP.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { connect } from "node:net";
import { canaryFor, canaryWord, recordOfCanaries, registry } from "./test-canaries.ts";
import { type Answer, type Json, listIn, type Person, personAt } from "./test-stage.ts";

export interface Life {
  /** Everything that was sent in and may stand nowhere. */
  readonly secrets: string[];
  /** Every answer but clear disclosures, headers and all. */
  readonly answers: string[];
  /** Values that came back in clear, where they were to: proof that they were held. */
  readonly opened: string[];
}

type Ask = Person["ask"];

const PLACE = { entity: "acme", brand: "acme", line: "life" };
const SCOPE = { entities: ["acme", "sample-mutual"], lines: ["life", "general"] };
const NO_ROWS = { rowScope: "none", entities: [], lines: [] };
const UNKNOWN = "01890000-0000-7000-8000-000000000001";

/** `admin` is the first administrator. */
export async function liveThrough(url: string, admin: Person): Promise<Life> {
  const life: Life = { secrets: [], answers: [], opened: [] };
  const secret = (): string => {
    const word = canaryWord();
    life.secrets.push(word);
    return word;
  };
  const watched = (person: Person): Person => ({ ...person, ask: watching(life, person.ask) });
  const hire = async (draft: object): Promise<Person> => {
    const made = await admin.ask("POST", "/v1/clients", { name: secret(), ...SCOPE, ...draft });
    assert.equal(made.status, 201, made.text);
    const { clientId } = made.body["client"] as { clientId: string };
    return watched(personAt(url, clientId, String(made.body["token"])));
  };
  const scene = { url, life, secret, admin: watched(admin), hire };
  const { customerIds, unitIds, recordIds } = await bringIn(scene);
  const adjuster = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const stranger = await hire({ role: "claims-adjuster", purposes: ["claim-handling"] });
  await scene.admin.ask("POST", "/v1/assignments", {
    customerId: customerIds[0],
    clientId: adjuster.clientId,
    kind: "claim",
  });
  await scene.admin.ask("POST", "/v1/assignments", {
    customerId: customerIds[1],
    clientId: adjuster.clientId,
    kind: "claim",
  });
  await look(scene, { adjuster, stranger, customerIds });
  await change(scene, { adjuster, customerIds, unitIds, recordIds });
  await importFeed(scene);
  await blunder(scene, { adjuster, customerIds });
  await end(scene, customerIds);
  return life;
}

interface Scene {
  readonly url: string;
  readonly life: Life;
  readonly secret: () => string;
  readonly admin: Person;
  hire(draft: object): Promise<Person>;
}

function watching({ answers }: Life, ask: Ask): Ask {
  return async (...call) => {
    const answer = await ask(...call);
    answers.push(`${JSON.stringify([...answer.headers])}\n${answer.text}`);
    return answer;
  };
}

interface BroughtIn {
  readonly customerIds: string[];
  readonly unitIds: string[];
  readonly recordIds: string[];
}

/** A person and an organisation with one record of every type that fits. */
async function bringIn({ life, secret, hire }: Scene): Promise<BroughtIn> {
  const maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const ids: BroughtIn = { customerIds: [], unitIds: [], recordIds: [] };
  for (const kind of ["person", "organisation"] as const) {
    const types = registry.recordTypes.filter(({ subjects }) => subjects.includes(kind));
    const units = [...Map.groupBy(types, ({ unitKinds }) => unitKinds[0]!)].map(([unitKind, ofUnit]) => {
      const records = ofUnit.map(recordOfCanaries);
      life.secrets.push(...records.flatMap(({ secrets }) => secrets));
      return {
        kind: unitKind,
        ...PLACE,
        book: secret(),
        records: records.map(({ type, fields }) => ({ type, fields })),
      };
    });
    const source = { system: "core", key: secret() };
    const made = await maker.ask("POST", "/v1/customers", { kind, source, units }, { "idempotency-key": secret() });
    assert.equal(made.status, 201, made.text);
    ids.customerIds.push(String(made.body["customerId"]));
    ids.unitIds.push(...listIn(made.body, "units").map(({ unitId }) => String(unitId)));
    ids.recordIds.push(...listIn(made.body, "records").map(({ recordId }) => String(recordId)));
  }
  return ids;
}

interface Lookers {
  readonly adjuster: Person;
  readonly stranger: Person;
  readonly customerIds: readonly string[];
}

async function look({ url, life, secret }: Scene, { adjuster, stranger, customerIds }: Lookers): Promise<void> {
  const fields = registry.allFields().map(({ path }) => path);
  const unwatched = personAt(url, adjuster.clientId, adjuster.token);
  for (const customerId of customerIds) {
    for (let from = 0; from < fields.length; from += 100) {
      const question = {
        customerId,
        purpose: "claim-handling",
        fields: fields.slice(from, from + 100),
        justification: secret(),
      };
      const clear = await unwatched.ask("POST", "/v1/disclosures", question);
      assert.equal(clear.status, 200, clear.text);
      life.opened.push(...listIn(clear.body, "fields").flatMap(clearValue));
      for (const form of ["masked", "token"]) await adjuster.ask("POST", "/v1/disclosures", { ...question, form });
      const denied = await stranger.ask("POST", "/v1/disclosures", question);
      await stranger.ask("POST", `/v1/entries/${String(denied.body["disclosureId"])}/opening`, { purpose: "audit" });
    }
    await adjuster.ask("GET", `/v1/customers/${customerId}?purpose=claim-handling`);
    await stranger.ask("GET", `/v1/customers/${customerId}?purpose=claim-handling`);
  }
  for (const { name, record, parts } of registry.allIndexes) {
    const values = Object.fromEntries(
      parts.map(({ field }) => {
        const canary = canaryFor(registry.field(`${record}.${field}`)!);
        life.secrets.push(...canary.secrets);
        return [field, canary.given];
      }),
    );
    await adjuster.ask("POST", "/v1/searches", { index: name, values, purpose: "claim-handling" });
  }
}

function clearValue({ form, value }: Json): string[] {
  return form === "clear" && typeof value === "string" ? [value] : [];
}

type Changed = BroughtIn & { readonly adjuster: Person };

async function change({ life, secret, hire }: Scene, { adjuster, ...ids }: Changed): Promise<void> {
  const [customerId, otherCustomerId] = ids.customerIds;
  for (const recordId of ids.recordIds.slice(0, 12)) {
    const { fields, secrets } = recordOfCanaries(registry.recordTypes[ids.recordIds.indexOf(recordId)]!);
    life.secrets.push(...secrets);
    const path = `/v1/customers/${customerId}/records/${recordId}/corrections`;
    await adjuster.ask("POST", path, { expectedRevision: 1, fields, reason: secret() });
  }
  const note = recordOfCanaries(registry.recordType("note")!);
  life.secrets.push(...note.secrets);
  const added = { unitId: ids.unitIds[0], type: "note", fields: note.fields };
  const path = `/v1/customers/${customerId}/records`;
  const noted = await adjuster.ask("POST", path, added, { "idempotency-key": secret() });
  assert.equal(noted.status, 201, noted.text);
  await adjuster.ask("POST", `/v1/customers/${customerId}/links`, { otherCustomerId, kind: "household" });
  const dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  await dpo.ask("POST", `/v1/customers/${customerId}/flags`, { kind: "vip", reason: secret() });
}

/** Good rows, rows that are refused for a value, a row that is no JSON. */
async function importFeed({ life, secret, hire }: Scene): Promise<void> {
  const feeder = await hire({
    role: "service-account",
    purposes: ["administration"],
    ...NO_ROWS,
    classes: ["identity"],
  });
  const row = (birth: string) => ({
    customer_number: secret(),
    first_name: secret(),
    last_name: secret(),
    birth_date: birth,
    street: secret(),
    occupation: secret(),
    email: `${secret()}@example.org`,
  });
  const rows = [row("1961-03-04"), row("1962-04-05"), row(secret())].map((each) => JSON.stringify(each));
  const bytes = Buffer.from(`${[...rows, `{"customer_number": "${secret()}`].join("\n")}\n`);
  // The file's own bare hash would tell whoever has the file that it was here.
  life.secrets.push(bytes.toString("utf8"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const run = await feeder.ask("POST", "/v1/imports", { mapping: "sample-customers", sizeBytes: bytes.length, sha256 });
  const path = `/v1/imports/${String(run.body["importId"])}`;
  const sent = await feeder.ask("PUT", `${path}/content?offset=0`, bytes, {
    "content-type": "application/octet-stream",
  });
  assert.match(sent.text, /"state":"done"/);
  const rejects = await feeder.ask("GET", `${path}/rejects`);
  assert.equal(listIn(rejects.body, "items").length >= 2, true, rejects.text);
}

interface Blunders {
  readonly adjuster: Person;
  readonly customerIds: readonly string[];
}

/** Everything that can be wrong with a request, each with a secret in the wrong place. */
async function blunder({ url, life, secret }: Scene, { adjuster, customerIds }: Blunders): Promise<void> {
  const { ask } = adjuster;
  const [customerId] = customerIds;
  const wrong: Promise<Answer>[] = [
    ask("POST", "/v1/disclosures", `{"customerId": "${secret()}"`),
    ask("POST", "/v1/disclosures", { customerId: secret(), purpose: secret(), [secret()]: secret() }),
    ask("POST", "/v1/disclosures", {
      customerId,
      purpose: "claim-handling",
      fields: [`claim.${secret().toLowerCase()}`],
    }),
    ask("POST", "/v1/searches", {
      index: secret().toLowerCase(),
      values: { ssn: secret() },
      purpose: "claim-handling",
    }),
    ask("POST", "/v1/searches", {
      index: "ssn",
      values: { [secret().toLowerCase()]: secret() },
      purpose: "claim-handling",
    }),
    ask("POST", "/v1/customers", {
      kind: "person",
      units: [{ kind: "claim", ...PLACE, records: [{ type: "claim", fields: { "loss-date": secret() } }] }],
    }),
    ask("GET", `/v1/customers/${secret()}?purpose=${secret()}`),
    ask("GET", `/v1/${secret()}/${secret()}?q=${secret()}`),
    ask("GET", `/v1/assignments?clientId=${UNKNOWN}&cursor=${secret()}`),
    ask("GET", "/v1/mappings", undefined, { authorization: `Bearer ${secret()}`, "x-note": secret() }),
    ask("POST", "/v1/imports", { mapping: secret().toLowerCase(), sizeBytes: 1, sha256: "0".repeat(64) }),
    ask("PUT", `/v1/imports/${UNKNOWN}/content?offset=0`, secret(), { "content-type": "text/plain" }),
    ask("POST", "/v1/disclosures", { customerId }, { "content-type": `text/${secret()}` }),
    ask("POST", "/v1/disclosures", { customerId }, { "idempotency-key": `${secret()} ${secret()}` }),
  ];
  for (const { status, text } of await Promise.all(wrong)) assert.ok(status >= 400 && status < 500, text);
  life.answers.push(await sendRaw(url, `GET /${secret()} HTTP/9.9 ${secret()}\r\n${secret()}\r\n\r\n`));
}

function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (part) => (answer += part.toString("latin1")));
    socket.on("close", () => resolve(answer)).on("error", reject);
  });
}

/** Keys are rotated, everything is verified, one customer is erased until nothing can bring it back. */
async function end({ secret, hire }: Scene, customerIds: readonly string[]): Promise<void> {
  const security = await hire({ role: "security-admin", purposes: ["incident-response"], ...NO_ROWS });
  await security.ask("POST", "/v1/keys/rotations", { domain: "index" });
  const verified = await security.ask("POST", "/v1/verifications", {});
  assert.deepEqual(verified.body["findings"], []);
  const dpo = await hire({ role: "dpo", purposes: ["data-subject-request"] });
  const asked = await dpo.ask("POST", "/v1/erasures", { customerId: customerIds[1], reason: secret() });
  const path = `/v1/erasures/${String(asked.body["erasureId"])}`;
  const until = Date.now() + 30_000;
  while ((await dpo.ask("GET", path)).body["state"] !== "final")
    assert.ok(Date.now() < until, "the erasure does not end");
}
