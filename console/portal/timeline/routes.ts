// Who has looked at what is held about the customer.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const timelineRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/who-looked",
    beforeLoad: () => loadTexts("portal-timeline", "portal-file", "portal-cases", "fields", "codes"),
    component: lazyPage(() => import("./timeline.tsx"), "Timeline"),
  }),
] as const;
