// What was signed, as whoever is to act on it has to know it: told apart from what it opens.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { AUTHORIZATION, stateOf } from "./authorization-row.ts";
import type { Narrowing } from "./capture.ts";
import type { AuthorizationsContext } from "./context.ts";
import { readNarrowing } from "./narrowing.ts";

export interface SignedTerms {
  /** Code and title of its form, in English. */
  readonly form: string;
  readonly title: string;
  readonly signedAt: string;
  readonly signedBy: "customer" | "representative";
  readonly expiresAt: string | null;
  readonly narrowing: Narrowing | null;
}

/** Null where there is none in force. */
export async function signedTerms(
  context: AuthorizationsContext,
  reader: Authenticated,
  { customerId, authorizationId }: { readonly customerId: Uuid; readonly authorizationId: Uuid },
): Promise<SignedTerms | null> {
  const { authority, database, clock, forms } = context;
  const rows = await authority.live(database, AUTHORIZATION, customerId);
  const row = rows.find(({ rowId }) => rowId === authorizationId);
  const given = row?.content.given ?? null;
  if (row === undefined || given === null || stateOf(row, clock.now()) !== "given") return null;
  const { form, expiresAt } = row.content;
  const title = forms.get(form)?.title.en ?? form;
  const narrowing = await readNarrowing(context, reader, row);
  return { form, title, signedAt: given.signedAt, signedBy: given.signer, expiresAt, narrowing };
}
