// The operations by which customers sign in, see how their session stands, and leave.
import { done } from "../common.ts";
import {
  codeAsked,
  codeRequest,
  customerPasskeySession,
  customerPasskeySignIn,
  customerSession,
  customerSignIn,
  portalSession,
} from "../portal.ts";
import { passkeyOptions } from "../sign-in.ts";
import { route } from "../route.ts";

const tag = "portal";

export const portalRoutes = {
  askCode: route({
    id: "askSignInCode",
    method: "POST",
    path: "/v1/portal/codes",
    tag,
    summary: "Ask for a one-time code to an address that is on file",
    description:
      "Needs no token. The answer, and the time it takes, are the same whether anybody has that address; the letter comes a moment later, or not.",
    body: codeRequest,
    status: 202,
    answer: codeAsked,
    open: true,
  }),
  signIn: route({
    id: "signInCustomer",
    method: "POST",
    path: "/v1/portal/sessions",
    tag,
    summary: "Exchange a code for a session on one's own file",
    description: "Needs no token. A code has ten minutes, five tries and one use.",
    body: customerSignIn,
    status: 201,
    answer: customerSession,
    open: true,
  }),
  passkeyOptions: route({
    id: "askCustomerPasskey",
    method: "POST",
    path: "/v1/portal/sessions/passkey-options",
    tag,
    summary: "A challenge for signing in by a passkey, without saying who one is",
    status: 201,
    answer: passkeyOptions,
    open: true,
  }),
  byPasskey: route({
    id: "signInCustomerByPasskey",
    method: "POST",
    path: "/v1/portal/sessions/passkey",
    tag,
    summary: "Sign in by a customer's passkey",
    description:
      "Needs no token. A passkey that was added by a code counts as one for three days, as two factors then.",
    body: customerPasskeySignIn,
    status: 201,
    answer: customerPasskeySession,
    open: true,
  }),
  session: route({
    id: "getPortalSession",
    method: "GET",
    path: "/v1/portal/session",
    tag,
    summary: "How the customer's session stands, and whose files it may open",
    status: 200,
    answer: portalSession,
  }),
  signOut: route({
    id: "signOutCustomer",
    method: "DELETE",
    path: "/v1/portal/session",
    tag,
    summary: "Sign out",
    status: 200,
    answer: done,
  }),
};
