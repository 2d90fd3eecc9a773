// What is put into whose hands, and the teams.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const assignmentRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/assignments",
    beforeLoad: () => loadTexts("governing", "assignments", "words"),
    component: lazyPage(() => import("./assignments.tsx"), "Assignments"),
  }),
] as const;
