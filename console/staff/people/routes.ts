// The people who work here: the list, and one of them.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("governing", "people", "words");

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/people",
    beforeLoad,
    component: lazyRouteComponent(() => import("./people.tsx"), "People"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/people/$staffId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./person.tsx"), "PersonPage"),
  }),
] as const;
