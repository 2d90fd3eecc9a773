// A customer's own signature in the portal: their session with a factor shown just now, under the words of the form.
import type { AuthorizationForm, Evidence } from "../../authorizations/authorizations.ts";
import { SignInError } from "../../signin/signin.ts";
import type { Customer } from "../portal/customer-of.ts";
import type { Shell } from "../shell.ts";

/** Throws SignInError `step-up-needed`: a session left open signs nothing. */
export async function requireFreshFactor({ signIns }: Pick<Shell, "signIns">, asker: Customer): Promise<void> {
  if (!(await signIns.face(asker)).mayChangeFactors) throw new SignInError("step-up-needed");
}

/** The portal shows every statement of the form, so they all stand above the signature. */
export function ownSignature(form: AuthorizationForm | undefined, now: Date): Evidence {
  return {
    documentId: null,
    representationId: null,
    signedAt: now,
    elements: form?.elements.map(({ id }) => id) ?? [],
  };
}
