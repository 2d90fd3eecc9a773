// Where information comes from and on which lawful ground it was collected: the closed lists of governance/schema/origins.yaml.
import { z } from "zod";
import { type GovernedRead, readGovernedYaml, strictYaml } from "../../kernel/governed-yaml.ts";
import { RegistryError } from "./errors.ts";
import { UNIT_KINDS, type UnitKind } from "./vocabulary.ts";

/** Stands sealed with the record (GDPR Art. 14(2)(f), 15(1)(g); NAIC Model 670 § 8). */
export interface Origin {
  readonly source: string;
  readonly ground: string;
  /** What the ground rests on: the id of an authorization, the number of an order. */
  readonly reference: string | null;
  /** The institution's name. */
  readonly institution: string | null;
}

const code = z.string().regex(/^[a-z][a-z0-9-]{0,47}$/);
const words = strictYaml({ en: z.string().min(1), es: z.string().min(1), de: z.string().min(1) });
const document = strictYaml({
  version: z.literal(1),
  grounds: z
    .array(
      strictYaml({
        ground: code,
        title: words,
        needs: z.enum(["nothing", "reference"]),
        /** Only in units of these kinds; in all when left out. */
        units: z.array(z.enum(UNIT_KINDS)).min(1).optional(),
        citation: z.string().min(1).max(300),
        confidence: z.enum(["high", "medium", "low"]),
        confirmed: z.enum(["none", "secondary", "text", "design"]),
      }),
    )
    .min(1),
  sources: z
    .array(strictYaml({ source: code, title: words, isInstitution: z.boolean(), grounds: z.array(code).min(1) }))
    .min(1),
});
type OriginsDocument = z.infer<typeof document>;
export type Ground = OriginsDocument["grounds"][number];
export type Source = OriginsDocument["sources"][number];

export type OriginFault = "unknown-source" | "ground-not-of-source" | "needs-reference" | "not-an-institution" | "unit";

export interface Origins {
  readonly grounds: readonly Ground[];
  readonly sources: readonly Source[];
  /** What is wrong with an origin for something in a unit of this kind; null where nothing is. */
  fault(origin: Origin, unit: UnitKind): OriginFault | null;
}

/** Throws RegistryError naming file, line and column. */
export function loadOrigins(path: string, shownAs: string): Origins {
  const read: GovernedRead<OriginsDocument> = readGovernedYaml(path, shownAs, document);
  if (!read.ok) throw new RegistryError(read.faults);
  const { content, faultAt } = read.file;
  const grounds = new Map(content.grounds.map((each) => [each.ground, each]));
  const sources = new Map(content.sources.map((each) => [each.source, each]));
  const faults = content.sources.flatMap(({ grounds: named }, at) =>
    named.flatMap((ground, nth) =>
      grounds.has(ground) ? [] : [faultAt(["sources", at, "grounds", nth], `no ground ${ground}`)],
    ),
  );
  if (faults.length > 0) throw new RegistryError(faults);
  return {
    ...content,
    fault: ({ source, ground, reference, institution }, unit) => {
      const from = sources.get(source);
      const on = grounds.get(ground);
      if (from === undefined) return "unknown-source";
      if (on === undefined || !from.grounds.includes(ground)) return "ground-not-of-source";
      if (on.needs === "reference" && reference === null) return "needs-reference";
      if (institution !== null && !from.isInstitution) return "not-an-institution";
      return on.units === undefined || on.units.includes(unit) ? null : "unit";
    },
  };
}

export const originShape = {
  source: code,
  ground: code,
  reference: z.string().min(1).max(100).nullable(),
  institution: z.string().min(1).max(120).nullable(),
};
const parts = z.tuple([originShape.source, originShape.ground, originShape.reference, originShape.institution]);

/** As it is sealed. */
export function originText({ source, ground, reference, institution }: Origin): string {
  return JSON.stringify([source, ground, reference, institution]);
}

/** Throws where it is not as it was sealed. */
export function parseOrigin(text: string): Origin {
  const [source, ground, reference, institution] = parts.parse(JSON.parse(text));
  return { source, ground, reference, institution };
}
