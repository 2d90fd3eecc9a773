// For tests: a correction granted as it was proposed last.
import type { Client } from "../../sdk/client.ts";

export async function proposedAt(by: Client, requestId: string): Promise<string | null> {
  return (await by.rights.read(requestId, { words: "left" })).proposal?.at ?? null;
}

export async function grantProposed(by: Client, requestId: string) {
  return by.rights.decide(requestId, { outcome: "fulfilled", proposedAt: await proposedAt(by, requestId) });
}
