// Mappings as the interface shows them.
import type { z } from "zod";
import type { mappingShown } from "../../../contract/operations.ts";
import type { Authenticated } from "../../access/access.ts";
import type { MappingMade } from "../../feeds/feeds.ts";
import { type MappingShown, shownMapping } from "../../import/import.ts";
import { parseOrigin } from "../../vault/vault.ts";
import { originAnswer } from "../customers/origins.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { needsApproval } from "./may-import.ts";

type MappingAnswer = z.output<typeof mappingShown>;
type Parts = Pick<Shell, "access" | "changes" | "vault">;

export function mappingAnswer(
  shell: Parts,
  principal: Authenticated,
  mapping: MappingShown,
  made: MappingMade | null = null,
): MappingAnswer {
  const { name, label, format, origin, columns, fieldPaths } = mapping;
  const isApproved = made === null || made.approvedBy !== null;
  const isAsked = needsApproval(shell, principal, fieldPaths);
  const may = shell.access.may(principal, "import.run") && (isAsked || shell.changes.mayImport(principal, fieldPaths));
  return {
    name,
    label,
    format: format.type,
    delimiter: format.delimiter,
    columns: columns.map(({ fields, ...column }) => ({ ...column, fields: [...fields] })),
    origin: originAnswer(shell.vault, origin === null ? null : parseOrigin(origin)),
    mayRun: may && isApproved,
    needsApproval: isAsked,
    made: made === null ? null : madeAnswer(made),
  };
}

export function madeMappingAnswer(shell: Parts, principal: Authenticated, made: MappingMade): MappingAnswer {
  return mappingAnswer(shell, principal, shownMapping(made.mapping), made);
}

function madeAnswer(made: MappingMade): NonNullable<MappingAnswer["made"]> {
  const { mappingId, version, proposedBy, proposedAt, approvedBy, approvedAt, text } = made;
  return { mappingId, version, proposedBy, proposedAt, approvedBy, approvedAt, text };
}

/** The answer to a repeated request about a mapping: as it stands by now. Throws HttpError `conflict` where it is over. */
export async function mappingNow(
  shell: Parts & Pick<Shell, "feeds">,
  principal: Authenticated,
  mappingId: string | undefined,
): Promise<MappingAnswer> {
  const found = (await shell.feeds.mappings.list()).find((one) => one.mappingId === mappingId);
  if (found === undefined) throw new HttpError("conflict", { detail: "what was made with this key is over" });
  return madeMappingAnswer(shell, principal, found);
}
