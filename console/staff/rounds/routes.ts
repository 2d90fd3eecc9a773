// Notices to everybody to whom they are due: rounds, each with its preview, its approval and its proofs.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("rounds", "letters", "governing");

export const roundRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/letters/notices",
    beforeLoad,
    component: lazyPage(() => import("./rounds.tsx"), "RoundsPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/letters/notices/$roundId",
    beforeLoad,
    component: lazyPage(() => import("./round.tsx"), "RoundPage"),
  }),
] as const;
