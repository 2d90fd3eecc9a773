// What rotating domain keys asks of this domain: versions, and what the domain itself keeps under them.
import type { DomainName } from "./domain-key-store.ts";
import * as erasures from "./erasure.ts";
import {
  type ErasureHooks,
  type ErasureReport,
  type FinishContext,
  type FinishOptions,
  isWrappingVersionUsed,
  rewrapAllBuckets,
} from "./finish-erasures.ts";
import {
  type RetiringVersion,
  type Rotation,
  type RotationContext,
  retireVersion,
  retiringVersions,
  rotateDomain,
} from "./rotation.ts";

export interface Rotating {
  /** Resolves when every process writes under the new version; says what has to be re-encrypted before older ones can be retired. */
  rotateDomain(domain: DomainName): Promise<Rotation>;
  /** `stillUsed` tells whether rows of the owners stand under it; what this domain keeps under it is looked at besides. */
  retireVersion(domain: DomainName, version: number, stillUsed: () => Promise<boolean>): Promise<void>;
  /** Older versions that are not destroyed yet, and from when on they may be. */
  retiringVersions(): Promise<RetiringVersion[]>;
  /** The re-encryption for "wrapping". */
  rewrapAllBuckets(
    hooks?: Pick<ErasureHooks, "exportWrappedKeys">,
    options?: FinishOptions,
  ): Promise<Omit<ErasureReport, "final" | "forged">>;
  /** This domain's part of the re-encryption for "authority". */
  renewErasureMacs(): Promise<number>;
}

type Context = FinishContext & RotationContext;

export function rotating(context: Context): Rotating {
  return {
    rotateDomain: (domain) => rotateDomain(context, domain),
    retireVersion: (domain, version, stillUsed) =>
      retireVersion(
        context,
        { domain, version },
        async () => (await isUsedHere(context, domain, version)) || stillUsed(),
      ),
    retiringVersions: () => retiringVersions(context),
    rewrapAllBuckets: (hooks, options) => rewrapAllBuckets(context, hooks, options),
    renewErasureMacs: () => erasures.renewErasureMacs(context),
  };
}

async function isUsedHere(context: Context, domain: DomainName, version: number): Promise<boolean> {
  if (domain === "wrapping") return isWrappingVersionUsed(context, version);
  return domain === "authority" && erasures.anyUnderVersion(context, version);
}
