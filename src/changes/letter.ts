// Where a change's letters go: the contact as it was before, opened from under the key of its unit for as long as a letter is written.
import { z } from "zod";
import { protectedSince } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { SealedWaiting, WaitingUse } from "../disclosure/disclosure.ts";
import { type ChangeContent, fieldPaths } from "./change-row.ts";
import type { AtChange, ChangesContext } from "./context.ts";

export const TO = "to";
export const VALUES = "values";

export function partsOf(content: ChangeContent, parts: readonly ("to" | "values")[]): SealedWaiting[] {
  return parts.flatMap((part) => {
    const held = content[part];
    return held === null ? [] : [{ part, unitId: asId(held.unitId), value: held.value }];
  });
}

export function useOf(at: AtChange, content: ChangeContent, sealed: readonly SealedWaiting[]): WaitingUse {
  const why = sealed.some(({ part }) => part === VALUES) ? "change-values" : "change-letter";
  return { customerId: at.customerId, why, waitsIn: at.changeId, fields: fieldPaths(content), sealed };
}

/**
 * Not the erased. INVARIANT: nor anybody at a contact that was chosen before a protection order, where the other party may read along; since the order none of
 * those is chosen (old-contact.ts).
 */
export async function mayTell(
  { access, clock }: ChangesContext,
  { customerId }: AtChange,
  { askedAt }: ChangeContent,
): Promise<boolean> {
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  if (state == null || state.status === "erased") return false;
  const since = protectedSince(state, clock.now());
  return since === null || new Date(askedAt) >= since;
}

/** Null where nobody is to be told, or can be: no contact was asked, it is erased or protected since, or this server sends no mail any more. */
export async function withLetter<Result>(
  context: ChangesContext,
  at: AtChange,
  content: ChangeContent,
  work: (to: string | null) => Promise<Result>,
): Promise<Result> {
  const sealed = partsOf(content, [TO]);
  if (sealed.length === 0 || !context.mail.canSend() || !(await mayTell(context, at, content))) return work(null);
  const asked = { ...useOf(at, content, sealed), fields: [] };
  return context.gate.useWaiting(asked, (values) => work(addressIn(values.get(TO))));
}

export function addressIn(opened: string | undefined): string | null {
  return opened === undefined ? null : z.string().parse(JSON.parse(opened));
}

export async function isErased({ access }: ChangesContext, customerId: Uuid): Promise<boolean> {
  return (await access.authoritiesOf([customerId])).get(customerId)?.state?.status === "erased";
}
