// Everybody whose access is reviewed, with what the ledger and the store of credentials say of them: read in batches, however many they are.
import { z } from "zod";
import type { Access, DescribedPrincipal } from "../access/access.ts";
import type { AuthorityRows, LiveRows, RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Ledger, Usage } from "../ledger/ledger.ts";
import type { Querier } from "../postgres/database.ts";

/** What authority rows say of a principal. */
export interface SignInFacts {
  readonly hasSecondFactor: boolean;
  /** Different devices and addresses of sessions that are open now. */
  readonly places: number;
  /** Elevations, approvals and emergency access in force: how many. */
  readonly grants: number;
}

export interface Population {
  /** Staff and clients that are not revoked, in the order of their ids. */
  readonly people: readonly DescribedPrincipal[];
  readonly byId: ReadonlyMap<Uuid, DescribedPrincipal>;
  readonly since: Date;
  readonly usage: ReadonlyMap<Uuid, Usage>;
  /** Of those who did nothing since then: when they last did, if ever; whole seconds since the Unix epoch. */
  readonly lastActs: ReadonlyMap<Uuid, number>;
  readonly grantors: ReadonlyMap<Uuid, ReadonlySet<Uuid>>;
  readonly signIns: ReadonlyMap<Uuid, SignInFacts>;
}

export interface PopulationParts {
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly ledger: Pick<Ledger, "usageSince" | "lastActs" | "grantors">;
  readonly database: Querier;
  readonly clock: Clock;
}

const PAGE = 200;
const OWNERS_AT_ONCE = 500;

export async function readPopulation(parts: PopulationParts, since: Date): Promise<Population> {
  const { access, ledger } = parts;
  const people = (await everybody(access)).filter(
    ({ kind, status }) => (kind === "staff" || kind === "client") && status !== "revoked",
  );
  const [usage, grantors] = await Promise.all([ledger.usageSince(since), ledger.grantors()]);
  const idle = people.map(({ principalId }) => principalId).filter((id) => !usage.has(id));
  return {
    people,
    byId: new Map(people.map((person) => [person.principalId, person])),
    since,
    usage,
    grantors,
    lastActs: await ledger.lastActs(idle),
    signIns: await signInFacts(parts, people),
  };
}

async function everybody(access: Access): Promise<DescribedPrincipal[]> {
  const found: DescribedPrincipal[] = [];
  for (let after: Uuid | null = null; ;) {
    const page = await access.listPrincipals({ after, limit: PAGE });
    found.push(...page.principals);
    if (page.next === null) return found;
    after = page.next;
  }
}

/** The kinds of authority rows that are a second factor, or a first one that is as good as two; single sign-on answers for its own. */
const STRONG_KINDS = ["totp", "passkey", "sso-subject"];

interface SessionPlace {
  readonly device: string;
  readonly address: string;
  readonly [other: string]: Json;
}

/** A session, of which only where it came from is looked at. */
const SESSION: RowType<SessionPlace> = {
  kind: "session",
  content: z.looseObject({ device: z.string(), address: z.string() }) as unknown as z.ZodType<SessionPlace>,
};

async function signInFacts(
  { authority, database, clock }: PopulationParts,
  people: readonly DescribedPrincipal[],
): Promise<Map<Uuid, SignInFacts>> {
  const ids = people.map(({ principalId }) => principalId);
  const facts = new Map<Uuid, SignInFacts>();
  const now = clock.now();
  for (let at = 0; at < ids.length; at += OWNERS_AT_ONCE) {
    const found = await authority.liveOfMany(database, [SESSION], ids.slice(at, at + OWNERS_AT_ONCE));
    for (const [id, rows] of found) {
      // Rows that do not verify prove nothing: no second factor.
      const kinds = rows?.places.map(({ kind }) => kind) ?? [];
      const sessions = rows?.of(SESSION, now) ?? [];
      const places = new Set(sessions.map(({ content }) => `${content.device}\n${content.address}`));
      facts.set(id, {
        hasSecondFactor: kinds.some((kind) => STRONG_KINDS.includes(kind)),
        places: places.size,
        grants: grantsOf(rows, now),
      });
    }
  }
  return facts;
}

/** A row of src/grants, of which only its number counts here. */
const GRANT_KIND = "grant";

function grantsOf(rows: LiveRows | null, now: Date): number {
  const grants = rows?.places.filter(({ kind, endsAt }) => kind === GRANT_KIND && (endsAt === null || now < endsAt));
  return grants?.length ?? 0;
}
