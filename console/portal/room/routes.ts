// A room for whoever was sent something: no session, the link is the secret.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { outside } from "../parents.tsx";

export const roomRoutes = [
  createRoute({
    getParentRoute: () => outside,
    path: "/room",
    beforeLoad: () => loadTexts("portal-room", "fields"),
    component: lazyRouteComponent(() => import("./room.tsx"), "Room"),
  }),
] as const;
