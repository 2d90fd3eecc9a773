// Every change of a package after it was made: under its lock, with its file, and the entry that ends the transaction.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { asId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import { takeFile } from "./file-store.ts";
import { holdStanding, type Standing } from "./leaving.ts";
import { PACKAGE, type PackageContent, type PackageRow } from "./package-row.ts";

export interface Changing {
  readonly row: PackageRow;
  /** Of what leaves: throws Overtaken where it is not so any more. */
  readonly standing?: Standing;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly detail?: { readonly [key: string]: Json };
  /** From what stands under the lock; throws to change nothing. */
  readonly change: (content: PackageContent, now: Date) => PackageContent;
  /** In the same transaction, once it is changed. */
  readonly alsoWrite?: (tx: Transaction, content: PackageContent) => Promise<void>;
}

export interface Changed {
  readonly content: PackageContent;
  /** What was taken out where the package does not wait any longer. */
  readonly file: Buffer | null;
}

/** Throws PackagesError `unknown-package` where it is gone. */
export async function changePackage(
  { access, authority, clock }: PackagesContext,
  { row, standing, action, actor, also, detail: more, change, alsoWrite }: Changing,
): Promise<Changed> {
  const { rowId: packageId } = row;
  const recipientId = asId(row.content.recipientId);
  const attempt = { kind: "package", action, actor, targets: [recipientId], also } as const;
  return access.write(attempt, async ({ tx, act }) => {
    if (standing !== undefined) await holdStanding({ access, authority }, tx, standing);
    let changed: PackageContent | null = null;
    const written = await authority.change(tx, {
      ownerId: packageId,
      act,
      reads: [PACKAGE.kind],
      make: (live) => {
        const now = clock.now();
        const [found] = live.of(PACKAGE, now);
        if (found === undefined) throw new PackagesError("unknown-package");
        changed = change(found.content, now);
        return [putRow(PACKAGE, { ...found, content: changed })];
      },
    });
    const content = changed as unknown as PackageContent;
    await alsoWrite?.(tx, content);
    const file = content.state === "waiting" ? null : await takeFile(tx, packageId);
    const detail: { readonly [key: string]: Json } = { package: packageId, state: content.state, ...more };
    return { result: { content, file }, written, recipient: recipientId, detail, ids: [packageId] };
  });
}

export function moved(content: PackageContent, state: PackageContent["state"], now: Date): PackageContent {
  return { ...content, state, changedAt: now.toISOString(), code: null };
}

/** Waits, and its time is not over. Throws PackagesError `unknown-package`. */
export function requireWaiting(content: PackageContent, now: Date): void {
  if (content.state !== "waiting" || new Date(content.expiresAt) <= now) throw new PackagesError("unknown-package");
}

export async function endPackage(
  context: PackagesContext,
  row: PackageRow,
  by: {
    readonly state: "revoked" | "expired";
    readonly action: Action;
    readonly actor: Actor;
    readonly also?: AlsoWrite;
  },
): Promise<Uuid> {
  await changePackage(context, {
    row,
    ...by,
    change: (content, now) => {
      if (content.state !== "waiting") throw new PackagesError("wrong-state");
      return moved(content, by.state, now);
    },
  });
  return row.rowId;
}
