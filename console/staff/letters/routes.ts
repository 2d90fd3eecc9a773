// Letters on paper: what waits to be printed, batches for the printer, what came back.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const letterRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/letters",
    beforeLoad: () => loadTexts("letters", "governing"),
    component: lazyPage(() => import("./letters.tsx"), "LettersPage"),
  }),
] as const;
