// Signing in, and enrolling by an invitation.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const signInRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/sign-in",
    validateSearch: ({ returnTo }: Readonly<Record<string, unknown>>): { returnTo?: string } =>
      typeof returnTo === "string" ? { returnTo } : {},
    component: lazyRouteComponent(() => import("./sign-in.tsx"), "SignIn"),
  }),
  createRoute({
    getParentRoute: () => outside,
    path: "/enrol",
    beforeLoad: () => loadTexts("account"),
    component: lazyRouteComponent(() => import("./enrol.tsx"), "Enrol"),
  }),
] as const;
