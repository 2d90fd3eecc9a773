// All pages for customers, by their paths. Each area names its own; what they hold is loaded when somebody goes there.
import { createRouter } from "@tanstack/react-router";
import { Loading } from "../shared/loading.tsx";
import { inside, outside, root } from "./parents.tsx";
import { signInRoutes } from "./sign-in/routes.ts";
import { fileRoutes } from "./file/routes.ts";
import { timelineRoutes } from "./timeline/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { packageRoutes } from "./packages/routes.ts";
import { erasedRoutes, requestRoutes } from "./requests/routes.ts";
import { permissionRoutes } from "./permissions/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { roomRoutes } from "./room/routes.ts";
import { PageTrouble } from "./page-trouble.tsx";
import { startRoutes } from "./start/routes.ts";

const tree = root.addChildren([
  outside.addChildren([...signInRoutes, ...roomRoutes, ...erasedRoutes]),
  inside.addChildren([
    ...startRoutes,
    ...fileRoutes,
    ...timelineRoutes,
    ...requestRoutes,
    ...packageRoutes,
    ...peopleRoutes,
    ...permissionRoutes,
    ...settingsRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: "/portal",
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  // Of each page by itself, so that what it stands in, and the way elsewhere, stays.
  defaultErrorComponent: PageTrouble,
  // The library would write paths into the browser's storage.
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
}
