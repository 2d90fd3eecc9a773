// Who is to be told of a correction, a statement or a withdrawal.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const tellingRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/tellings",
    beforeLoad: () => loadTexts("tellings", "governing"),
    component: lazyPage(() => import("./tellings.tsx"), "TellingsPage"),
  }),
] as const;
