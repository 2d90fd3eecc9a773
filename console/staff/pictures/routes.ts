// The pages of pictures.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("pictures", "governing");

export const pictureRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/pictures",
    beforeLoad,
    component: lazyPage(() => import("./pictures.tsx"), "PicturesPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/pictures/viewers/$customerId",
    beforeLoad,
    component: lazyPage(() => import("./viewers.tsx"), "ViewersPage"),
  }),
] as const;
