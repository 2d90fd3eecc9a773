// Requests under customers' rights: the queue by due day, one filed for a caller, one of them.
import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "../../shared/fetched-code.ts";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> =>
  loadTexts(
    "governing",
    "rights",
    "rights-words",
    "words",
    // What is corrected, and papers that show an authority.
    "corrections",
    "customers",
    "permissions",
    "fields",
    "codes",
  );

export const rightRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/rights",
    beforeLoad,
    component: lazyPage(() => import("./queue.tsx"), "Queue"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/rights/new",
    beforeLoad,
    component: lazyPage(() => import("./file-right.tsx"), "FileRight"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/rights/$requestId",
    beforeLoad,
    component: lazyPage(() => import("./right.tsx"), "RightPage"),
  }),
] as const;
