// For tests: the store of authority rows over the database, keys and ledger that the tests of access use.
import { z } from "zod";
import { openTestAccess, type TestAccess } from "../access/test-access.ts";
import { openAuthorityRows, type AuthorityRows, type RowAnomaly, type RowType } from "./authority.ts";

const content = z.strictObject({ says: z.string().max(60_000) });
export type Note = z.infer<typeof content>;
export const NOTE: RowType<Note> = { kind: "test-note", content };

export interface TestAuthority extends TestAccess {
  readonly authority: AuthorityRows;
  /** Another server process on this storage: it remembers nothing. */
  readonly fresh: () => AuthorityRows;
  readonly reported: RowAnomaly[];
}

export async function openTestAuthority(): Promise<TestAuthority> {
  const bench = await openTestAccess();
  const reported: RowAnomaly[] = [];
  const fresh = (): AuthorityRows =>
    openAuthorityRows({ keys: bench.keys, clock: { now: bench.now }, onAnomaly: (anomaly) => reported.push(anomaly) });
  return { ...bench, reported, fresh, authority: fresh() };
}
