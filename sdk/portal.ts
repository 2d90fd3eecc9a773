// Customers sign in. Needs no token.
import type { Asking } from "../contract/route.ts";
import { portalRoutes } from "../contract/routes/portal.ts";
import type { Call } from "./call.ts";

type CodeRequest = Asking<typeof portalRoutes.askCode>["body"];
type SignIn = Asking<typeof portalRoutes.signIn>["body"];

export function portalOf(call: Call) {
  return {
    askCode: (body: CodeRequest) => call(portalRoutes.askCode, { body }),
    /** The answer's token is shown this once: connect with it. */
    signIn: (body: SignIn) => call(portalRoutes.signIn, { body }),
  };
}
