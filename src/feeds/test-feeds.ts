// For tests: people who map, approve and import, and files of theirs.
import { createHash } from "node:crypto";
import { type Client, connect } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { TestServer } from "../test-server.ts";

const SESSION = {
  methods: ["password", "totp"],
  isStrong: true,
  isPhishingResistant: false,
  lifetimeSeconds: 86_400,
  idleSeconds: 86_400,
  device: "",
  address: "",
};

export interface TestMember {
  readonly principalId: Uuid;
  readonly client: Client;
}

/** Somebody of staff who is signed in. */
export async function hireMember({ app, url, admin }: TestServer, role: Role): Promise<TestMember> {
  const { access, signIns } = app.domains;
  const scope =
    role === "it-admin"
      ? { purposes: ["emergency"], rowScope: "none" }
      : { purposes: ["audit"], rowScope: role === "compliance" ? "everything-masked" : "assignments" };
  const terms = { name: role, role, groups: [], entities: ["acme"], lines: ["auto", "general"] };
  const request = { ...terms, ...scope, classCeiling: null, expiresAt: null } as Parameters<
    typeof access.createStaff
  >[0];
  const principalId = await access.createStaff(request, (await access.authenticate(admin.token))!);
  const { token } = await signIns.sessions.start({ principalId, ...SESSION } as never);
  return { principalId, client: connect({ url, token }) };
}

/** A file of people with addresses and telephone numbers: what waits when it is corrected one by one. */
export const PEOPLE = `mapping: broker-people
version: 7
label: A broker's people
format: { type: csv, encoding: utf-8 }
columns: [no, first, last, born, street, phone]
source: { system: broker }
origin: { source: producer, ground: given-on-behalf, institution: a broker }
place: { entity: acme, brand: acme, line: auto }
defaults: { country: US, currency: USD }
customer: { kind: person, key: no }
units:
  - { kind: relationship }
records:
  - type: person
    unit: relationship
    fields:
      first-name: { column: first }
      last-name: { column: last, required: true }
      birth-date: { column: born, date-format: "dd/mm/yyyy" }
  - type: address
    unit: relationship
    fields:
      line1: { column: street }
  - type: contact
    unit: relationship
    fields:
      phone: { column: phone }
`;

export interface TestFile {
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
}

export function fileOf(...rows: readonly string[]): TestFile {
  const bytes = Buffer.from(`${["no,first,last,born,street,phone", ...rows].join("\n")}\n`);
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
