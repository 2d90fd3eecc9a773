// Whose files a customer may open besides their own: what the gate itself would find, asked for all whom the customer is linked with.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { GateContext } from "./context.ts";
import type { Related } from "./relationships.ts";
import { resolve } from "./resolve.ts";

export interface StandsFor {
  readonly customerId: Uuid;
  readonly as: Exclude<Related["relationship"], "self">;
  /** Null covers all. */
  readonly unitIds: readonly Uuid[] | null;
  readonly classes: readonly DataClass[] | null;
}

const OTHERS_MAX = 100;

/** Ids and codes only; nothing for whoever is no customer. Links that do not verify are nobody's. */
export async function standsFor(context: GateContext, asker: Authenticated): Promise<readonly StandsFor[]> {
  const { customerId } = asker;
  if (customerId === null) return [];
  const authority = (await context.access.authoritiesOf([customerId])).get(customerId);
  if (authority?.state == null) return [];
  const seal = { ...authority.state, revision: authority.revision };
  const links = (await context.vault.liveLinks(new Map([[customerId, seal]]))).get(customerId) ?? [];
  const others = [...new Set(links.map(({ otherCustomerId }) => otherCustomerId))].slice(0, OTHERS_MAX);
  const resolved = others.length === 0 ? [] : await resolve(context, asker, others);
  return resolved.flatMap((other) =>
    other.situation === null || other.situation.erased ? [] : standings(other.customerId, other.situation.related),
  );
}

/** One a relationship and set of classes; several policies of it are one standing. */
function standings(customerId: Uuid, related: readonly Related[]): StandsFor[] {
  const alike = Map.groupBy(related, ({ relationship, classes }) => `${relationship} ${classes?.join() ?? ""}`);
  return [...alike.values()].flatMap((ones) => {
    const [first] = ones;
    if (first === undefined || first.relationship === "self") return [];
    const unitIds = ones.map(({ unitId }) => unitId);
    const named = unitIds.filter((id) => id !== null);
    return [
      {
        customerId,
        as: first.relationship,
        unitIds: named.length === unitIds.length ? named : null,
        classes: first.classes,
      },
    ];
  });
}
