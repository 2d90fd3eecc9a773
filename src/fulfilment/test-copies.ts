// For tests: whoever makes, reviews and fetches copies of data, and customers who sign in by passkey.
import type { Client } from "../../sdk/client.ts";
import { openTestAccounting, type TestAccounting } from "../accounting/test-accounting.ts";
import { asId } from "../kernel/ids.ts";

export interface TestCopies {
  readonly accounting: TestAccounting;
  readonly officer: Client;
  readonly overseer: Client;
  readonly adjuster: Client;
  /** The adjuster's file, so that papers may be added to it. */
  assign(customerId: string, unitId: string): Promise<void>;
  /** Signed in by passkey. */
  strongly(customerId: string): Promise<Client>;
}

export async function openTestCopies(): Promise<TestCopies> {
  const accounting = await openTestAccounting();
  const { server, as } = accounting.bench;
  const oversight = { role: "compliance", purposes: ["complaint"], rowScope: "everything-masked" } as const;
  const hired = await server.createClient({ role: "claims-adjuster", purposes: ["claim-handling"] });
  const admin = as(server.admin.token);
  return {
    accounting,
    officer: as((await server.createClient({ role: "dpo", purposes: ["data-subject-request"] })).token),
    overseer: as((await server.createClient(oversight)).token),
    adjuster: as(hired.token),
    assign: async (customerId, unitId) => {
      await admin.assignments.create({ customerId, clientId: hired.principalId, kind: "claim", unitId });
    },
    strongly: async (customerId) => {
      const { access, signIns } = server.app.domains;
      const principalId = await access.enrolCustomer(asId(customerId), access.system);
      const strength = { methods: ["passkey"], isStrong: true, isPhishingResistant: true } as const;
      const lasting = { lifetimeSeconds: 86_400, idleSeconds: 86_400, device: "test", address: "127.0.0.1" };
      return as((await signIns.sessions.start({ principalId, ...strength, ...lasting })).token);
    },
  };
}

export const textOf = async (fetched: Promise<Response>): Promise<string> => (await fetched).text();
export const bytesOf = async (fetched: Promise<Response>): Promise<Buffer> =>
  Buffer.from(await (await fetched).arrayBuffer());
