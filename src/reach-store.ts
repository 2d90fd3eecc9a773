// Asks whether the database answers.
import type { Querier } from "./postgres/database.ts";
import { sql } from "./postgres/sql.ts";

export async function isReachable(on: Querier): Promise<boolean> {
  try {
    await on.query(sql`select`);
    return true;
  } catch {
    return false;
  }
}
