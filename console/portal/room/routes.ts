// A room for whoever was sent something: no session, the link is the secret.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const roomRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/room",
    beforeLoad: () => loadTexts("portal-room", "fields"),
    component: lazyPage(() => import("./room.tsx"), "Room"),
  }),
] as const;
