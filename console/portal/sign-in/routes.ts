// Signing in.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { outside } from "../parents.tsx";

export interface SignInSearch {
  /** A path of these pages. */
  readonly returnTo?: string;
  /** The session was over. */
  readonly ended?: true;
  /** They signed out. */
  readonly left?: true;
}

/** Only paths of these pages, which hold words and random ids. */
const PATH = /^(\/[a-z0-9-]{1,40}){1,3}$/;

export const signInRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/sign-in",
    validateSearch: ({ returnTo, ended, left }: Readonly<Record<string, unknown>>): SignInSearch => ({
      ...(typeof returnTo === "string" && PATH.test(returnTo) ? { returnTo } : {}),
      ...(ended === undefined ? {} : { ended: true }),
      ...(left === undefined ? {} : { left: true }),
    }),
    component: lazyPage(() => import("./sign-in.tsx"), "SignIn"),
  }),
] as const;
