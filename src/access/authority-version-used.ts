// Whether anything of this domain still stands under a version of the authority key, which must not be destroyed before.
import { isRowVersionUsed } from "../authority/authority.ts";
import { asPublicBytes, u32be } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import { selectVersionUsed } from "./scan-store.ts";

export async function isAuthorityVersionUsed(on: Querier, version: number): Promise<boolean> {
  const used = asPublicBytes(u32be(version));
  return (await selectVersionUsed(on, used)) || isRowVersionUsed(on, used);
}
