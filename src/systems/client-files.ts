// All that is known of a client, believed as a whole: its principal, what it proves itself by, its terms and who asked for it.
import type { Access, Authenticated } from "../access/access.ts";
import type { AuthorityRows, Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Querier } from "../postgres/database.ts";
import {
  ASKED_TERMS,
  CREDENTIAL,
  REGISTRATION,
  TERMS,
  USUAL_TERMS,
  type Credential,
  type Registration,
  type Terms,
} from "./rows.ts";

export interface ClientFile {
  /** Null when it is not a client in force. */
  readonly principal: Authenticated | null;
  readonly credentials: readonly Row<Credential>[];
  readonly terms: Terms;
  /** Those that a second person is to approve. */
  readonly waitingTerms: Terms | null;
  readonly registration: Registration | null;
}

export interface ClientFiles {
  /** What it returns may be two seconds old unless it is to be `fresh`. The same work for an id that nobody has. */
  of(clientId: Uuid, fresh?: boolean): Promise<ClientFile>;
  /** After this process changed something of it. */
  forget(clientId: Uuid): void;
}

interface FilesContext {
  readonly database: Querier;
  readonly access: Pick<Access, "reread">;
  readonly authority: AuthorityRows;
  readonly clock: Clock;
}

/** As long as a principal is remembered: decisions that rest on one are checked again when they are sequenced. */
const REMEMBERED_MS = 2000;
const REMEMBERED_MAX = 10_000;
const KINDS = [CREDENTIAL, TERMS, ASKED_TERMS, REGISTRATION];

export function createClientFiles(context: FilesContext): ClientFiles {
  const remembered = new Map<Uuid, { readonly file: Promise<ClientFile>; readonly untilMs: number }>();
  const remember = (clientId: Uuid, file: Promise<ClientFile>): Promise<ClientFile> => {
    remembered.delete(clientId);
    remembered.set(clientId, { file, untilMs: context.clock.now().getTime() + REMEMBERED_MS });
    if (remembered.size > REMEMBERED_MAX) remembered.delete(remembered.keys().next().value ?? clientId);
    // A failure is not remembered.
    file.catch(() => remembered.delete(clientId));
    return file;
  };
  return {
    of: (clientId, fresh = false) => {
      const known = remembered.get(clientId);
      const isGood = !fresh && known !== undefined && context.clock.now().getTime() < known.untilMs;
      return isGood ? known.file : remember(clientId, readFile(context, clientId));
    },
    forget: (clientId) => void remembered.delete(clientId),
  };
}

async function readFile({ database, access, authority, clock }: FilesContext, clientId: Uuid): Promise<ClientFile> {
  const [principal, rows] = await Promise.all([
    access.reread(clientId),
    authority.liveOfMany(database, KINDS, [clientId]),
  ]);
  const now = clock.now();
  const live = rows.get(clientId) ?? null;
  // Rows that do not verify prove nothing; what they would have allowed falls back to the role's.
  return {
    principal: principal?.kind === "client" ? principal : null,
    credentials: live?.of(CREDENTIAL, now) ?? [],
    terms: live?.of(TERMS, now)[0]?.content ?? USUAL_TERMS,
    waitingTerms: live?.of(ASKED_TERMS, now)[0]?.content.terms ?? null,
    registration: live?.of(REGISTRATION, now)[0]?.content ?? null,
  };
}
