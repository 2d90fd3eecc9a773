// For tests: a server with somebody who sends, two who answer for it, recipients with contract and key, and customers in hand.
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { Client } from "../../sdk/client.ts";
import type { Purpose, Role } from "../kernel/vocabulary.ts";
import { openTestPortal, type TestPortal } from "../portal/test-portal.ts";
import type { Domains } from "../http/http.ts";
import { addresseeOf, type Mishap } from "../mail/test-smtp-server.ts";

type ContractDraft = Parameters<Client["recipients"]["contracts"]["request"]>[1];
type RecipientDraft = Parameters<Client["recipients"]["request"]>[0];

export interface TestRecipient {
  readonly recipientId: string;
  readonly contractId: string;
  readonly keyId: string | null;
}

export interface TestSharing {
  readonly url: string;
  readonly superuserUrl: string;
  readonly adminToken: string;
  readonly domains: Domains;
  /** A system registered for servicing policies, which has every customer made here in hand. */
  readonly vendor: Client;
  readonly vendorToken: string;
  readonly compliance: Client;
  readonly complianceToken: string;
  readonly dpo: Client;
  as(token: string): Client;
  pass(ms: number): void;
  /** Enters customers, whom it has not in hand. */
  readonly maker: Client;
  hire(role: Role, purpose: Purpose): Promise<Client>;
  /** Registered for one purpose. */
  system(purpose: Purpose, role?: Role): Promise<{ readonly token: string; readonly principalId: string }>;
  customer(fields?: Readonly<Record<string, string>>): Promise<{ readonly customerId: string }>;
  /** Approved; with a key of its own unless another is given, or none with null. */
  recipient(publicKey?: string | null, changes?: Changes): Promise<TestRecipient>;
  /** Approved, without a key, with a contact. */
  room(): Promise<TestRecipient & { readonly contact: string }>;
  codeTo(address: string): Promise<string>;
  /** Once everything that is due has been handed over. */
  mailsTo(
    address: string,
  ): Promise<readonly { readonly subject: string; readonly text: string; readonly messageId: string }[]>;
  /** What the mail server does with the next letters. */
  mishap(...next: readonly Mishap[]): void;
  opened(secret: string, contact: string): ReturnType<Client["packages"]["openRoom"]>;
  close(): Promise<void>;
}

export interface Changes {
  readonly recipient?: Partial<RecipientDraft>;
  readonly contract?: Partial<ContractDraft>;
}

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const DRAFT: RecipientDraft = {
  name: "Print and Post GmbH",
  type: "service-provider",
  jurisdiction: "DE",
  verification: "Extract of the commercial register, called back on its number",
};
const TERMS: ContractDraft = {
  kind: "processor",
  reference: "AVV-7",
  purposes: ["policy-servicing"],
  classes: ["identity", "contact"],
  fields: ["person.first-name", "person.last-name"],
  jurisdictions: ["DE"],
  startsAt: "2020-01-01T00:00:00Z",
};
const SENT = ["identity", "contact", "property", "claims-narrative", "financial", "underwriting"] as const;
const OVERSIGHT = { rowScope: "everything-masked", purposes: ["audit"] } as const;
let made = 0;

export async function openTestSharing(settings: Readonly<Record<string, string>> = {}): Promise<TestSharing> {
  let offsetMs = 0;
  const portal = await openTestPortal({ clock: { now: () => new Date(Date.now() + offsetMs) }, settings });
  const { server, as } = portal;
  const complianceToken = (await server.createClient({ role: "compliance", ...OVERSIGHT })).token;
  const compliance = as(complianceToken);
  const dpo = as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token);
  const hired = await server.createClient({
    role: "service-account",
    purposes: ["policy-servicing"],
    classCeiling: ["identity", "contact"],
  });
  const vendor = as(hired.token);
  const admin = as(server.admin.token);
  const recipient = approving(compliance, dpo);
  const codeTo = async (address: string): Promise<string> => {
    await portal.deliver();
    return portal.codeTo(address) ?? "";
  };
  return {
    url: server.url,
    superuserUrl: server.database.superuserUrl,
    adminToken: server.admin.token,
    domains: server.app.domains,
    vendor,
    vendorToken: hired.token,
    compliance,
    complianceToken,
    dpo,
    as,
    pass: (ms) => void (offsetMs += ms),
    maker: portal.maker,
    system: (purpose, role = "service-account") =>
      server.createClient({ role, purposes: [purpose], classCeiling: role === "service-account" ? [...SENT] : null }),
    hire: async (role, purpose) => as((await server.createClient({ role, purposes: [purpose] })).token),
    customer: async (fields) => {
      const person = { "first-name": "Ada", "last-name": "Marlowe", "birth-date": "1970-01-02", ...fields };
      const contact = { type: "contact", fields: { email: "ada@example.org" } };
      const records = [{ type: "person", fields: person }, contact];
      const { customerId } = await portal.maker.customers.create({
        kind: "person",
        units: [{ kind: "relationship", ...PLACE, records }],
      });
      await admin.assignments.create({ customerId, clientId: hired.principalId, kind: "policy" });
      return { customerId };
    },
    recipient,
    room: async () => {
      const contact = `room.${(made += 1)}@partner.example`;
      return { ...(await recipient(null, { recipient: { contact } })), contact };
    },
    codeTo,
    ...mailOf(portal),
    opened: async (secret, contact) => {
      await portal.anybody.packages.askRoomCode(secret);
      return portal.anybody.packages.openRoom(secret, await codeTo(contact));
    },
    close: () => portal.close(),
  };
}

function mailOf(portal: TestPortal): Pick<TestSharing, "mailsTo" | "mishap"> {
  return {
    mailsTo: async (address) => {
      await portal.deliver();
      const mine = portal.smtp.letters.filter((letter) => addresseeOf(letter) === address);
      return mine.map(({ subject = "", text = "", messageId = "" }) => ({ subject, text, messageId }));
    },
    mishap: (...next) => void portal.smtp.mishaps.push(...next),
  };
}

function approving(compliance: Client, dpo: Client): TestSharing["recipient"] {
  return async (given, changes) => {
    const publicKey = given === undefined ? await identityToRecipient(await generateX25519Identity()) : given;
    const { recipientId } = await compliance.recipients.request({ ...DRAFT, ...changes?.recipient });
    const contract = await compliance.recipients.contracts.request(recipientId, { ...TERMS, ...changes?.contract });
    await dpo.recipients.approve(recipientId);
    await dpo.recipients.contracts.approve(recipientId, contract.contractId);
    const key = publicKey === null ? null : await compliance.recipients.keys.request(recipientId, publicKey);
    if (key !== null) await dpo.recipients.keys.approve(recipientId, key.keyId);
    return { recipientId, contractId: contract.contractId, keyId: key?.keyId ?? null };
  };
}
