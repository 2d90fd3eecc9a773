// The life that canaries lead: brought in, looked at, searched, corrected, on a server reached over HTTP.
import assert from "node:assert/strict";
import { canaryFor, canaryWord, recordOfCanaries, registry } from "./test-canaries.ts";
import { listIn, type Json, type Person, personAt } from "./test-stage.ts";

export interface Life {
  /** Everything that was sent in and may stand nowhere. */
  readonly secrets: string[];
  /** Every answer but clear disclosures, headers and all, and all that the command line said. */
  readonly answers: string[];
  /** Values that came back in clear, where they were to: proof that they were held. */
  readonly opened: string[];
}

/** Where the server answers now: it is killed and started again. */
export interface Place {
  url: string;
}

export interface Scene {
  readonly at: Place;
  readonly life: Life;
  readonly admin: Person;
  /** A fresh word that may stand nowhere. */
  secret(): string;
  hire(draft: object): Promise<Person>;
  /** The same person, whose answers are not kept. */
  unwatched(person: Person): Person;
}

export const PLACE = { entity: "acme", brand: "acme", line: "life" };
const SCOPE = { entities: ["acme", "sample-mutual"], lines: ["life", "general"] };
export const NO_ROWS = { rowScope: "none", entities: [], lines: [] };
/** For a client that feeds data in and reaches none of it. */
export const FEEDS = {
  rowScope: "none",
  entities: ["sample-mutual"],
  lines: ["life", "health", "auto", "property", "general"],
};

/** `first` is the first administrator. */
export function openScene(at: Place, first: { readonly clientId: string; readonly token: string }): Scene {
  const life: Life = { secrets: [first.token], answers: [], opened: [] };
  const plain = ({ clientId, token }: { readonly clientId: string; readonly token: string }): Person => ({
    clientId,
    token,
    ask: (...call) => personAt(at.url, clientId, token).ask(...call),
  });
  const watched = (person: Person): Person => ({
    ...person,
    ask: async (...call) => {
      const answer = await person.ask(...call);
      life.answers.push(`${JSON.stringify([...answer.headers])}\n${answer.text}`);
      return answer;
    },
  });
  const secret = (): string => {
    const word = canaryWord();
    life.secrets.push(word);
    return word;
  };
  const hire = async (draft: object): Promise<Person> => {
    // A token is shown to whoever makes the client, this once.
    const made = await plain(first).ask("POST", "/v1/clients", { name: secret(), ...SCOPE, ...draft });
    assert.equal(made.status, 201, made.text);
    const { clientId } = made.body["client"] as { clientId: string };
    const token = String(made.body["token"]);
    life.secrets.push(token);
    return watched(plain({ clientId, token }));
  };
  return { at, life, secret, admin: watched(plain(first)), hire, unwatched: plain };
}

export interface BroughtIn {
  readonly customerIds: string[];
  readonly unitIds: string[];
  readonly recordIds: string[];
}

/** A person and an organisation with one record of every type that fits. */
export async function bringIn({ life, secret, hire }: Scene): Promise<BroughtIn> {
  const maker = await hire({ role: "underwriter", purposes: ["underwriting"] });
  const ids: BroughtIn = { customerIds: [], unitIds: [], recordIds: [] };
  for (const kind of ["person", "organisation"] as const) {
    const types = registry.recordTypes.filter(({ subjects }) => subjects.includes(kind));
    const units = [...Map.groupBy(types, ({ unitKinds }) => unitKinds[0]!)].map(([unitKind, ofUnit]) => {
      const records = ofUnit.map((type) => recordOfCanaries(type));
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

export interface Lookers {
  readonly adjuster: Person;
  readonly stranger: Person;
  readonly customerIds: readonly string[];
}

export async function look(
  { life, secret, unwatched }: Scene,
  { adjuster, stranger, customerIds }: Lookers,
): Promise<void> {
  const fields = registry.allFields().map(({ path }) => path);
  const entitled = unwatched(adjuster);
  for (const customerId of customerIds) {
    for (let from = 0; from < fields.length; from += 100) {
      const question = {
        customerId,
        purpose: "claim-handling",
        fields: fields.slice(from, from + 100),
        justification: secret(),
      };
      const clear = await entitled.ask("POST", "/v1/disclosures", question);
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

export type Changed = BroughtIn & { readonly adjuster: Person };

export async function change({ life, secret, hire }: Scene, { adjuster, ...ids }: Changed): Promise<void> {
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
