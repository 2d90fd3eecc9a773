// Whether anything of this domain still stands under a version of the authority key, which must not be destroyed before.
import { asPublicBytes, u32be } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { selectVersionUsed } from "./scan-store.ts";

export async function isAuthorityVersionUsed(on: Querier, version: number): Promise<boolean> {
  return selectVersionUsed(on, asPublicBytes(u32be(version)));
}
