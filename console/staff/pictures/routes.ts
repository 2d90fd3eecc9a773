// The pages of pictures.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("pictures", "governing");

export const pictureRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/pictures",
    beforeLoad,
    component: lazyRouteComponent(() => import("./pictures.tsx"), "PicturesPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/pictures/viewers/$customerId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./viewers.tsx"), "ViewersPage"),
  }),
] as const;
