// Who stands on a line: role and organisation; a name only where the rules say so.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { AccountingContext } from "./context.ts";
import type { Told } from "./line.ts";

export interface Who {
  /** `system`: the server itself, or a machine of the insurer's. `self`: the customer. `customer`: who acts for them, or stands beside them. */
  readonly kind: "staff" | "organisation" | "system" | "self" | "customer";
  readonly role: string | null;
  /** Of another organisation, or of a person, where they are named. */
  readonly name: string | null;
}

export async function whoLooked(
  { access, rules }: Pick<AccountingContext, "access" | "rules">,
  { entry, facts }: Told,
  customerId: Uuid,
): Promise<Who> {
  const { actorId } = entry;
  const { role, via } = facts;
  const actor = actorId === null ? null : await access.describePrincipal(actorId);
  if (actor === null || actor.kind === "system") return { kind: "system", role, name: null };
  if (actor.kind === "customer")
    return { kind: actor.customerId === customerId ? "self" : "customer", role, name: null };
  const isOutsider = rules.outsiders.some((name) => name === role);
  if (isOutsider) {
    // A person of theirs is known by the client that they came through.
    const client = via === null ? actor : await access.describePrincipal(asId(via));
    return { kind: "organisation", role, name: rules.names.organisations ? (client?.name ?? null) : null };
  }
  const kind = actor.kind === "staff" || role !== "service-account" ? "staff" : "system";
  return { kind, role, name: rules.names.staff && actor.kind === "staff" ? actor.name : null };
}
