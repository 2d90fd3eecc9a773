// What customers have a right to ask for, and what they asked for.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside, outside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("portal-rights", "rights-words", "words", "fields", "codes");

export const requestRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/rights",
    beforeLoad,
    component: lazyPage(() => import("./rights.tsx"), "Rights"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/rights/$requestId",
    beforeLoad,
    component: lazyPage(() => import("./own-right.tsx"), "OwnRightPage"),
  }),
] as const;

/** Without a session: of those who were erased there is none. */
export const erasedRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/erased",
    beforeLoad,
    component: lazyPage(() => import("./erased.tsx"), "Erased"),
  }),
] as const;
