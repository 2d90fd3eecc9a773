// Picking up: whoever holds the link takes the file once; the code for a room goes to the registered contact, wherever the link came to.
import { CODE_LIFETIME_MINUTES, CODE_LIFETIME_MS, newCode, spend } from "../codes/codes.ts";
import { asId } from "../kernel/ids.ts";
import { changePackage, moved, requireWaiting } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import type { PackageContent, PackageRow } from "./package-row.ts";
import { digestOf } from "./seal-file.ts";
import { takeWaiting, waitingPackage } from "./waiting-package.ts";

const HOUR_MS = 3_600_000;
const CODES_AN_HOUR = 5;

export interface PickedUp {
  readonly packageId: PackageRow["rowId"];
  readonly format: PackageContent["format"];
  readonly file: Buffer;
}

export async function pickUp(context: PackagesContext, secret: string): Promise<PickedUp> {
  const { packageId, content, file } = await takeWaiting(
    context,
    { secret, delivery: "key" },
    {
      action: "package.pick-up",
      actor: context.access.system,
      change: (held, now) => {
        requireWaiting(held, now);
        return moved(held, "picked-up", now);
      },
    },
  );
  // INVARIANT: a file put in its place by whoever writes the database is handed to nobody.
  if (file === null || digestOf(file) !== content.digest) throw new PackagesError("unknown-package");
  return { packageId, format: content.format, file };
}

/** To the recipient's registered contact, wherever the link came to. Throws PackagesError `unknown-package`, CodesError `too-many`. */
export async function sendCode(context: PackagesContext, secret: string): Promise<Date> {
  const { keys, database, clock, access, mail, recipients } = context;
  const row = await waitingPackage(context, secret, "room");
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
