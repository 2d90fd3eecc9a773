// Customers sign in, which needs no token, and look after their session.
import type { Asking } from "../contract/route.ts";
import { portalRoutes } from "../contract/routes/portal.ts";
import { portalFileRoutes } from "../contract/routes/portal-file.ts";
import type { Call } from "./call.ts";

type CodeRequest = Asking<typeof portalRoutes.askCode>["body"];
type SignIn = Asking<typeof portalRoutes.signIn>["body"];
type FileQuery = Asking<typeof portalFileRoutes.file>["query"];
type PasskeySignIn = Asking<typeof portalRoutes.byPasskey>["body"];

export function portalOf(call: Call) {
  return {
    askCode: (body: CodeRequest) => call(portalRoutes.askCode, { body }),
    /** The answer's token is shown this once: connect with it. */
    signIn: (body: SignIn) => call(portalRoutes.signIn, { body }),
    passkeyOptions: () => call(portalRoutes.passkeyOptions, {}),
    byPasskey: (body: PasskeySignIn) => call(portalRoutes.byPasskey, { body }),
    session: () => call(portalRoutes.session, {}),
    topics: () => call(portalFileRoutes.topics, {}),
    file: (query: FileQuery = {}) => call(portalFileRoutes.file, { query }),
    signOut: () => call(portalRoutes.signOut, {}),
  };
}
