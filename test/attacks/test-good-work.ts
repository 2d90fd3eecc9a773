// For fuzz tests: good requests about the day's work, the matrix and the pictures.
import type { GoodRequests } from "./test-good-requests.ts";

const DAY_MS = 86_400_000;
const YEAR = [
  ["from", new Date(Date.now() - 300 * DAY_MS).toISOString()],
  ["to", new Date(Date.now() + DAY_MS).toISOString()],
] as const;

/** `newCustomer`: makes one whom everybody has in hand. */
export function onWork(newCustomer: () => Promise<string>): GoodRequests {
  return {
    listWork: async () => ({ query: [["limit", "2"]] }),
    listRecentCustomers: async () => ({ query: [["limit", "5"]] }),
    showMatrix: async () => ({ query: [["line", "health"]] }),
    listPolicySignatures: async () => ({}),
    showPolicy: async () => ({ params: { group: "law", name: "hipaa-minimum-necessary" } }),
    countDisclosures: async () => ({ query: [...YEAR, ["by", "purpose"]] }),
    countUse: async () => ({ query: YEAR }),
    countEntries: async () => ({ query: [...YEAR, ["bucket", "day"]] }),
    exportTable: async () => ({ body: { what: "entries", columns: ["at", "kind", "actor"], rows: 5 } }),
    showKeyState: async () => ({}),
    listViewers: async () => ({ params: { customerId: await newCustomer() } }),
  };
}
