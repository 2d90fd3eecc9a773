// The people who work here: the list, and one of them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("governing", "people", "words");

export const peopleRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/people",
    beforeLoad,
    component: lazyPage(() => import("./people.tsx"), "People"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/people/$staffId",
    beforeLoad,
    component: lazyPage(() => import("./person.tsx"), "PersonPage"),
  }),
] as const;
