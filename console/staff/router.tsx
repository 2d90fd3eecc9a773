// All pages for staff, by their paths. Each area names its own; what they hold is loaded when somebody goes there.
import { createRouter } from "@tanstack/react-router";
import { Loading } from "../shared/loading.tsx";
import { accountRoutes } from "./account/routes.ts";
import { askRoutes } from "./ask/routes.ts";
import { correctionRoutes } from "./corrections/routes.ts";
import { permissionRoutes } from "./permissions/routes.ts";
import { demandRoutes } from "./demands/routes.ts";
import { deskRoutes } from "./desk/routes.ts";
import { alertRoutes } from "./alerts/routes.ts";
import { customerRoutes } from "./customers/routes.ts";
import { assignmentRoutes } from "./assignments/routes.ts";
import { clientRoutes } from "./clients/routes.ts";
import { ethicsRoutes } from "./ethics/routes.ts";
import { reportRoutes } from "./report/routes.ts";
import { webhookRoutes } from "./webhooks/routes.ts";
import { homeRoutes } from "./home/routes.ts";
import { workRoutes } from "./in-hand/routes.ts";
import { importRoutes } from "./imports/routes.ts";
import { ledgerRoutes } from "./ledger/routes.ts";
import { inside, outside, root } from "./parents.tsx";
import { PageTrouble } from "./page-trouble.tsx";
import { matrixRoutes } from "./matrix/routes.ts";
import { peopleRoutes } from "./people/routes.ts";
import { pictureRoutes } from "./pictures/routes.ts";
import { recipientRoutes } from "./recipients/routes.ts";
import { requestRoutes } from "./requests/routes.ts";
import { rightRoutes } from "./rights/routes.ts";
import { schemaRoutes } from "./schema/routes.ts";
import { settingsRoutes } from "./settings/routes.ts";
import { letterRoutes } from "./letters/routes.ts";
import { roundRoutes } from "./rounds/routes.ts";
import { tellingRoutes } from "./tellings/routes.ts";
import { retentionRoutes } from "./retention/routes.ts";
import { reviewRoutes } from "./reviews/routes.ts";
import { sharingRoutes } from "./sharing/routes.ts";
import { signInRoutes } from "./sign-in/routes.ts";

const tree = root.addChildren([
  outside.addChildren([...signInRoutes, ...reportRoutes]),
  inside.addChildren([
    ...homeRoutes,
    ...accountRoutes,
    ...customerRoutes,
    ...workRoutes,
    ...askRoutes,
    ...correctionRoutes,
    ...permissionRoutes,
    ...demandRoutes,
    ...deskRoutes,
    ...requestRoutes,
    ...rightRoutes,
    ...peopleRoutes,
    ...alertRoutes,
    ...ethicsRoutes,
    ...webhookRoutes,
    ...importRoutes,
    ...ledgerRoutes,
    ...pictureRoutes,
    ...schemaRoutes,
    ...settingsRoutes,
    ...matrixRoutes,
    ...clientRoutes,
    ...reviewRoutes,
    ...recipientRoutes,
    ...sharingRoutes,
    ...letterRoutes,
    ...roundRoutes,
    ...tellingRoutes,
    ...retentionRoutes,
    ...assignmentRoutes,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPendingComponent: Loading,
  // Of each page by itself, so that what it stands in, and the way elsewhere, stays.
  defaultErrorComponent: PageTrouble,
  // Lists keep their places by their own keys; the library would write paths into the browser's storage.
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: typeof router;
  }
}
