// A person's deadlines for the calendar they have, by a secret link of their own.
import { randomBytes } from "node:crypto";
import { type Access, AccessError, type AlsoWrite, type Authenticated } from "../access/access.ts";
import { type AuthorityRows, putRow, type Row } from "../authority/authority.ts";
import { newId } from "../kernel/ids.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Token } from "../kernel/bytes.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database } from "../postgres/database.ts";
import { type Due, icalendar } from "./feed.ts";
import { type CalendarLanguage, LINK, type LinkContent } from "./link-row.ts";

export type { Due } from "./feed.ts";

export interface CalendarContext {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  /** What falls due for somebody, from the domains that hold it. */
  readonly duesOf: (asker: Authenticated) => Promise<readonly Due[]>;
}

export interface Calendar {
  /** Another link in place of any before; its secret is shown this once. */
  make(asker: Authenticated, language: CalendarLanguage, also?: AlsoWrite): Promise<string>;
  end(asker: Authenticated, also?: AlsoWrite): Promise<void>;
  /** When the link that stands was made; null where none does. */
  madeAt(asker: Authenticated): Promise<Date | null>;
  /** iCalendar; null for a secret that is nobody's, whatever the reason. */
  feed(secret: string): Promise<string | null>;
}

const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
/** Calendars are not archives. */
const DUES_MAX = 500;

export function openCalendar(context: CalendarContext): Calendar {
  const { authority, database, keys } = context;
  const standing = async ({ principalId }: Authenticated): Promise<Row<LinkContent> | null> =>
    (await authority.live(database, LINK, principalId))[0] ?? null;
  return {
    make: async (asker, language, also) => {
      const secret = randomBytes(SECRET_BYTES).toString("base64url");
      await write(context, asker, { lookup: lookupOf(keys, secret), language }, also);
      return secret;
    },
    end: (asker, also) => write(context, asker, null, also),
    madeAt: async (asker) => {
      const row = await standing(asker);
      return row === null ? null : new Date(row.content.madeAt);
    },
    feed: (secret) => feed(context, secret),
  };
}

function lookupOf(keys: CalendarContext["keys"], secret: string): Token {
  return keys.keyedDigest("calendar-link", secret);
}

async function write(
  { access, authority, clock }: CalendarContext,
  asker: Authenticated,
  link: { readonly lookup: Token; readonly language: CalendarLanguage } | null,
  also?: AlsoWrite,
): Promise<void> {
  const action = link === null ? "calendar.end" : "calendar.make";
  const targets = [asker.principalId];
  await access.write({ kind: "credential", action, actor: asker, targets, isOwn: true, also }, async ({ tx, act }) => {
    // The link would outlast the token of a client that acts for the person.
    if (link !== null && asker.via !== undefined) throw new AccessError("not-permitted");
    const written = await authority.change(tx, {
      ownerId: asker.principalId,
      act,
      reads: [LINK.kind],
      make: (live) => {
        const before = live.of(LINK, clock.now()).map(({ rowId }) => ({ end: rowId }));
        if (link === null) return before;
        const content = { madeAt: clock.now().toISOString(), language: link.language };
        return [...before, putRow(LINK, { rowId: newId(), lookup: link.lookup, content })];
      },
    });
    return { result: null, written, ids: targets };
  });
}

async function feed(context: CalendarContext, secret: string): Promise<string | null> {
  const { access, authority, clock, database, duesOf, keys } = context;
  const row = SECRET.test(secret) ? await authority.find(database, LINK, lookupOf(keys, secret)) : null;
  const owner = row === null ? null : await access.reread(row.ownerId);
  if (row === null || owner === null) return null;
  const dues = await duesOf(owner);
  const soonest = dues.toSorted((one, other) => one.at.getTime() - other.at.getTime()).slice(0, DUES_MAX);
  const uidOf = ({ kind, id }: Due): string =>
    Buffer.from(keys.keyedDigest("calendar-event", row.ownerId, kind, id))
      .toString("hex")
      .slice(0, 32);
  return icalendar(soonest, { language: row.content.language, now: clock.now(), uidOf });
}
