// A room shows its content once: to whoever has the link and the code, a passkey made earlier, or the word of the recipient's own identity provider.
import { judgeCode } from "../codes/codes.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { asId } from "../kernel/ids.ts";
import type { Asking, CreationOptions, RequestOptions } from "../signin/signin.ts";
import { moved, requireWaiting } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import type { Contents } from "./contents.ts";
import { PackagesError } from "./errors.ts";
import type { PackageContent, PackageRow } from "./package-row.ts";
import { askedPasskey, checkPasskey, offeredPasskey, type ShownPasskey } from "./room-passkeys.ts";
import { arrivedFor, providerName } from "./room-provider.ts";
import { digestOf, openRoom } from "./seal-file.ts";
import { takeWaiting, waitingPackage } from "./waiting-package.ts";

export type ShownForRoom =
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "passkey"; readonly passkey: ShownPasskey }
  /** What the browser brought back from the recipient's identity provider. */
  | { readonly by: "provider"; readonly carried: string | null };

export interface OpenedRoom {
  readonly packageId: Uuid;
  readonly contents: Contents;
  readonly mayDownload: boolean;
  /** For the watermark: who it was given to, and when. */
  readonly reader: { readonly recipient: string; readonly contact: string | null; readonly at: Date };
  /** To open later rooms by; null where a passkey opened this one. */
  readonly passkey: Asking<CreationOptions> | null;
}

export interface RoomWays {
  /** Null where nobody at the recipient made a passkey. */
  readonly passkey: Asking<RequestOptions> | null;
  /** The host of the recipient's own identity provider. */
  readonly provider: string | null;
  /** Whoever asks has come back from it. */
  readonly isSignedIn: boolean;
}

/** How this room may be opened beside the code. Throws PackagesError `unknown-package`. */
export async function waysInto(context: PackagesContext, secret: string, carried: string | null): Promise<RoomWays> {
  const row = await waitingPackage(context, secret, "room");
  const { recipient } = await context.recipients.file(asId(row.content.recipientId));
  return {
    passkey: await askedPasskey(context, row),
    provider: providerName(recipient),
    isSignedIn: (await arrivedFor(context, row, carried)) !== null,
  };
}

/**
 * INVARIANT: what is shown is taken out in the transaction that says so: the file is gone with the answer. Throws PackagesError `unknown-package`,
 * `bad-code`, `bad-passkey`, `sign-in-refused`.
 */
export async function openPackageRoom(
  context: PackagesContext,
  secret: string,
  shown: ShownForRoom,
): Promise<OpenedRoom> {
  const row = await waitingPackage(context, secret, "room");
  const proved = shown.by === "code" ? null : await proof(context, row, shown);
  let isRight = proved !== null;
  const { content, file } = await takeWaiting(
    context,
    { secret, delivery: "room" },
    {
      action: "package.pick-up",
      actor: context.access.system,
      detail: proved?.detail ?? { by: "code" },
      change: (held, now) => {
        requireWaiting(held, now);
        if (shown.by !== "code") return moved(held, "picked-up", now);
        const judged = judgedCode(context, row, { held, now, typed: shown.code });
        ({ isRight } = judged);
        return judged.content;
      },
    },
  );
  if (!isRight) throw new PackagesError("bad-code");
  const text = file !== null && digestOf(file) === content.digest ? await openRoom(secret, file) : null;
  if (text === null) throw new PackagesError("unknown-package");
  const { name, contact } = (await context.recipients.file(asId(content.recipientId))).recipient.content;
  return {
    packageId: row.rowId,
    contents: JSON.parse(text) as Contents,
    mayDownload: content.mayDownload,
    reader: { recipient: name, contact: proved?.name ?? contact, at: context.clock.now() },
    passkey: shown.by === "passkey" ? null : await offeredPasskey(context, row),
  };
}

interface Proof {
  readonly detail: { readonly [key: string]: Json };
  /** Who came, where the provider says. */
  readonly name: string | null;
}

async function proof(
  context: PackagesContext,
  row: PackageRow,
  shown: Exclude<ShownForRoom, { by: "code" }>,
): Promise<Proof> {
  if (shown.by === "passkey")
    return { detail: { by: "passkey", passkey: await checkPasskey(context, row, shown.passkey) }, name: null };
  const came = await arrivedFor(context, row, shown.carried);
  if (came === null) throw new PackagesError("sign-in-refused");
  return { detail: { by: "provider", issuer: came.issuer, subject: came.subject }, name: came.name };
}

interface Judging {
  readonly held: PackageContent;
  readonly now: Date;
  readonly typed: string;
}

function judgedCode(
  { keys }: PackagesContext,
  { rowId }: PackageRow,
  { held, now, typed }: Judging,
): { readonly isRight: boolean; readonly content: PackageContent } {
  const { code } = held;
  if (code === null || new Date(code.expiresAt) <= now) return { isRight: false, content: { ...held, code: null } };
  const { isRight, kept } = judgeCode(keys, rowId, code.kept, typed);
  if (isRight) return { isRight, content: moved(held, "picked-up", now) };
  return { isRight, content: { ...held, code: kept === null ? null : { ...code, kept } } };
}
