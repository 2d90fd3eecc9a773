// Invitations: a link that works once and for a time, by which somebody enrols factors that whoever made the link never sees.
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type LiveRows, putRow, type Row, type RowChange, type RowType } from "../authority/authority.ts";
import { equalConstantTime, type Token, type Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Keys } from "../keys/keys.ts";
import { accountOf } from "./account.ts";
import type { SignInContext } from "./context.ts";
import { DEVICE, type SignedInFrom } from "./devices.ts";
import { SignInError } from "./errors.ts";
import { tried } from "./lockout.ts";
import { noted, NOTICE, notifyOutside } from "./notices.ts";
import { PASSWORD } from "./password.ts";
import { PASSKEY } from "./passkeys.ts";
import { recordRefused } from "./record.ts";
import { plainLetters, RECOVERY } from "./recovery-codes.ts";
import { SESSION } from "./session-row.ts";
import type { StartedSession } from "./sessions.ts";
import { TOTP } from "./totp.ts";

const content = z.strictObject({
  /** A reset ends everything the person had, when it is accepted. */
  purpose: z.enum(["enrolment", "reset"]),
  madeBy: z.string(),
  /** Where a second secret was given to the person on another way, its digest. */
  codeDigest: z.string().nullable(),
});
export type InvitationContent = z.infer<typeof content>;

export const INVITATION: RowType<InvitationContent> = { kind: "invitation", content };

const TOKEN_PATTERN = /^ubi_[A-Za-z0-9_-]{43}$/;
/** What a reset takes away. */
const FACTORS = [PASSWORD, TOTP, PASSKEY, RECOVERY, DEVICE, SESSION] as const;

export interface NewInvitation {
  /** Shown once. */
  readonly token: string;
  /** Where the person goes with it. The token stands after the hash sign, which browsers send to nobody. */
  readonly link: string;
  readonly endsAt: Date;
}

/** One in force a person: earlier ones end. INVITATION must be among what was read. */
export function invited(
  context: SignInContext,
  live: LiveRows,
  asked: InvitationContent & { readonly hours: number },
): { readonly invitation: NewInvitation; readonly changes: readonly RowChange[] } {
  const { hours, ...held } = asked;
  const now = context.clock.now();
  const token = `ubi_${randomBytes(32).toString("base64url")}`;
  const endsAt = new Date(now.getTime() + hours * 3_600_000);
  const link = new URL(`/enrol#${token}`, context.site()).href;
  const lookup = invitationDigest(context.keys, token);
  return {
    invitation: { token, link, endsAt },
    changes: [
      ...live.of(INVITATION, now).map(({ rowId }) => ({ end: rowId })),
      putRow(INVITATION, { rowId: newId(), lookup, endsAt, content: held }),
    ],
  };
}

export interface InvitationFace {
  readonly name: string;
  readonly email: string;
  readonly purpose: InvitationContent["purpose"];
  readonly endsAt: Date;
  readonly codeNeeded: boolean;
}

/** What the person sees before accepting; nothing where accepting would be refused, as for whoever was ended since. Throws SignInError `invitation-refused`. */
export async function lookAt(context: SignInContext, token: string): Promise<InvitationFace> {
  const row = await goodInvitation(context, token);
  if (row === null || row.endsAt === null || (await context.access.reread(row.ownerId)) === null)
    throw new SignInError("invitation-refused");
  const [account, person] = await Promise.all([
    accountOf(context, row.ownerId),
    context.access.describePrincipal(row.ownerId),
  ]);
  const { purpose, codeDigest } = row.content;
  const { email } = account.content;
  return { name: person?.name ?? email, email, purpose, endsAt: row.endsAt, codeNeeded: codeDigest !== null };
}

export interface Accepting {
  readonly token: string;
  readonly code: string | null;
  readonly from: SignedInFrom;
}

/** Uses the link up. The session that begins may enrol factors and nothing else. Throws SignInError `invitation-refused`, `locked`. */
export async function accept(context: SignInContext, { token, code, from }: Accepting): Promise<StartedSession> {
  const row = await goodInvitation(context, token);
  const refuse = async (): Promise<never> => {
    const principalId = row?.ownerId ?? null;
    await recordRefused(context, {
      reason: "bad-invitation",
      principalId,
      address: from.address,
      method: "invitation",
    });
    throw new SignInError("invitation-refused");
  };
  if (row === null) return refuse();
  const { codeDigest, purpose } = row.content;
  if (codeDigest !== null) {
    const trying = { account: row.rowId, what: "invitation", address: from.address, deviceId: null } as const;
    await tried(context, trying, () =>
      isCode(context.keys, row.ownerId, codeDigest, code) ? Promise.resolve() : refuse(),
    );
  }
  if ((await context.access.reread(row.ownerId)) === null) return refuse();
  const started = await begin(context, row, from);
  if (purpose === "reset") await notifyOutside(context, row.ownerId, "reset-done");
  return started;
}

function begin(context: SignInContext, row: Row<InvitationContent>, from: SignedInFrom): Promise<StartedSession> {
  const isReset = row.content.purpose === "reset";
  return context.sessions.start(
    {
      principalId: row.ownerId,
      methods: ["invitation"],
      isStrong: false,
      isPhishingResistant: false,
      ...context.policy.sessions.enrolment,
      device: from.device,
      address: from.address,
    },
    {
      reads: [INVITATION, NOTICE, ...FACTORS],
      make: (live, now) => {
        // Of two who come with one link at once, the second finds it used.
        if (!live.of(INVITATION, now).some(({ rowId }) => rowId === row.rowId))
          throw new SignInError("invitation-refused");
        const used = [{ end: row.rowId }];
        if (!isReset) return used;
        const lost = FACTORS.flatMap((type) =>
          live.of<never>(type as unknown as RowType<never>, now).map(({ rowId }) => ({ end: rowId })),
        );
        return [...used, ...lost, ...noted(live, now, "reset-done", from)];
      },
    },
  );
}

/** INVARIANT: what whoever holds the link alone does not know, and whoever knows the code alone has no use for. */
export function codeDigestOf(keys: Pick<Keys, "keyedDigest">, principalId: Uuid, code: string): string {
  return Buffer.from(keys.keyedDigest("reset-code", principalId, plainLetters(code))).toString("base64url");
}

function isCode(keys: Pick<Keys, "keyedDigest">, principalId: Uuid, digest: string, code: string | null): boolean {
  const given = Buffer.from(codeDigestOf(keys, principalId, code ?? ""), "base64url");
  return code !== null && equalConstantTime(Buffer.from(digest, "base64url"), given);
}

async function goodInvitation(context: SignInContext, token: string): Promise<Row<InvitationContent> | null> {
  if (!TOKEN_PATTERN.test(token)) return null;
  return context.authority.find(context.database, INVITATION, invitationDigest(context.keys, token));
}

function invitationDigest(keys: Pick<Keys, "keyedDigest">, token: string): Token {
  return keys.keyedDigest("invitation", token);
}
