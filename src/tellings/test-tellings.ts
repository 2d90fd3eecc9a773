// For tests: recipients that were given a surname which is then corrected, by those who propose and grant it.
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { openTestSharing, type TestSharing } from "../packages/test-sharing.ts";
import { grantProposed } from "../requests/test-grant.ts";

export interface Wronged {
  readonly customerId: Uuid;
  readonly recordId: Uuid;
  readonly self: Client;
}

export interface TestTellings {
  readonly sharing: TestSharing;
  somebody(): Promise<Wronged>;
  /** As the gate writes it when a recipient is given the surname. Returns the entry. */
  gave(of: Wronged, recipientId: string, more?: Readonly<Record<string, string | object[]>>): Promise<Uuid>;
  /** A registered one, with or without a contact. */
  recipient(reach: { readonly contact?: string | null; readonly postalAddress?: string[] }): Promise<string>;
  /** Proposed by one, granted by another: the request. */
  correct(of: Wronged): Promise<string>;
  /** Of a customer, as they stand once the server has looked at them. */
  tellings(customerId: Uuid): ReturnType<Client["tellings"]["ofCustomer"]>;
  close(): Promise<void>;
}

const PLACE = { entity: "acme", brand: "acme", line: "auto" } as const;
const PERSON = { "first-name": "Iris", "last-name": "Quil", "birth-date": "1980-05-04" };
const FIXED = { ...PERSON, "last-name": "Quill" };

export async function openTestTellings(): Promise<TestTellings> {
  const sharing = await openTestSharing();
  const { domains, maker, dpo } = sharing;
  const { token, principalId: clientId } = await sharing.system("data-subject-request", "dpo");
  const officer = sharing.as(token);
  const second = await sharing.hire("dpo", "data-subject-request");
  return {
    sharing,
    somebody: async () => {
      const units = [{ kind: "relationship" as const, ...PLACE, records: [{ type: "person", fields: PERSON }] }];
      const made = await maker.customers.create({ kind: "person", units });
      const customerId = asId(made.customerId);
      await sharing.as(sharing.adminToken).assignments.create({ customerId, clientId, kind: "case" });
      return {
        customerId,
        recordId: asId(made.records[0]?.recordId ?? ""),
        self: await sessionOf(sharing, customerId),
      };
    },
    gave: (of, recipientId, more) => gave(sharing, of, recipientId, more),
    recipient: async ({ contact = null, postalAddress = [] }) =>
      (await sharing.recipient(null, { recipient: { contact, postalAddress } })).recipientId,
    correct: async ({ recordId, self }) => {
      const { requestId } = await self.portal.rights.open({
        kind: "correction",
        place: { country: "DE", state: null },
      });
      await dpo.rights.step(requestId, { do: "propose", recordId, fields: FIXED });
      await grantProposed(second, requestId);
      return requestId;
    },
    tellings: async (customerId) => {
      for (;;) {
        await domains.tellings.look();
        const found = await officer.tellings.ofCustomer(customerId);
        // The server's own background may have some of them under way.
        if (found.items.every(({ way }) => way !== null)) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    close: () => sharing.close(),
  };
}

async function sessionOf({ domains: { access, signIns }, as }: TestSharing, customerId: Uuid): Promise<Client> {
  const principalId = await access.enrolCustomer(customerId, access.system);
  const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
  const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
  return as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
}

async function gave(
  { domains }: TestSharing,
  { customerId, recordId }: Wronged,
  recipientId: string,
  more: Readonly<Record<string, string | object[]>> = {},
): Promise<Uuid> {
  const entryId = newId();
  const fields = [{ form: "clear", input: 0, path: "person.last-name", record: recordId, revision: 1 }];
  await domains.ledger.append({
    entryId,
    kind: "disclosure",
    outcome: "allowed",
    actorId: domains.access.system.principalId,
    customerId,
    recipientId: asId(recipientId),
    purpose: "policy-servicing",
    basis: "grounds" in more ? "authorization" : "role-duty",
    classes: ["identity"],
    withheld: false,
    detail: {
      role: "service-account",
      recipientType: "service-provider",
      customers: [{ customer: customerId, fields, unit: null }],
      ...(more as { [key: string]: string }),
    },
    guard: { actorRevision: null, customerRevision: null, policyRevision: null },
  });
  return entryId;
}
