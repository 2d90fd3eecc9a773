// Signing in, and enrolling by an invitation.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const signInRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/sign-in",
    validateSearch: ({ returnTo, ended }: Readonly<Record<string, unknown>>): { returnTo?: string; ended?: 1 } => ({
      ...(typeof returnTo === "string" ? { returnTo } : {}),
      ...(ended === 1 ? { ended } : {}),
    }),
    component: lazyPage(() => import("./sign-in.tsx"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: "/enrol",
    beforeLoad: () => loadTexts("account"),
    component: lazyPage(() => import("./enrol.tsx"), "Enrol"),
  }),
] as const;
