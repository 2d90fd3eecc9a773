// Reviews of access: the list, and one of them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("governing", "reviews", "words");

export const reviewRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/reviews",
    beforeLoad,
    component: lazyPage(() => import("./reviews.tsx"), "Reviews"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/reviews/$reviewId",
    beforeLoad,
    component: lazyPage(() => import("./review.tsx"), "ReviewPage"),
  }),
] as const;
