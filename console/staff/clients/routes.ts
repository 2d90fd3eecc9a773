// The systems that ask by themselves: API clients, and what is set up more weakly than it should be.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

export const clientRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/clients",
    beforeLoad: () => loadTexts("governing", "clients", "words"),
    component: lazyPage(() => import("./clients.tsx"), "Clients"),
  }),
] as const;
