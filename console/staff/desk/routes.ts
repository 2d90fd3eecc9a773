// The call desk: who is on the telephone is verified, then the work begins.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const texts = () => loadTexts("desk", "customers", "work", "words", "fields", "codes");

export const deskRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/desk",
    beforeLoad: texts,
    component: lazyPage(() => import("./desk.tsx"), "Desk"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/desk/$customerId",
    beforeLoad: texts,
    component: lazyPage(() => import("./call.tsx"), "Call"),
  }),
] as const;
