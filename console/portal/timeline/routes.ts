// Who has looked at what is held about the customer.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const timelineRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/who-looked",
    beforeLoad: () => loadTexts("portal-timeline", "portal-file", "portal-cases", "fields", "codes"),
    component: lazyRouteComponent(() => import("./timeline.tsx"), "Timeline"),
  }),
] as const;
