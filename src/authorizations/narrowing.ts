// To which parts of the body, diagnoses or dates an authorization was narrowed: health data itself, so sealed under the customer's own key.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { AuthorizationContent, AuthorizationRow } from "./authorization-row.ts";
import type { Narrowing } from "./capture.ts";
import type { AuthorizationsContext } from "./context.ts";
import { AuthorizationError } from "./errors.ts";

const PART = "narrowing";
const narrowing = z.strictObject({
  bodyParts: z.array(z.string()),
  diagnoses: z.array(z.string()),
  servicesFrom: z.string().nullable(),
  servicesTo: z.string().nullable(),
});

/** Throws AuthorizationError `no-relationship`. */
export async function sealNarrowing(
  { vault }: Pick<AuthorizationsContext, "vault">,
  { customerId, rowId: waitsIn }: { readonly customerId: Uuid; readonly rowId: Uuid },
  given: Narrowing | null,
): Promise<AuthorizationContent["narrowing"]> {
  if (given === null) return null;
  const [subject] = await vault.loadForDecision([{ customerId }]);
  const unit = subject?.units.find(({ header }) => header.kind === "relationship" && header.status !== "erased");
  if (unit === undefined) throw new AuthorizationError("no-relationship");
  const { unitId } = unit.header;
  const { bodyParts, diagnoses, ...dates } = given;
  const value = { bodyParts: [...bodyParts], diagnoses: [...diagnoses], ...dates };
  return { unitId, value: await vault.sealWaiting({ customerId, unitId, waitsIn, part: PART }, value) };
}

export async function readNarrowing(
  { gate }: Pick<AuthorizationsContext, "gate">,
  asker: Authenticated,
  { rowId, ownerId, content }: AuthorizationRow,
): Promise<Narrowing | null> {
  if (content.narrowing === null) return null;
  const opened = await gate.readWaiting(asker, {
    customerId: ownerId,
    why: "authorization-scope",
    waitsIn: rowId,
    fields: [],
    sealed: [{ part: PART, ...content.narrowing }],
  });
  const text = opened.get(PART);
  return text === undefined ? null : narrowing.parse(JSON.parse(text));
}
