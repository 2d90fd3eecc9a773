// Files that nobody is handed any more are destroyed: of packages whose time is over, and of those that hold what was erased.
import type { Uuid } from "../kernel/bytes.ts";
import { endPackage } from "./change-package.ts";
import type { PackagesContext } from "./context.ts";
import { hasMoved, holdsErased } from "./erased-since.ts";
import { PackagesError } from "./errors.ts";
import { selectExpired, selectFilesAfter } from "./file-store.ts";
import { findPackage } from "./waiting-package.ts";

const SWEPT = 50;
const PAGE = 200;

export async function sweep(context: PackagesContext, signal?: AbortSignal): Promise<void> {
  const { database, clock } = context;
  for (const packageId of await selectExpired(database, clock.now(), SWEPT)) {
    if (signal?.aborted === true) return;
    await end(context, packageId, "expired");
  }
  let page: readonly Uuid[] = [];
  do {
    page = await selectFilesAfter(database, page.at(-1) ?? null, PAGE);
    for (const packageId of page) {
      if (signal?.aborted === true) return;
      const row = await findPackage(context, packageId);
      if (row === null || !(await hasMoved(context, row.content))) continue;
      if (await holdsErased(context, row.content)) await end(context, packageId, "revoked");
    }
  } while (page.length === PAGE);
}

async function end(context: PackagesContext, packageId: Uuid, state: "expired" | "revoked"): Promise<void> {
  const row = await findPackage(context, packageId);
  if (row === null) return;
  try {
    await endPackage(context, row, { state, action: "package.stop", actor: context.access.system });
  } catch (error) {
    // Picked up, revoked or swept meanwhile, here or in another process.
    if (!(error instanceof PackagesError) || error.code !== "wrong-state") throw error;
  }
}
