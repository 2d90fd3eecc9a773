// The grant just asked for, read back as it stands.
import type { Grant } from "../../../contract/grants.ts";
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { grantAnswer } from "./grant-answer.ts";

/** Throws HttpError `conflict` where it has ended since. */
export async function ownGrant(
  { grants, clock }: Pick<Shell, "grants" | "clock">,
  { principalId }: Authenticated,
  grantId: Uuid | undefined,
): Promise<Grant> {
  const found = (await grants.of(principalId)).find(({ rowId }) => rowId === grantId);
  if (found === undefined) throw new HttpError("conflict");
  return grantAnswer(found, clock.now());
}
