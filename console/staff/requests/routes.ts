// Requests for more than one's own, approvals by two, emergency access.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const requestRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/requests",
    beforeLoad: () => loadTexts("governing", "requests", "words"),
    component: lazyPage(() => import("./requests.tsx"), "Requests"),
  }),
] as const;
