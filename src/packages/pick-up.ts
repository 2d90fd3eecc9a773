// Picking up: whoever holds the link takes the file once; a room shows its content once, to whoever also has the code sent to the recipient.
import { activeFlags } from "../access/access.ts";
import { CODE_LIFETIME_MINUTES, CODE_LIFETIME_MS, judgeCode, newCode, spend } from "../codes/codes.ts";
import { asId } from "../kernel/ids.ts";
import { changePackage, moved, requireWaiting } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import type { Contents } from "./contents.ts";
import { PackagesError } from "./errors.ts";
import { PACKAGE, type PackageContent, type PackageRow } from "./package-row.ts";
import { digestOf, lookupOf, openRoom } from "./seal-file.ts";
import { isServed } from "./served.ts";

const HOUR_MS = 3_600_000;
const CODES_AN_HOUR = 5;

/** Nobody learns why there is nothing to pick up. Throws PackagesError `unknown-package`. */
async function waiting(
  context: PackagesContext,
  secret: string,
  delivery: PackageContent["delivery"],
): Promise<PackageRow> {
  const row = await context.authority.find(context.database, PACKAGE, lookupOf(context.keys, secret));
  if (row === null || row.content.delivery !== delivery) throw new PackagesError("unknown-package");
  requireWaiting(row.content, context.clock.now());
  await requireStillLawful(context, row.content);
  return row;
}

/**
 * INVARIANT: what was disclosed leaves only while it still might be: the recipient is served, its key stands, and nobody it is about was erased or
 * restricted since. Throws PackagesError `unknown-package`.
 */
async function requireStillLawful(
  { recipients, access, clock }: PackagesContext,
  content: PackageContent,
): Promise<void> {
  const unknown = new PackagesError("unknown-package");
  const { recipientId, keyId, customers } = content;
  const standing = await recipients.standing(asId(recipientId));
  if (standing === null || !isServed(standing, content)) throw unknown;
  if (keyId !== null) {
    const { keys } = await recipients.file(asId(recipientId));
    if (!keys.some(({ rowId, content: key }) => rowId === keyId && key.approvedBy !== null)) throw unknown;
  }
  const authorities = await access.authoritiesOf(customers.map(([customerId]) => asId(customerId)));
  for (const [customerId, revision] of customers) {
    const now = authorities.get(asId(customerId));
    if (now?.state == null || now.state.status === "erased") throw unknown;
    if (now.revision !== revision && activeFlags(now.state, clock.now()).includes("restricted")) throw unknown;
  }
}

export interface PickedUp {
  readonly packageId: PackageRow["rowId"];
  readonly format: PackageContent["format"];
  readonly file: Buffer;
}

export async function pickUp(context: PackagesContext, secret: string): Promise<PickedUp> {
  const row = await waiting(context, secret, "key");
  const { content, file } = await changePackage(context, {
    row,
    action: "package.pick-up",
    actor: context.access.system,
    change: (held, now) => {
      requireWaiting(held, now);
      return moved(held, "picked-up", now);
    },
  });
  // INVARIANT: a file put in its place by whoever writes the database is handed to nobody.
  if (file === null || digestOf(file) !== content.digest) throw new PackagesError("unknown-package");
  return { packageId: row.rowId, format: content.format, file };
}

/** To the recipient's registered contact, wherever the link came to. Throws PackagesError `unknown-package`, CodesError `too-many`. */
export async function sendCode(context: PackagesContext, secret: string): Promise<Date> {
  const { keys, database, clock, access, mail, recipients } = context;
  const row = await waiting(context, secret, "room");
  await spend({ database, keys, clock }, [{ of: ["room", row.rowId], most: CODES_AN_HOUR, windowMs: HOUR_MS }]);
  const { recipient } = await recipients.file(asId(row.content.recipientId));
  const { code, kept } = newCode(keys, row.rowId);
  const expiresAt = new Date(clock.now().getTime() + CODE_LIFETIME_MS);
  const to = mail.addressOf("email", recipient.content.contact ?? "");
  if (to === null) throw new PackagesError("unknown-package");
  await changePackage(context, {
    row,
    action: "package.pick-up",
    actor: access.system,
    change: (held, now) => {
      requireWaiting(held, now);
      return { ...held, code: { kept, expiresAt: expiresAt.toISOString() } };
    },
    alsoWrite: async (tx) => {
      const values = { code, minutes: CODE_LIFETIME_MINUTES };
      await mail.put(tx, { to, name: "room-code", language: "en", values, expiresAt });
    },
  });
  return expiresAt;
}

export interface OpenedRoom {
  readonly packageId: PackageRow["rowId"];
  readonly contents: Contents;
  readonly mayDownload: boolean;
  /** For the watermark: who it was given to, and when. */
  readonly reader: { readonly recipient: string; readonly contact: string | null; readonly at: Date };
}

/** Shown once: the file is gone with the answer. Throws PackagesError `unknown-package`, `bad-code`. */
export async function openPackageRoom(context: PackagesContext, secret: string, typed: string): Promise<OpenedRoom> {
  const { access, keys, recipients, clock } = context;
  const row = await waiting(context, secret, "room");
  let isRight = false;
  const { content, file } = await changePackage(context, {
    row,
    action: "package.pick-up",
    actor: access.system,
    change: (held, now) => {
      requireWaiting(held, now);
      const { code } = held;
      if (code === null || new Date(code.expiresAt) <= now) return { ...held, code: null };
      const judged = judgeCode(keys, row.rowId, code.kept, typed);
      ({ isRight } = judged);
      if (isRight) return moved(held, "picked-up", now);
      return { ...held, code: judged.kept === null ? null : { ...code, kept: judged.kept } };
    },
  });
  if (!isRight) throw new PackagesError("bad-code");
  const text = file !== null && digestOf(file) === content.digest ? await openRoom(secret, file) : null;
  if (text === null) throw new PackagesError("unknown-package");
  const { name, contact } = (await recipients.file(asId(content.recipientId))).recipient.content;
  return {
    packageId: row.rowId,
    contents: JSON.parse(text) as Contents,
    mayDownload: content.mayDownload,
    reader: { recipient: name, contact, at: clock.now() },
  };
}
