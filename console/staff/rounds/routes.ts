// Notices to everybody to whom they are due: rounds, each with its preview, its approval and its proofs.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("rounds", "letters", "governing");

export const roundRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/letters/notices",
    beforeLoad,
    component: lazyRouteComponent(() => import("./rounds.tsx"), "RoundsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/letters/notices/$roundId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./round.tsx"), "RoundPage"),
  }),
] as const;
