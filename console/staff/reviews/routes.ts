// Reviews of access: the list, and one of them.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("governing", "reviews", "words");

export const reviewRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/reviews",
    beforeLoad,
    component: lazyRouteComponent(() => import("./reviews.tsx"), "Reviews"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/reviews/$reviewId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./review.tsx"), "ReviewPage"),
  }),
] as const;
