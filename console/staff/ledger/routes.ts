// The pages of the ledger.
import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts } from "../../shared/texts.tsx";
import { inside } from "../parents.tsx";

const beforeLoad = (): Promise<void> => loadTexts("ledger", "governing", "customers");

export const ledgerRoutes = [
  createRoute({
    getParentRoute: () => inside,
    path: "/ledger",
    beforeLoad,
    component: lazyRouteComponent(() => import("./ledger.tsx"), "LedgerPage"),
  }),
  createRoute({
    getParentRoute: () => inside,
    path: "/ledger/$entryId",
    beforeLoad,
    component: lazyRouteComponent(() => import("./entry.tsx"), "EntryPage"),
  }),
] as const;
