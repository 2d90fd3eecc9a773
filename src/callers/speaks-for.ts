// What a representative on the line may say for a customer: their authority in force, of whoever it can be of as the customer stands now.
import { type Access, activeFlags } from "../access/access.ts";
import { mayAct, type Spoken } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { asId } from "../kernel/ids.ts";
import type { Reach, Representations } from "../representation/representation.ts";
import type { CallContent } from "./call-row.ts";

export interface SpeakingParts {
  readonly access: Pick<Access, "authoritiesOf">;
  readonly clock: Clock;
  readonly representations: Pick<Representations, "reachOf">;
}

interface Call {
  readonly customerId: Uuid;
  readonly content: Pick<CallContent, "representativeId">;
}

/** None for whom the customer's state does not verify. */
export async function spokenFor(
  { access, clock, representations }: SpeakingParts,
  { customerId, representativeId }: { readonly customerId: Uuid; readonly representativeId: Uuid },
): Promise<readonly Reach[]> {
  const reach = (await representations.reachOf(representativeId, [customerId])).get(customerId) ?? [];
  if (reach.length === 0) return [];
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  if (state == null) return [];
  const flags = activeFlags(state, clock.now());
  return reach.filter(({ kind }) => mayAct(kind, flags));
}

const ALL: Spoken = { unitIds: null, classes: null };

/** Customers speak of all that is theirs. A representative whose authority ended while on the line speaks of nothing any more. */
export async function speaksOf(parts: SpeakingParts, { customerId, content }: Call): Promise<readonly Spoken[]> {
  if (content.representativeId === null) return [ALL];
  return spokenFor(parts, { customerId, representativeId: asId(content.representativeId) });
}

export async function mayStillSpeak(parts: SpeakingParts, call: Call): Promise<boolean> {
  return (await speaksOf(parts, call)).length > 0;
}

/** What is asked by right is about all of a customer: part of an authority asks for none of it (45 CFR 164.502(g)(2)). */
export async function speaksForAll(parts: SpeakingParts, call: Call): Promise<boolean> {
  return (await speaksOf(parts, call)).some(isOfAll);
}

export function isOfAll({ unitIds, classes }: Spoken): boolean {
  return unitIds === null && classes === null;
}
