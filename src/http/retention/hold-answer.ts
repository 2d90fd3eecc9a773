// A legal hold as the interface shows it.
import type { z } from "zod";
import type { hold } from "../../../contract/holds.ts";
import type { HeldPlace } from "../../access/access.ts";
import type { HoldFace } from "../../retention/retention.ts";
import { idOf } from "../shell.ts";

export function holdAnswer({ placedAt, release, releasedAt, places, ...face }: HoldFace): z.output<typeof hold> {
  return {
    ...face,
    places: places.map((place) => ({ ...place })),
    placedAt: placedAt.toISOString(),
    release:
      release === null
        ? null
        : { ...release, at: release.at.toISOString(), places: release.places?.map((place) => ({ ...place })) ?? null },
    releasedAt: releasedAt?.toISOString() ?? null,
  };
}

interface Asked {
  readonly customerId: string;
  readonly unitId?: string | undefined;
}

export function placesOf(asked: readonly Asked[]): HeldPlace[] {
  return asked.map(({ customerId, unitId }) => ({
    customerId: idOf(customerId),
    unitId: unitId === undefined ? null : idOf(unitId),
  }));
}
