// What people bring in: mappings that they make, and files of theirs that somebody else has to approve.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Mapping } from "../import/import.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { FeedsContext } from "./context.ts";
import { FeedsError } from "./errors.ts";
import { approveImport, readRequests, requestImport } from "./import-requests.ts";
import { approveMapping, endMapping, listMappings, type MappingMade, proposeMapping } from "./mappings.ts";
import type { ImportRequest } from "./rows.ts";

export type { FeedsContext } from "./context.ts";
export { FeedsError, type FeedsErrorCode } from "./errors.ts";
export type { MappingMade } from "./mappings.ts";
export type { ImportRequest } from "./rows.ts";

/** All throw AuthorityError `forged-authority`; writes FeedsError and AccessError `not-permitted` and `own-authority` (recorded). */
export interface Feeds {
  readonly mappings: {
    list(): Promise<readonly MappingMade[]>;
    /** Those that were approved, by name. */
    inForce(): Promise<ReadonlyMap<string, Mapping>>;
    propose(text: string, actor: Actor, also?: AlsoWrite): Promise<MappingMade>;
    approve(mappingId: Uuid, actor: Actor, also?: AlsoWrite): Promise<MappingMade>;
    end(mappingId: Uuid, actor: Actor, also?: AlsoWrite): Promise<void>;
  };
  readonly imports: {
    /** Of runs that wait for approval, or have it. */
    requests(): Promise<ReadonlyMap<Uuid, ImportRequest>>;
    request(importId: Uuid, actor: Actor): Promise<ImportRequest>;
    approve(importId: Uuid, actor: Actor, also?: AlsoWrite): Promise<ImportRequest>;
    /** Throws FeedsError `not-approved`. Whoever approved a file does not send it. */
    requireApproval(importId: Uuid, sender: Pick<Actor, "principalId">): Promise<void>;
  };
}

export function openFeeds(context: FeedsContext): Feeds {
  return {
    mappings: {
      list: () => listMappings(context),
      inForce: async () => {
        const made = await listMappings(context);
        return new Map(made.flatMap(({ name, approvedBy, mapping }) => (approvedBy === null ? [] : [[name, mapping]])));
      },
      propose: (text, actor, also) => proposeMapping(context, text, actor, also),
      approve: (mappingId, actor, also) => approveMapping(context, mappingId, actor, also),
      end: (mappingId, actor, also) => endMapping(context, mappingId, actor, also),
    },
    imports: {
      requests: () => readRequests(context),
      request: (importId, actor) => requestImport(context, importId, actor),
      approve: (importId, actor, also) => approveImport(context, importId, actor, also),
      requireApproval: async (importId, { principalId }) => {
        const approvedBy = (await readRequests(context)).get(importId)?.approvedBy ?? null;
        if (approvedBy === null || approvedBy === principalId) throw new FeedsError("not-approved");
      },
    },
  };
}
