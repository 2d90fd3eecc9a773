// The systems that ask by themselves: API clients, and what is set up more weakly than it should be.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const clientRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/clients",
    beforeLoad: () => loadTexts("governing", "clients", "words"),
    component: lazyRouteComponent(() => import("./clients.tsx"), "Clients"),
  }),
] as const;
