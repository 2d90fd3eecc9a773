// What a browser answers about a passkey, as the library takes it: the library judges everything in it again.
import type { z } from "zod";
import type { authenticationResponse, registrationResponse } from "../../../contract/sign-in.ts";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "../../signin/signin.ts";

/** Only what is judged is passed on. */
export function assertion(given: z.output<typeof authenticationResponse>): AuthenticationResponseJSON {
  const { clientDataJSON, authenticatorData, signature, userHandle } = given.response;
  return {
    id: given.id,
    rawId: given.rawId,
    type: given.type,
    clientExtensionResults: {},
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle == null ? {} : { userHandle }) },
  };
}

export function attestation(given: z.output<typeof registrationResponse>): RegistrationResponseJSON {
  const { clientDataJSON, attestationObject, transports } = given.response;
  return {
    id: given.id,
    rawId: given.rawId,
    type: given.type,
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject, ...(transports === undefined ? {} : { transports }) },
  };
}
