// The state of a grant for an answer that is given again.
import type { Uuid } from "../../kernel/bytes.ts";
import type { GrantState } from "../../grants/grants.ts";
import type { Shell } from "../shell.ts";

/** One that is no longer found has ended since. */
export async function stateNow(
  { grants }: Pick<Shell, "grants">,
  grantId: Uuid,
): Promise<{ readonly grantId: Uuid; readonly state: GrantState }> {
  return { grantId, state: await grants.stateOf(grantId) };
}
