// Whether somebody who signs for a customer may sign this: their authority counts as the customer stands now, and is of all that is signed for.
import { activeFlags } from "../access/access.ts";
import { mayAct } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { AuthorizationsContext } from "./context.ts";

export interface SignedFor {
  readonly classes: readonly DataClass[];
  /** Null: all. */
  readonly unitIds: readonly string[] | null;
}

interface Signing {
  readonly representationId: Uuid;
  readonly terms: SignedFor;
}

/** 45 CFR 164.502(g)(2), 164.508(c)(1)(vi). INVARIANT: nobody agrees to more for somebody than they might see of them. */
export async function maySignFor(
  { access, authorityToSign, clock }: Pick<AuthorizationsContext, "access" | "authorityToSign" | "clock">,
  customerId: Uuid,
  { representationId, terms }: Signing,
): Promise<boolean> {
  const authority = await authorityToSign(customerId, representationId);
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  if (authority === null || state == null || !mayAct(authority.kind, activeFlags(state, clock.now()))) return false;
  return isWithin(terms.classes, authority.classes) && isWithin(terms.unitIds, authority.unitIds);
}

function isWithin(asked: readonly string[] | null, granted: readonly string[] | null): boolean {
  return granted === null || (asked !== null && asked.every((one) => granted.includes(one)));
}
