// To which customers a notice is due, by which way, and what stands against it: units, deliveries, wishes and flags. Opens nothing.
import { activeFlags, type CustomerAuthority } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { isGivenIn, type NoticeRule, type Why, whyDue } from "../notices/notices.ts";
import type { PagedUnit } from "../vault/vault.ts";
import type { RoundsContext } from "./context.ts";

type Block =
  /** Something of what this rests on was not written by us. */
  | "not-believed"
  | "deceased"
  /** The customer is reached by telephone alone, by their own wish. */
  | "phone-only"
  /** A letter or mail of it waits, is held or came back. */
  | "under-way"
  /** Nothing to keep a letter's words with. */
  | "no-relationship";

export interface DueCustomer {
  readonly customerId: Uuid;
  readonly why: Why;
  readonly channel: "letter" | "mail" | "none";
  readonly language: "en" | "es" | "de";
  readonly isProtected: boolean;
  /** The first thing that stands against it; null for nothing. */
  readonly block: Block | null;
}

type Units = ReadonlyMap<Uuid, readonly PagedUnit[]>;

/** Those to whom it is due, blocked ones included. */
export async function judgeDue(
  context: RoundsContext,
  rule: NoticeRule,
  customers: Units,
): Promise<readonly DueCustomer[]> {
  const { access, letters, notices, preferences, clock } = context;
  const ids = [...customers].flatMap(([id, units]) => (isCustomerOf(context, rule, units) ? [id] : []));
  if (ids.length === 0) return [];
  const [authorities, given, wishes, onPaper] = await Promise.all([
    access.authoritiesOf(ids),
    notices.given(rule.notice, ids),
    preferences.wishes(ids),
    letters.noticesUnderWay(ids),
  ]);
  const now = clock.now();
  return ids.flatMap((customerId): DueCustomer[] => {
    const authority = authorities.get(customerId);
    if (authority === undefined || authority.state?.status === "erased") return [];
    const held = given.get(customerId);
    const why = held == null ? "initial" : whyDue(rule, held.deliveries, now);
    if (why === null) return [];
    const wish = wishes.get(customerId) ?? null;
    const flags = authority.state === null ? [] : activeFlags(authority.state, now);
    const units = customers.get(customerId) ?? [];
    const isUnderWay = held?.isMailWaiting === true || onPaper.get(customerId)?.includes(rule.notice) === true;
    // What somebody else wrote selects no law.
    const isBelieved = isWritten(authority, units) && held !== null && wish !== null;
    const wanted = wish?.alternative?.channel ?? "post";
    const hasRelationship = units.some(({ header }) => header.kind === "relationship" && header.status !== "erased");
    const blocks: readonly (Block | null)[] = [
      isBelieved ? null : "not-believed",
      flags.includes("deceased") ? "deceased" : null,
      wanted === "phone" ? "phone-only" : null,
      isUnderWay ? "under-way" : null,
      hasRelationship ? null : "no-relationship",
    ];
    const channel = wanted === "phone" ? "none" : wanted === "email" ? "mail" : "letter";
    const isProtected = flags.includes("protection-order");
    const block = blocks.find((one) => one !== null) ?? null;
    return [{ customerId, why, channel, language: wish?.language ?? "en", isProtected, block }];
  });
}

/** Whoever has an open unit of those kinds and lines where the law holds: a relationship that goes on. */
function isCustomerOf({ jurisdictionOf }: RoundsContext, rule: NoticeRule, units: readonly PagedUnit[]): boolean {
  return units.some(
    ({ header: { status, kind, line, entity } }) =>
      status === "open" &&
      rule.due.units.includes(kind) &&
      (rule.lines === null || rule.lines.includes(line)) &&
      isGivenIn(rule, jurisdictionOf(entity)),
  );
}

function isWritten({ state }: CustomerAuthority, units: readonly PagedUnit[]): boolean {
  return state !== null && units.every(({ isBelieved }) => isBelieved);
}
