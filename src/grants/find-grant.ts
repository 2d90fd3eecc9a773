// Finds a grant by its id alone, through a keyed digest, so that whoever decides need not know whose it is.
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Row } from "../authority/authority.ts";
import type { Querier } from "../postgres/database.ts";
import type { GrantsContext } from "./context.ts";
import { GrantError } from "./errors.ts";
import { GRANT, type GrantContent } from "./rows.ts";

export function grantLookup({ keys }: Pick<GrantsContext, "keys">, grantId: Uuid): Token {
  return keys.keyedDigest("grant", grantId);
}

/** One that waits, is in force, or waits for its review. Throws GrantError `unknown-grant`. */
export async function findGrant(context: GrantsContext, on: Querier, grantId: Uuid): Promise<Row<GrantContent>> {
  const row = await context.authority.find(on, GRANT, grantLookup(context, grantId));
  if (row === null) throw new GrantError("unknown-grant");
  return row;
}
