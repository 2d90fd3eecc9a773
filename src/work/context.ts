// What the list of work is read from, and the shape of one source.
import type { Access, Action, Authenticated } from "../access/access.ts";
import type { Authorizations } from "../authorizations/authorizations.ts";
import type { Callers } from "../callers/callers.ts";
import type { Changes } from "../changes/changes.ts";
import type { Demands } from "../demands/demands.ts";
import type { Ethics } from "../ethics/ethics.ts";
import type { Grants } from "../grants/grants.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Letters } from "../letters/letters.ts";
import type { Querier } from "../postgres/database.ts";
import type { Recipients } from "../recipients/recipients.ts";
import type { Representations } from "../representation/representation.ts";
import type { Requests } from "../requests/requests.ts";
import type { Retention } from "../retention/retention.ts";
import type { Reviews } from "../reviews/reviews.ts";
import type { Rounds } from "../rounds/rounds.ts";
import type { Tellings } from "../tellings/tellings.ts";
import type { SignIns } from "../signin/signin.ts";
import type { Systems } from "../systems/systems.ts";
import type { WatchDomain } from "../watch/watch.ts";
import type { Waiting } from "./waiting.ts";

export interface WorkParts {
  readonly database: Querier;
  readonly clock: Clock;
  readonly access: Pick<Access, "may" | "listAssigned">;
  readonly keys: Pick<Keys, "unsweptErasures" | "retiringVersions">;
  readonly grants: Pick<Grants, "list">;
  readonly signIns: Pick<SignIns, "staff">;
  readonly systems: Pick<Systems, "waiting">;
  readonly reviews: Pick<Reviews, "waiting">;
  readonly watch: Pick<WatchDomain, "alerts" | "catastrophes">;
  readonly changes: Pick<Changes, "listOf" | "toVouchFor">;
  readonly callers: Pick<Callers, "waiting">;
  readonly representations: Pick<Representations, "waiting">;
  readonly requests: Pick<Requests, "queue" | "dueDays">;
  readonly demands: Pick<Demands, "list">;
  readonly ethics: Pick<Ethics, "list">;
  readonly retention: Pick<Retention, "disposals" | "nearMaxima">;
  readonly letters: Pick<Letters, "counts">;
  readonly rounds: Pick<Rounds, "list">;
  readonly tellings: Pick<Tellings, "page">;
  readonly recipients: Pick<Recipients, "contractsEnding">;
  readonly authorizations: Pick<Authorizations, "ending">;
}

export interface Source {
  /** Read only for whoever has one of these rights. */
  readonly needs: readonly Action[];
  /** At most `limit` rows are read, in one statement or two. */
  read(parts: WorkParts, asker: Authenticated, limit: number): Promise<readonly Waiting[]>;
}
