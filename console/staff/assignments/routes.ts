// What is put into whose hands, and the teams.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const assignmentRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/access/assignments",
    beforeLoad: () => loadTexts("governing", "assignments", "words"),
    component: lazyRouteComponent(() => import("./assignments.tsx"), "Assignments"),
  }),
] as const;
