// The operations by which customers sign in.
import { codeAsked, codeRequest, customerSession, customerSignIn } from "../portal.ts";
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
};
