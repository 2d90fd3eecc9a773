// Where something comes from: as a request says it, and as it is told.
import type { z } from "zod";
import type { origin, originDraft } from "../../../contract/origins.ts";
import type { Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { parseId } from "../../kernel/ids.ts";
import { type Origin, originText, type UnitKind, type Vault, VaultError } from "../../vault/vault.ts";
import type { Shell } from "../shell.ts";

type Registered = Pick<Vault, "registry">;

/** As it is sealed; undefined where the request says nothing. Throws VaultError `invalid-field`. */
export function originGiven(
  { registry }: Registered,
  given: z.output<typeof originDraft> | undefined,
  unit: UnitKind,
): string | undefined {
  const said = originSaid(given);
  if (said === undefined) return undefined;
  const found = registry.origins.fault(said, unit);
  if (found !== null)
    throw new VaultError("invalid-field", "this origin is refused", [{ field: "origin", reason: found }]);
  return originText(said);
}

/** With what was left out as null. */
export function originSaid(given: z.output<typeof originDraft> | undefined): Origin | undefined {
  if (given === undefined) return undefined;
  const { source, ground, reference = null, institution = null } = given;
  return { source, ground, reference, institution };
}

type Said = z.output<typeof originDraft> | undefined;

/**
 * Papers have numbers; an id is that of an authorization kept here, and then of one that this customer has given, whatever became of it since. Throws
 * VaultError `invalid-field`.
 */
export async function requireAuthorizations(
  { authorizations }: Pick<Shell, "authorizations">,
  customerId: Uuid,
  said: readonly Said[],
): Promise<void> {
  const named = said.flatMap((one) => (one?.ground === "authorization" ? (parseId(one.reference ?? "") ?? []) : []));
  if (named.length === 0) return;
  const given = new Set(
    (await authorizations.list(customerId)).filter(({ content }) => content.given !== null).map(({ rowId }) => rowId),
  );
  if (named.some((id) => !given.has(id)))
    throw new VaultError("invalid-field", "this origin is refused", [
      { field: "origin", reason: "unknown-authorization" },
    ]);
}

/** What customers enter is theirs. */
export function ownOrigin({ kind }: Pick<Authenticated, "kind">): z.output<typeof originDraft> | undefined {
  return kind === "customer" ? { source: "person", ground: "given" } : undefined;
}

export function withOrigin<Record extends object>(record: Record, origin: string | undefined) {
  return origin === undefined ? record : { ...record, origin };
}

export function originAnswer({ registry }: Registered, held: Origin | null): z.output<typeof origin> | null {
  if (held === null) return null;
  const { sources, grounds } = registry.origins;
  const { reference, institution } = held;
  const source = sources.find((each) => each.source === held.source)?.title ?? inCode(held.source);
  const ground = grounds.find((each) => each.ground === held.ground)?.title ?? inCode(held.ground);
  return {
    source: { code: held.source, title: source },
    ground: { code: held.ground, title: ground },
    reference,
    institution,
  };
}

/** What has left the lists since. */
function inCode(code: string) {
  return { en: code, es: code, de: code };
}
