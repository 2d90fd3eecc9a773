// Passwords as they stand among authority rows: chosen by their owner, checked with the same work for everybody, never used twice.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import { type LiveRows, putRow, type Row, type RowType } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import { accountOf } from "./account.ts";
import { type StoredHash, storedHash } from "./argon2.ts";
import type { SignInContext } from "./context.ts";
import { SignInError } from "./errors.ts";
import { noted, NOTICE, notifyOutside, type Whence } from "./notices.ts";
import type { PasswordFault } from "./password-rules.ts";
import { passwordDays } from "./policy.ts";
import { SESSION } from "./session-row.ts";
import { writeRows } from "./write-rows.ts";

const content = z.strictObject({
  current: storedHash,
  /** The newest first. */
  former: z.array(storedHash).max(24),
  setAt: z.iso.datetime(),
});
export type PasswordContent = z.infer<typeof content>;

export const PASSWORD: RowType<PasswordContent> = { kind: "password", content };

const WORDS: Readonly<Record<PasswordFault, string>> = {
  "too-short": "longer: a phrase of several words is easy to keep in mind",
  "too-long": "shorter",
  common: "another one: this is on lists of common and breached passwords",
  guessable: "another one: this is easily guessed, also from your name or company",
  "used-before": "another one: you have used this before",
};

export async function passwordOf(
  { authority, database }: Pick<SignInContext, "authority" | "database">,
  principalId: Uuid,
): Promise<Row<PasswordContent> | null> {
  const [row] = await authority.live(database, PASSWORD, principalId);
  return row ?? null;
}

/** One hash is computed, whoever it is and whatever they have. */
export async function isPasswordOf(
  context: SignInContext,
  principalId: Uuid | null,
  password: string,
): Promise<boolean> {
  // Without an account, the same is read as with one.
  const row = await passwordOf(context, principalId ?? newId());
  if (row === null || principalId === null) return context.hasher.matchesNobody(password);
  if (!(await context.hasher.matches(password, row.content.current))) return false;
  if (context.hasher.isOutdated(row.content.current)) await renewHash(context, principalId, row, password);
  return true;
}

/** The parameters were raised since: done over now, as the password is known only at this moment. */
async function renewHash(
  context: SignInContext,
  principalId: Uuid,
  row: Row<PasswordContent>,
  password: string,
): Promise<void> {
  const current = await context.hasher.make(password);
  await writeRows(context, {
    kind: "credential",
    action: "credential.change",
    actor: context.access.system,
    principalId,
    reads: [PASSWORD],
    make: (live, now) => {
      const standing = live
        .of(PASSWORD, now)
        .find(({ rowId, revision }) => rowId === row.rowId && revision === row.revision);
      const changes =
        standing === undefined ? [] : [putRow(PASSWORD, { ...standing, content: { ...standing.content, current } })];
      return { changes, result: null, detail: { change: "password-hash-renewed" } };
    },
  });
}

/**
 * The caller has seen to it that the person may (fresh factor, or enrolment). All other sessions end. Throws SignInError `bad-password`, saying what
 * would be better.
 */
export async function setPassword(
  context: SignInContext,
  owner: Authenticated,
  password: string,
  whence: Whence,
): Promise<void> {
  const { principalId } = owner;
  const [account, person] = await Promise.all([
    accountOf(context, principalId),
    context.access.describePrincipal(principalId),
  ]);
  const known = { name: person?.name ?? "", email: account.content.email, company: context.site().hostname };
  const fault = await context.judgePassword(password, known);
  if (fault !== null) throw badPassword(fault);
  const before = await passwordOf(context, principalId);
  const former = before === null ? [] : [before.content.current, ...before.content.former];
  await refuseUsed(context, password, former);
  const current = await context.hasher.make(password);
  const kept = former.slice(0, context.policy.password.history);
  await writeRows(context, {
    kind: "credential",
    action: "credential.change",
    actor: owner,
    principalId,
    isOwn: true,
    reads: [PASSWORD, SESSION, NOTICE],
    make: (live, now) => ({
      changes: [
        putRow(PASSWORD, {
          rowId: live.of(PASSWORD, now)[0]?.rowId ?? newId(),
          content: { current, former: kept, setAt: now.toISOString() },
        }),
        ...othersOf(live, now, owner.signIn?.sessionId ?? null),
        ...(before === null ? [] : noted(live, now, "password-changed", whence)),
      ],
      result: null,
      detail: { change: before === null ? "password-set" : "password-changed" },
    }),
  });
  if (before !== null) await notifyOutside(context, principalId, "password-changed");
}

/** Whether the policy wants a new one by now. */
export function isExpired(context: SignInContext, role: Authenticated["role"], row: Row<PasswordContent>): boolean {
  const days = passwordDays(context.policy, role);
  return days !== null && context.clock.now().getTime() - new Date(row.content.setAt).getTime() >= days * 86_400_000;
}

function othersOf(live: LiveRows, now: Date, sessionId: Uuid | null): readonly { readonly end: Uuid }[] {
  return live
    .of(SESSION, now)
    .filter(({ rowId }) => rowId !== sessionId)
    .map(({ rowId }) => ({ end: rowId }));
}

async function refuseUsed(
  { hasher, policy }: SignInContext,
  password: string,
  former: readonly StoredHash[],
): Promise<void> {
  for (const hash of former.slice(0, Math.max(1, policy.password.history)))
    if (await hasher.matches(password, hash)) throw badPassword("used-before");
}

function badPassword(fault: PasswordFault): SignInError {
  return new SignInError("bad-password", `choose ${WORDS[fault]}`);
}
