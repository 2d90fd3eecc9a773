// Mappings that people make: proposed by one, approved by another, in force until they are ended or a newer version is approved.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow, type Row, type RowChange } from "../authority/authority.ts";
import { type Mapping, parseMapping } from "../import/import.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { FeedsContext } from "./context.ts";
import { FeedsError } from "./errors.ts";
import { MADE_MAPPING, type MadeMapping, MAPPINGS } from "./rows.ts";

const MAPPINGS_MAX = 100;

export interface MappingMade extends Omit<MadeMapping, "text"> {
  readonly mappingId: Uuid;
  readonly text: string;
  readonly mapping: Mapping;
}

/** Imports nothing yet. Throws FeedsError `bad-mapping`, `mapping-taken`, `too-many`. */
export async function proposeMapping(
  context: FeedsContext,
  text: string,
  actor: Actor,
  also?: AlsoWrite,
): Promise<MappingMade> {
  const parsed = parseMapping(text, context.registry);
  if (!parsed.ok) throw new FeedsError("bad-mapping");
  const { mapping } = parsed;
  if (context.taken.has(mapping.name)) throw new FeedsError("mapping-taken");
  const mappingId = newId();
  const content = await write(context, { action: "mapping.propose", actor, also }, mappingId, (rows) => {
    if (rows.length >= MAPPINGS_MAX) throw new FeedsError("too-many");
    const versions = rows.filter((row) => row.content.name === mapping.name).map((row) => row.content.version);
    const made: MadeMapping = {
      name: mapping.name,
      version: Math.max(0, ...versions) + 1,
      text,
      proposedBy: actor.principalId,
      proposedAt: context.clock.now().toISOString(),
      approvedBy: null,
      approvedAt: null,
    };
    return { made, changes: [putRow(MADE_MAPPING, { rowId: mappingId, content: made })] };
  });
  return { mappingId, mapping, ...content };
}

/** Throws FeedsError `unknown-mapping`, `wrong-state`; AccessError `own-authority` (recorded) for whoever proposed it. */
export async function approveMapping(
  context: FeedsContext,
  mappingId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<MappingMade> {
  const content = await write(context, { action: "mapping.approve", actor, also }, mappingId, (rows) => {
    const { content: proposed } = rowOf(rows, mappingId);
    // INVARIANT: who proposes does not approve.
    if (proposed.proposedBy === actor.principalId) throw new AccessError("own-authority");
    if (proposed.approvedBy !== null) throw new FeedsError("wrong-state");
    const made = { ...proposed, approvedBy: actor.principalId, approvedAt: context.clock.now().toISOString() };
    const former = rows.filter((row) => row.content.name === made.name && row.content.approvedBy !== null);
    const ends: RowChange[] = former.map(({ rowId }) => ({ end: rowId }));
    return { made, changes: [...ends, putRow(MADE_MAPPING, { rowId: mappingId, content: made })] };
  });
  return shown(context, mappingId, content);
}

/** Ends one that is in force, or withdraws one that is not. Throws FeedsError `unknown-mapping`. */
export async function endMapping(
  context: FeedsContext,
  mappingId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await write(context, { action: "mapping.end", actor, also }, mappingId, (rows) => {
    const { content: made } = rowOf(rows, mappingId);
    return { made, changes: [{ end: mappingId }] };
  });
}

/** In force and waiting, by name and version. */
export async function listMappings(context: FeedsContext): Promise<MappingMade[]> {
  const rows = await context.authority.live(context.database, MADE_MAPPING, MAPPINGS);
  return rows
    .filter(({ content }) => !context.taken.has(content.name))
    .map(({ rowId, content }) => shown(context, rowId, content))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en") || one.version - other.version);
}

/** The schema may have moved on since it was made: then it is refused for what it has become. Throws FeedsError `bad-mapping`. */
function shown(context: FeedsContext, mappingId: Uuid, content: MadeMapping): MappingMade {
  return { mappingId, ...content, mapping: parsedOf(context, mappingId, content.text) };
}

const parsedBefore = new WeakMap<FeedsContext["registry"], Map<Uuid, Mapping>>();

/** A row's text never changes, so it is parsed once a process. */
function parsedOf({ registry }: FeedsContext, mappingId: Uuid, text: string): Mapping {
  const known = parsedBefore.get(registry) ?? new Map<Uuid, Mapping>();
  parsedBefore.set(registry, known);
  const before = known.get(mappingId);
  if (before !== undefined) return before;
  const parsed = parseMapping(text, registry);
  if (!parsed.ok) throw new FeedsError("bad-mapping");
  if (known.size >= 2 * MAPPINGS_MAX) known.clear();
  known.set(mappingId, parsed.mapping);
  return parsed.mapping;
}

interface By {
  readonly action: "mapping.propose" | "mapping.approve" | "mapping.end";
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
}

type Change = (rows: readonly Row<MadeMapping>[]) => {
  readonly made: MadeMapping;
  readonly changes: readonly RowChange[];
};

async function write(
  { access, authority, clock }: FeedsContext,
  by: By,
  mappingId: Uuid,
  change: Change,
): Promise<MadeMapping> {
  return access.write({ kind: "grant", targets: [], ...by }, async ({ tx, act }) => {
    let made: MadeMapping | null = null;
    const written = await authority.change(tx, {
      ownerId: MAPPINGS,
      act,
      reads: [MADE_MAPPING.kind],
      make: (live) => {
        const planned = change(live.of(MADE_MAPPING, clock.now()));
        made = planned.made;
        return planned.changes;
      },
    });
    const result = made as MadeMapping | null;
    if (result === null) throw new TypeError("a change names what it made");
    const { name, version } = result;
    return { result, written, detail: { mapping: mappingId, name, version }, ids: [mappingId] };
  });
}

function rowOf(rows: readonly Row<MadeMapping>[], mappingId: Uuid): Row<MadeMapping> {
  const found = rows.find(({ rowId }) => rowId === mappingId);
  if (found === undefined) throw new FeedsError("unknown-mapping");
  return found;
}
