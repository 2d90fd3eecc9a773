// What the list of work is read from, and the shape of one source.
import type { Access, Action, Authenticated } from "../access/access.ts";
import type { Callers } from "../callers/callers.ts";
import type { Changes } from "../changes/changes.ts";
import type { Grants } from "../grants/grants.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import type { Representations } from "../representation/representation.ts";
import type { Reviews } from "../reviews/reviews.ts";
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
  readonly changes: Pick<Changes, "listOf">;
  readonly callers: Pick<Callers, "waiting">;
  readonly representations: Pick<Representations, "waiting">;
}

export interface Source {
  /** Read only for whoever has one of these rights. */
  readonly needs: readonly Action[];
  /** At most `limit` rows are read, in one statement or two. */
  read(parts: WorkParts, asker: Authenticated, limit: number): Promise<readonly Waiting[]>;
}
